import {drawGround, drawTexts} from './draw-picture.js';
import type {Cell} from './emulate-terminal.js';

/** A screen and its duration. `viewModel`: its name, if a test can wait for it. */
export type Frame = {cells: Cell[][]; seconds: number; viewModel?: string};

/**
 * Draws a loop of screens as one SVG picture, animated only by the style sheet that pages allow in pictures. Texts are
 * grouped by the frames that share them. Readers who prefer reduced motion see the last frame. The groups of a named
 * screen have its name as a class.
 */
export const drawFilm = (frames: Frame[], title: string): string => {
	const groups = groupByFrames(frames.map(({cells}) => drawTexts(cells)));
	const whole = frames.map((_, index) => index).join(' ');
	const still = groups.get(whole) ?? [];
	groups.delete(whole);
	const moving = [...groups].map(([key, texts], index) => {
		const shown = new Set(key.split(' ').map(Number));
		const scenes = frames.flatMap(({viewModel}, frame) => (viewModel && shown.has(frame) ? [viewModel] : []));
		const classes = ['film', `f${index}`, ...scenes, ...(shown.has(frames.length - 1) ? ['last'] : [])];
		return {
			rule: `@keyframes f${index}{${keyframes(frames, shown)}}.f${index}{animation-name:f${index}}`,
			group: `<g class="${classes.join(' ')}">${texts.join('')}</g>`,
		};
	});
	const seconds = frames.reduce((sum, frame) => sum + frame.seconds, 0).toFixed(2);
	const looks = [
		`.film{animation:${seconds}s step-end infinite;visibility:hidden}`,
		'.last{visibility:visible}',
		...moving.map(({rule}) => rule),
		'@media (prefers-reduced-motion:reduce){.film{animation:none}}',
	].join('\n');
	return drawGround(frames[0]?.cells ?? [], title, [...still, ...moving.map(({group}) => group)], looks);
};

/** The texts by the frames that show them, as numbers separated by spaces. */
const groupByFrames = (frames: string[][]): Map<string, string[]> => {
	const framesOf = new Map<string, number[]>();
	for (const [frame, texts] of frames.entries())
		for (const text of texts) framesOf.set(text, [...(framesOf.get(text) ?? []), frame]);
	const groups = new Map<string, string[]>();
	for (const [text, shown] of framesOf) {
		const key = shown.join(' ');
		groups.set(key, [...(groups.get(key) ?? []), text]);
	}
	return groups;
};

/** The keyframes that show and hide a group, without those that change nothing. */
const keyframes = (frames: Frame[], shown: Set<number>): string => {
	const whole = frames.reduce((sum, {seconds}) => sum + seconds, 0);
	let passed = 0;
	let before: boolean | null = null;
	const rules: string[] = [];
	for (const [frame, {seconds}] of frames.entries()) {
		const isShown = shown.has(frame);
		if (isShown !== before) {
			const percent = Number(((passed / whole) * 100).toFixed(2));
			rules.push(`${percent}%{visibility:${isShown ? 'visible' : 'hidden'}}`);
		}
		before = isShown;
		passed += seconds;
	}
	return rules.join('');
};
