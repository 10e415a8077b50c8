import {selectIsRecording, selectPlace, selectStep, selectUnmetNeeds} from '../../session/select/select.js';
import {
	selectCommandLine,
	selectCommandNotes,
	selectProofLines,
} from '../../session/select/select-wording.js';
import type {SessionState} from '../../session/state.js';
import {recordedText} from '../pages/recorded-text.js';
import {stepLines} from '../pages/step-lines.js';
import {type Line, span} from '../text/line.js';
import {promptSign} from '../text/prompt-sign.js';
import {wrapLine} from '../text/wrap-line.js';
import type {PlainPage} from './plain-page.js';

/** A step from its heading to its command. */
export const stepText = (state: SessionState, page: PlainPage): Line[] => {
	const {chapter, chapterNumber, chapterCount, stepNumber, stepCount} = selectPlace(state);
	const step = selectStep(state);
	const recorded = recordedText(state.engine, state.replay);
	const command = selectCommandLine(state);
	const commands = command === null ? selectProofLines(state) : [command];
	const notes = selectCommandNotes(state);
	const extra = step.kind === 'challenge' ? 'Extra challenge' : 'Extra step';
	const number = stepNumber === null ? extra : `Step ${stepNumber} of ${stepCount}`;
	const place = `Chapter ${chapterNumber} of ${chapterCount}, ${chapter.title}. ${number}:`;
	return [
		[],
		...wrapLine([span(place)], page.columns),
		...wrapLine([span(step.title)], page.columns),
		...(recorded ? [[span(recorded)]] : []),
		[],
		...stepLines(state, page.columns, page.symbols).lines,
		...(commands.length === 0 ? [] : [[] as Line]),
		...commands.map((line): Line => [span(`${promptSign(state.dialect)}${line}`)]),
		...notes.flatMap(note => wrapLine([span(note)], page.columns)),
		...stateLines(state, page),
	];
};

/** How the step stands before anything is done. */
const stateLines = (state: SessionState, {columns}: PlainPage): Line[] => {
	const step = selectStep(state);
	const [need] = selectUnmetNeeds(state, step);
	const sentences = [
		...(state.passed[step.id] ? ['This step has passed before.'] : []),
		...(need && !state.passed[step.id] ? [`This step needs “${need.title}” first.`] : []),
		...(step.kind === 'challenge' ? [howToTry(state)] : []),
		...(step.kind === 'run' && step.command === null
			? ['Nothing is removed before you have seen the list.']
			: []),
	];
	return sentences.length === 0
		? []
		: [[], ...sentences.flatMap(sentence => wrapLine([span(sentence)], columns))];
};

const howToTry = (state: SessionState): string =>
	selectIsRecording(state)
		? 'Type `:` and your command in one line. Nothing runs in a recording: the program reads it and judges what it would make.'
		: `Type \`:\` and your command in one line, or do it in another terminal, in \`${state.labFolder}\`. It is judged automatically.`;
