import type {Question, SessionState} from '../state.js';
import {cleanupCommand} from './cleanup-command.js';
import {selectIsRecording, selectMainSteps, selectSteps} from './select.js';

/** The two or three lines that stay in the scrollback. */
export const summarise = (state: SessionState): string[] => {
	const steps = selectMainSteps(state);
	const passed = steps.filter(({id}) => state.passed[id]).length;
	return [
		`${state.workshop.title}: ${passed} of ${steps.length} steps passed${selectIsRecording(state) ? ' in the recording; nothing ran on this machine' : ''}.`,
		state.readOnly ? 'Nothing of this session was kept.' : lastLine(state),
	];
};

const lastLine = (state: SessionState): string => {
	const steps = selectMainSteps(state);
	const next = steps.find(({id}) => !state.passed[id]);
	if (!next && selectIsRecording(state)) return 'With Docker on this machine the same steps run for real.';
	return next
		? `The next start goes on at “${(selectSteps(state).find(({id}) => id === state.stepId) ?? next).title}”.`
		: `Every step has passed. \`${cleanupCommand(state)}\` removes what the workshop made, if you have not yet.`;
};

/** Asked before the program ends in the middle of a workshop. */
export const quitQuestion = ({runningStepId, readOnly}: SessionState): Question => ({
	title: 'Leave the workshop?',
	lines: [
		...(runningStepId === null ? [] : ['The command that runs now is cancelled.']),
		readOnly
			? 'This copy keeps no progress, as the welcome said.'
			: 'Your progress is kept: the next start goes on here.',
	],
	choices: [
		{key: 'y', label: 'leave', answer: 'yes'},
		{key: 'n', label: 'stay', answer: 'no'},
	],
});
