import type {Question} from '../../session/state.js';

/** The question whether to trust a workshop. Enter, and every answer but `yes`, runs nothing. */
export const trustQuestion = (title: string, lines: string[]): Question => ({
	title: `“${title}” does not come with this program. Do you trust it?`,
	lines: [
		...lines,
		'Look into its files first. You are asked once, and again when any byte of the folder has changed.',
	],
	choices: [
		{key: 'n', label: 'only read, run nothing', answer: 'no'},
		{key: 'y', label: 'trust it', answer: 'yes'},
		{key: 'q', label: 'leave', answer: 'leave'},
	],
});
