import type {DoctorFinding} from '../doctor/registry.js';
import {doctorIds, findingStatus} from '../doctor/registry.js';
import {
	selectIsRecording,
	selectMainSteps,
	selectPlace,
	selectReadiness,
	selectStep,
	selectSteps,
	selectUnmetNeeds,
} from '../session/select.js';
import {selectAllCompared} from '../session/select-builds.js';
import {
	selectCommandLine,
	selectCommandNotes,
	selectProofLines,
	selectSentence,
} from '../session/select-wording.js';
import type {EngineState, SessionState} from '../session/state.js';
import {rewriteOwnCommands} from '../text/shell-commands.js';
import {type Line, span, wrapLine} from '../view/line.js';
import {markdownLines} from '../view/markdown-lines.js';
import {compareBuilders, describeHintsUsed, promptSign, recordingLabel} from '../view/messages.js';
import {stepLines} from '../view/step-lines.js';
import {readinessWords} from '../view/verdict-lines.js';
import type {PlainPage} from './plain-output.js';

/** What a learner wants to know at first, as far as no engine is needed for it. */
export const welcomeText = (state: SessionState, page: PlainPage): Line[] => {
	const {workshop, labFolder} = state;
	const steps = selectMainSteps(state);
	const passed = steps.filter(({id}) => state.passed[id]).length;
	const next = selectSteps(state).find(({id}) => id === state.stepId);
	const sentences = [
		`${steps.length} steps in ${workshop.chapters.length} chapters, about ${workshop.minutes} minutes. Commands are shown first and run when you choose it; what you pass is kept when you leave.`,
		`Your files: \`${labFolder}\``,
		...(passed > 0
			? [`${passed} of ${steps.length} steps passed${next ? `; goes on at “${next.title}”` : ''}.`]
			: []),
	];
	return [
		...wrapLine([span(workshop.title)], page.columns),
		[],
		...markdownLines(workshop.introduction.children, page),
		...(workshop.introduction.children.length > 0 ? [[] as Line] : []),
		...sentences.flatMap(sentence => wrapLine([span(sentence)], page.columns)),
		...wrapLine(
			[
				span(
					'Type the number of a choice or its first letters, then enter; enter alone takes the first. In a step, `:` and a command runs one of your own.',
				),
			],
			page.columns,
		),
	];
};

/** By which engine, in a sentence. */
export const engineSentence = (engine: EngineState): string => {
	switch (engine.status) {
		case 'connecting':
			return 'Looking for the engine…';
		case 'ready': {
			const {version, endpoint, context, cli} = engine.identity;
			const make = cli.podman === undefined ? '' : 'Podman ';
			const recorded = recordingLabel(engine);
			return recorded
				? `${recorded}. Nothing runs on this machine.`
				: `Engine: ${make}${version} at \`${endpoint}\`${context === 'default' ? '' : `, through the context \`${context}\``}.`;
		}
		case 'missing':
			return `No engine: ${engine.reason}${engine.next ? ` Next: ${engine.next}.` : ''}`;
	}
};

/** What the doctor found wrong, in a sentence. */
export const findingSentence = (finding: DoctorFinding): string => {
	const {id, reason, next} = finding;
	return `${id}, ${findingStatus(finding)}: ${reason}${next ? ` Next: ${next}.` : ''}`;
};

/** A step from its heading to its command. */
export const stepText = (state: SessionState, page: PlainPage): Line[] => {
	const {chapter, chapterNumber, chapterCount, stepNumber, stepCount} = selectPlace(state);
	const step = selectStep(state);
	const recorded = recordingLabel(state.engine, state.replay);
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
		...(step.kind === 'challenge' ? [challengeInstructions(state)] : []),
		...(step.kind === 'run' && step.command === null
			? ['Nothing is removed before you have seen the list.']
			: []),
	];
	return sentences.length === 0
		? []
		: [[], ...sentences.flatMap(sentence => wrapLine([span(sentence)], columns))];
};

const challengeInstructions = (state: SessionState): string =>
	selectIsRecording(state)
		? 'Type `:` and your command in one line. Nothing runs in a recording: the program reads it and judges what it would make.'
		: `Type \`:\` and your command in one line, or do it in another terminal, in \`${state.labFolder}\`. It is judged automatically.`;

/** What was done in this workshop. */
export const endText = (state: SessionState, {columns}: PlainPage): Line[] => {
	const steps = selectMainSteps(state);
	const open = steps.filter(({id}) => !state.passed[id]);
	const sentences = [
		open.length === 0 ? 'Done: every step passed.' : 'The end of the workshop.',
		`${steps.length - open.length} of ${steps.length} steps passed; ${describeHintsUsed(state)}.`,
		...(open.length > 0 ? [`Not passed yet: ${open.map(({title}) => `“${title}”`).join(', ')}.`] : []),
		...selectAllCompared(state).map(
			({dockerfile, target, ...compared}) => `${dockerfile}, target ${target}: ${compareBuilders(compared)}`,
		),
	];
	return [[], ...sentences.flatMap(sentence => wrapLine([span(sentence)], columns))];
};

/** All that the doctor found on this machine, as far as it has come. */
export const machineText = (state: SessionState, {columns}: PlainPage): Line[] => {
	const {findings} = state;
	const missing = doctorIds.filter(id => !findings.some(finding => finding.id === id));
	const sentences = selectIsRecording(state)
		? ['A recording plays: nothing is needed of this machine.']
		: [
				readinessWords[selectReadiness(findings)],
				...findings.map(findingSentence),
				...(missing.length > 0 ? [`Still looking at: ${missing.join(', ')}.`] : []),
			];
	return sentences.flatMap(sentence =>
		wrapLine([span(rewriteOwnCommands(selectSentence(state, sentence)))], columns),
	);
};
