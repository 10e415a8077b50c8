import type {DoctorFinding} from '../doctor/registry.js';
import {doctorIds, findingStatus} from '../doctor/registry.js';
import {messages} from '../messages/index.js';
import {shownBlank} from '../session/command-line.js';
import {
	selectIsBegun,
	selectIsRecording,
	selectPlace,
	selectReadiness,
	selectStep,
} from '../session/select.js';
import {selectAllBeside, selectAllCompared} from '../session/select-builds.js';
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
import {judgementLines} from '../view/question-lines.js';
import {stepLines} from '../view/step-lines.js';
import {
	compareBeside,
	compareBuilders,
	countSteps,
	describeHintsUsed,
	endHeading,
	engineVersion,
	needSentence,
	promptSign,
	recordingLabel,
	resumeSentence,
} from '../view/wording.js';
import type {Step} from '../workshop/model.js';
import {isChallenge} from '../workshop/steps.js';
import type {PlainPage} from './plain-output.js';

/** What a learner wants to know first, except about the engine. */
export const welcomeText = (state: SessionState, page: PlainPage): Line[] => {
	const {workshop, labFolder} = state;
	const resume = resumeSentence(state);
	const say = messages.plain.welcome;
	const sentences = [
		say.what(countSteps(state).total, workshop.chapters.length, workshop.minutes),
		say.files(labFolder),
		...(resume === null ? [] : [resume]),
		say.howToChoose,
	];
	return [
		...sentenceLines([workshop.title], page.columns),
		[],
		...markdownLines(workshop.introduction.children, page),
		...(workshop.introduction.children.length > 0 ? [[] as Line] : []),
		...sentenceLines(sentences, page.columns),
	];
};

/** Which engine is used, in a sentence. */
export const engineSentence = (engine: EngineState): string => {
	const say = messages.plain.engine;
	switch (engine.status) {
		case 'connecting':
			return say.connecting;
		case 'ready': {
			const {endpoint, context} = engine.identity;
			const recorded = recordingLabel(engine);
			if (recorded) return say.recorded(recorded);
			const version = engineVersion(engine.identity);
			return context === 'default' ? say.at(version, endpoint) : say.byContext(version, endpoint, context);
		}
		case 'missing':
			return withNext(say.missing(engine.reason), engine.next);
	}
};

/** A finding of the doctor, in a sentence. */
export const findingSentence = (finding: DoctorFinding): string => {
	const {id, reason, next} = finding;
	return withNext(messages.plain.finding(id, messages.view.verdicts[findingStatus(finding)], reason), next);
};

const withNext = (sentence: string, next: string | null): string =>
	next ? messages.text.withNext(sentence, next) : sentence;

/** A step from its heading to its command. */
export const stepText = (state: SessionState, page: PlainPage): Line[] => {
	const {chapter, chapterNumber, chapterCount, stepNumber, stepCount} = selectPlace(state);
	const step = selectStep(state);
	const recorded = recordingLabel(state.engine, state.replay);
	const command = selectCommandLine(state);
	const commands = command === null ? selectProofLines(state) : [command];
	const say = messages.plain.step;
	const where = {chapter: chapterNumber, chapters: chapterCount, title: chapter.title};
	const extra = isChallenge(step) ? say.placeOfExtraChallenge : say.placeOfExtraStep;
	const place =
		stepNumber === null ? extra(where) : say.place({...where, step: stepNumber, steps: stepCount});
	return [
		[],
		...sentenceLines([place, step.title], page.columns),
		...(recorded ? [[span(recorded)]] : []),
		[],
		...stepLines(state, page.columns, page.symbols).lines,
		...(commands.length === 0 ? [] : [[] as Line]),
		...commands.map((line): Line => [span(`${promptSign(state.dialect)}${line}`)]),
		...sentenceLines(selectCommandNotes(state), page.columns),
		...answerText(state, page),
		...stateLines(state, page),
	];
};

/** The judgement of the learner's answer to the shown question; empty if there is none. */
export const answerText = (state: SessionState, {columns, symbols}: PlainPage): Line[] => {
	const lines = judgementLines(state, columns, symbols);
	return lines.length === 0 ? [] : [[], ...lines];
};

/** Whether the step has passed, what it needs first, and what to do, as far as there is something to say. */
const stateLines = (state: SessionState, {columns}: PlainPage): Line[] => {
	const step = selectStep(state);
	const say = messages.plain.step;
	const need = needSentence(state);
	const sentences = [
		...(state.passed[step.id] && !step.question ? [say.passedBefore] : []),
		...(need === null ? [] : [need]),
		...(isChallenge(step) ? [challengeInstructions(state)] : []),
		...(step.blanked === null ? [] : [say.blanks(step.fills.length, shownBlank)]),
		...(step.kind === 'run' && step.command === null ? [say.nothingRemovedYet] : []),
	];
	return sentences.length === 0 ? [] : [[], ...sentenceLines(sentences, columns)];
};

const challengeInstructions = (state: SessionState): string => {
	if (!selectIsBegun(state, selectStep(state))) return messages.plain.step.notBegun;
	return selectIsRecording(state)
		? messages.plain.step.typeForRecording
		: messages.plain.step.doIt(state.labFolder);
};

/** What was done in this workshop. */
export const endText = (state: SessionState, {columns}: PlainPage): Line[] => {
	const say = messages.plain.end;
	const {total, passed, open, unanswered} = countSteps(state);
	const sentences = [
		endHeading(state),
		messages.view.passedWithHints(passed, total, describeHintsUsed(state)),
		...(open.length > 0 ? [say.open(titlesOf(open))] : []),
		...(unanswered.length > 0 ? [say.unanswered(titlesOf(unanswered), messages.keys.choices.chapters)] : []),
		...selectAllCompared(state).map(({dockerfile, target, ...compared}) =>
			say.compared(dockerfile, target, compareBuilders(compared)),
		),
		...selectAllBeside(state).map(builds => say.beside(builds.step.title, compareBeside(builds))),
	];
	return [[], ...sentenceLines(sentences, columns)];
};

const titlesOf = (steps: Step[]): string[] => steps.map(({title}) => title);

/** What the doctor has found on this machine so far. */
export const machineText = (state: SessionState, {columns}: PlainPage): Line[] => {
	const {findings} = state;
	const missing = doctorIds.filter(id => !findings.some(finding => finding.id === id));
	const sentences = selectIsRecording(state)
		? [messages.view.recording.needs]
		: [
				messages.view.machine[selectReadiness(findings)],
				...findings.map(findingSentence),
				...(missing.length > 0 ? [messages.plain.stillLookingAt(missing)] : []),
			];
	return sentenceLines(
		sentences.map(sentence => rewriteOwnCommands(selectSentence(state, sentence))),
		columns,
	);
};
