import type {DoctorFinding} from '../doctor/registry.js';
import {doctorIds, findingStatus} from '../doctor/registry.js';
import {selectIsRecording, selectPlace, selectReadiness, selectStep} from '../session/select.js';
import {selectAllCompared} from '../session/select-builds.js';
import {
	selectCommandLine,
	selectCommandNotes,
	selectProofLines,
	selectSentence,
} from '../session/select-wording.js';
import type {EngineState, SessionState} from '../session/state.js';
import {rewriteOwnCommands} from '../text/shell-commands.js';
import {type Line, sentenceLines, span} from '../view/line.js';
import {markdownLines} from '../view/markdown-lines.js';
import {stepLines} from '../view/step-lines.js';
import {readinessWords} from '../view/verdict-lines.js';
import {
	compareBuilders,
	countSteps,
	describeHintsUsed,
	endHeading,
	engineVersion,
	needSentence,
	promptSign,
	recordingLabel,
	recordingNotes,
	resumeSentence,
} from '../view/wording.js';
import type {PlainPage} from './plain-output.js';

/** What a learner wants to know at first, as far as no engine is needed for it. */
export const welcomeText = (state: SessionState, page: PlainPage): Line[] => {
	const {workshop, labFolder} = state;
	const resume = resumeSentence(state);
	const sentences = [
		`${countSteps(state).total} steps in ${workshop.chapters.length} chapters, about ${workshop.minutes} minutes. Commands are shown first and run when you choose it; what you pass is kept when you leave.`,
		`Your files: \`${labFolder}\``,
		...(resume === null ? [] : [resume]),
		'Type the number of a choice or its first letters, then enter; enter alone takes the first. In a step, `:` and a command runs one of your own.',
	];
	return [
		...sentenceLines([workshop.title], page.columns),
		[],
		...markdownLines(workshop.introduction.children, page),
		...(workshop.introduction.children.length > 0 ? [[] as Line] : []),
		...sentenceLines(sentences, page.columns),
	];
};

/** By which engine, in a sentence. */
export const engineSentence = (engine: EngineState): string => {
	switch (engine.status) {
		case 'connecting':
			return 'Looking for the engine…';
		case 'ready': {
			const {endpoint, context} = engine.identity;
			const recorded = recordingLabel(engine);
			return recorded
				? `${recorded}. Nothing runs on this machine.`
				: `Engine: ${engineVersion(engine.identity)} at \`${endpoint}\`${context === 'default' ? '' : `, through the context \`${context}\``}.`;
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
	const extra = step.kind === 'challenge' ? 'Extra challenge' : 'Extra step';
	const number = stepNumber === null ? extra : `Step ${stepNumber} of ${stepCount}`;
	const place = `Chapter ${chapterNumber} of ${chapterCount}, ${chapter.title}. ${number}:`;
	return [
		[],
		...sentenceLines([place, step.title], page.columns),
		...(recorded ? [[span(recorded)]] : []),
		[],
		...stepLines(state, page.columns, page.symbols).lines,
		...(commands.length === 0 ? [] : [[] as Line]),
		...commands.map((line): Line => [span(`${promptSign(state.dialect)}${line}`)]),
		...sentenceLines(selectCommandNotes(state), page.columns),
		...stateLines(state, page),
	];
};

/** How the step stands before anything is done. */
const stateLines = (state: SessionState, {columns}: PlainPage): Line[] => {
	const step = selectStep(state);
	const need = needSentence(state);
	const sentences = [
		...(state.passed[step.id] ? ['This step has passed before.'] : []),
		...(need === null ? [] : [need]),
		...(step.kind === 'challenge' ? [challengeInstructions(state)] : []),
		...(step.kind === 'run' && step.command === null
			? ['Nothing is removed before you have seen the list.']
			: []),
	];
	return sentences.length === 0 ? [] : [[], ...sentenceLines(sentences, columns)];
};

const challengeInstructions = (state: SessionState): string =>
	selectIsRecording(state)
		? 'Type `:` and your command in one line. Nothing runs in a recording: the program reads it and judges what it would make.'
		: `Type \`:\` and your command in one line, or do it in another terminal, in \`${state.labFolder}\`. It is judged automatically.`;

/** What was done in this workshop. */
export const endText = (state: SessionState, {columns}: PlainPage): Line[] => {
	const {total, passed, open} = countSteps(state);
	const sentences = [
		endHeading(state),
		`${passed} of ${total} steps passed; ${describeHintsUsed(state)}.`,
		...(open.length > 0 ? [`Not passed yet: ${open.map(({title}) => `“${title}”`).join(', ')}.`] : []),
		...selectAllCompared(state).map(
			({dockerfile, target, ...compared}) => `${dockerfile}, target ${target}: ${compareBuilders(compared)}`,
		),
	];
	return [[], ...sentenceLines(sentences, columns)];
};

/** All that the doctor found on this machine, as far as it has come. */
export const machineText = (state: SessionState, {columns}: PlainPage): Line[] => {
	const {findings} = state;
	const missing = doctorIds.filter(id => !findings.some(finding => finding.id === id));
	const sentences = selectIsRecording(state)
		? [recordingNotes.needs]
		: [
				readinessWords[selectReadiness(findings)],
				...findings.map(findingSentence),
				...(missing.length > 0 ? [`Still looking at: ${missing.join(', ')}.`] : []),
			];
	return sentenceLines(
		sentences.map(sentence => rewriteOwnCommands(selectSentence(state, sentence))),
		columns,
	);
};
