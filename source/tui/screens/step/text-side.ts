import {messages} from '../../../messages/index.js';
import {selectAsking, selectDraft} from '../../../session/asking.js';
import {selectPrimaryIntent} from '../../../session/intents.js';
import {
	selectExtras,
	selectHasPassed,
	selectIsBegun,
	selectIsRecording,
	selectIsUntried,
	selectIsWrong,
	selectPlace,
	selectRevealed,
	selectRun,
	selectStep,
	selectSteps,
} from '../../../session/select.js';
import {selectCause} from '../../../session/select-builds.js';
import {
	selectCommandLine,
	selectCommandNotes,
	selectProofLines,
	selectRunLine,
	selectSentence,
} from '../../../session/select-wording.js';
import type {SessionState} from '../../../session/state.js';
import {
	hangingLines,
	keySpans,
	type Line,
	limitLines,
	sentenceSpans,
	span,
	wrapLine,
} from '../../../view/line.js';
import {predictLines} from '../../../view/prediction-lines.js';
import {judgementLines} from '../../../view/question-lines.js';
import {noticeMark, stepLines} from '../../../view/step-lines.js';
import type {Symbols} from '../../../view/symbols.js';
import {spacing} from '../../../view/theme.js';
import {verdictLines} from '../../../view/verdict-lines.js';
import {needSentence, promptSign} from '../../../view/wording.js';
import {judgeAnswer} from '../../../workshop/questions.js';
import {isChallenge} from '../../../workshop/steps.js';
import type {Region} from '../../keymap/view-state.js';
import {type Size, visibleRows} from '../../text/layout.js';

/**
 * The text side of a step: the name of its tab, its title, the lines that scroll, and the actions that stay below them:
 * command, verdict, what enter does.
 */
export type TextSide = {
	name: string;
	title: Line[];
	lines: Line[];
	actions: Line[];
	scrollRoom: Size;
	region: Region;
};

/** Lays the text side out in `size`. The actions always leave a few lines of text in sight. */
export const textSide = (
	state: SessionState,
	size: Size,
	options: {symbols: Symbols; isAlone: boolean},
): TextSide => {
	const {symbols} = options;
	const columns = Math.min(size.columns, spacing.textColumns);
	const {stepNumber, stepCount} = selectPlace(state);
	const heading: Line = [
		span(`${stepNumber === null ? messages.tui.step.extra : `${stepNumber}/${stepCount}`}  `, 'muted'),
		span(selectStep(state).title, 'strong'),
	];
	if (selectHasPassed(state, state.stepId) && !selectIsWrong(state, selectStep(state)))
		heading.push(span(` ${symbols.verdict.passed}`, 'passed'));
	const title = size.rows < 12 ? [heading] : [heading, []];
	const {lines: text, newest} = stepLines(state, columns, symbols);
	const allActions = actionLines(state, columns, options);
	const most = Math.max(2, size.rows - title.length - Math.min(text.length, 4));
	const {pinned: actions, rest} =
		allActions.length > most
			? fewerActionLines(state, {columns, rows: most}, options)
			: {pinned: allActions, rest: []};
	const lines = [...text, ...rest];
	return {
		name: messages.tui.tabs.text,
		title,
		lines,
		actions,
		...scrollPart({columns, rows: size.rows - title.length - actions.length}, lines, {
			key: `${state.stepId}:text:${selectRevealed(state, selectStep(state)).length}`,
			topIn: () => newest,
		}),
	};
};

/** The part of a side that scrolls. `topIn`: given the visible rows, the line at the top until the learner scrolls. */
export const scrollPart = (
	size: Size,
	{length: total}: Line[],
	{key, topIn}: {key: string; topIn: (rows: number) => number},
): Pick<TextSide, 'scrollRoom' | 'region'> => {
	const scrollRoom = {...size, rows: Math.max(1, size.rows)};
	const rows = visibleRows(total, scrollRoom);
	return {scrollRoom, region: {key, total, rows, initial: topIn(rows)}};
};

/** `isAlone`: the live side is out of sight, so a challenge's verdict stands here. */
type ActionOptions = {symbols: Symbols; isAlone: boolean};

/** What is below the text of a step: its command, how it went, what enter does. A build of the user's own has none. */
export const actionLines = (state: SessionState, columns: number, options: ActionOptions): Line[] => {
	if (state.screen === 'build') return [];
	const {task, news} = actionParts(state, columns, options);
	return spacedParts([...task, ...news, promptLines(state, columns, options)]);
};

/**
 * The same in at most `rows`. The empty lines are left out first, then what enter does, because the footer says it too.
 * `rest`: what still does not fit, for the end of the text, which scrolls. How it went stays in sight longest.
 */
export const fewerActionLines = (
	state: SessionState,
	{columns, rows}: Size,
	options: ActionOptions,
): {pinned: Line[]; rest: Line[]} => {
	const {task, news} = actionParts(state, columns, options);
	const went = [...task, ...news].flat();
	const all = [...went, ...promptLines(state, columns, options)];
	if (all.length <= rows) return {pinned: all, rest: []};
	if (went.length <= rows) return {pinned: went, rest: []};
	const {moreLinesBelow} = messages.tui.step;
	const newsLines = news.flat();
	const pinned =
		newsLines.length < rows
			? [...limitLines(task.flat(), rows - newsLines.length, moreLinesBelow), ...newsLines]
			: limitLines(newsLines, rows, moreLinesBelow);
	return {pinned, rest: spacedParts(newsLines.length > rows ? [...task, ...news] : task)};
};

/** Parts with an empty line above each. */
const spacedParts = (parts: Line[][]): Line[] =>
	parts.filter(lines => lines.length > 0).flatMap(lines => [[], ...lines]);

/** What there is to do, and how it went, part by part. */
const actionParts = (
	state: SessionState,
	columns: number,
	{symbols, isAlone}: ActionOptions,
): {task: Line[][]; news: Line[][]} => {
	const run = selectRun(state);
	const step = selectStep(state);
	const command = findFilledCommand(state) ?? selectCommandLine(state);
	const commands = command === null ? selectProofLines(state) : [command];
	const today = isAlone ? state.challenges[step.id] : null;
	const verdict = isChallenge(step) ? today : run?.phase === 'over' ? run.verdict : null;
	// The live side, if in sight, shows the cause. It says more than the hint, which is the same for every failure.
	const cause = isAlone && run?.phase === 'over' ? selectCause(run) : null;
	const task = [
		predictLines(state, columns, isAlone),
		commands.flatMap(line =>
			hangingLines([span(promptSign(state.dialect), 'strong')], [span(line, 'typed')], columns),
		),
		selectCommandNotes(state).flatMap(note => wrapLine(sentenceSpans(note), columns)),
	];
	const news = [
		judgementLines(state, columns, symbols),
		state.notice
			? wrapLine([noticeMark(state, symbols), ...sentenceSpans(selectSentence(state, state.notice))], columns)
			: [],
		verdict
			? verdictLines(
					cause ? {...verdict, next: null} : verdict,
					columns,
					symbols,
					isChallenge(step) && selectIsUntried(state, step.id),
				)
			: [],
		cause ? wrapLine(sentenceSpans(cause), columns) : [],
	];
	return {task, news};
};

/** What the learner's run has filled into the blanks of the command; null if it did not pass. */
const findFilledCommand = (state: SessionState): string | null => {
	const run = selectRun(state);
	const isFilled =
		selectStep(state).kind === 'blank' && run?.phase === 'over' && run.verdict?.verdict === 'passed';
	return isFilled ? selectRunLine(state, run) : null;
};

const promptLines = (state: SessionState, columns: number, {symbols}: ActionOptions): Line[] =>
	wrapLine(promptLine(state, symbols), columns).filter(line => line.length > 0);

/** A sentence that says what is going on, or else what enter does. */
const promptLine = (state: SessionState, symbols: Symbols): Line => {
	const say = messages.tui.step;
	const step = selectStep(state);
	const activity = activityLine(state);
	if (activity !== null) return activity.map(({text}) => span(text, 'running'));
	const need = needSentence(state);
	if (need !== null) return [span(`${need} `), ...keySpans(say.goThere)];
	const isPassed = state.passed[step.id] !== undefined;
	// A challenge that passes now says so in its verdict.
	const isPassing = state.challenges[step.id]?.verdict === 'passed';
	const passed =
		isPassed && !selectRun(state)?.verdict && !isPassing
			? [span(`${symbols.verdict.passed} ${say.passedBefore} `, 'passed')]
			: [];
	if (step.kind === 'question') return questionLine(state);
	if (selectPrimaryIntent(state)?.intent === 'next-step')
		return [...passed, ...keySpans([say.goOn, ...extraSentence(state)].join(' '))];
	return taskLine(state);
};

/** What goes on; null when nothing runs. */
const activityLine = (state: SessionState): Line | null => {
	const say = messages.tui.step;
	const {phase} = selectRun(state) ?? {};
	if (state.runningStepId === state.stepId) {
		if (phase === 'cancelling') return keySpans(say.cancelling);
		if (phase === 'judging') return keySpans(say.judging);
		return keySpans(selectIsRecording(state) ? say.playing : say.running);
	}
	const other = selectSteps(state).find(({id}) => id === state.runningStepId);
	return other ? keySpans(say.otherRuns, other.title) : null;
};

/** How to answer, and what enter does. */
const questionLine = (state: SessionState): Line => {
	const {goOn, goOnOrAgain, giveAnswer, goOnUnanswered} = messages.tui.step;
	const {pickOne, tickAll, typeIt} = messages.view.question;
	if (selectDraft(state).length > 0) return keySpans(giveAnswer);
	const {question} = selectStep(state);
	const answer = state.answers[state.stepId];
	if (!question) return keySpans(goOn);
	if (answer) return keySpans(judgeAnswer(question, answer.given).isRight ? goOn : goOnOrAgain);
	const {options = [], isSingle} = selectAsking(state) ?? {};
	const how = options.length === 0 ? typeIt : (isSingle ? pickOne : tickAll)(options.length);
	return keySpans(`${how} ${goOnUnanswered}`);
};

/** How to do what the step asks for; empty when there is nothing to do. */
const taskLine = (state: SessionState): Line => {
	const say = messages.tui.step;
	const step = selectStep(state);
	const {kind, judge, command} = step;
	const primary = selectPrimaryIntent(state)?.intent;
	const mayRun = primary === 'run';
	const isRecording = selectIsRecording(state);
	if (primary === 'edit-command') return keySpans(say.fillIn(step.fills.length));
	if (isChallenge(step)) {
		if (mayRun && !selectIsBegun(state, step)) return keySpans(say.begin);
		if (mayRun) return keySpans(say.judge(judge.length));
		return isRecording ? keySpans(say.typeForRecording) : keySpans(say.doIt, state.labFolder);
	}
	if (!mayRun) return [];
	if (kind === 'read') return keySpans(say.read);
	if (kind === 'builder') return keySpans(say.switchBuilder);
	if (command === null) return keySpans(say.seeList);
	const run = selectRun(state);
	if (!run || run.isTyped) return keySpans(isRecording ? say.play : say.run);
	return keySpans(isRecording ? say.playAgain : say.runAgain);
};

/** How to get to the optional steps, which enter passes by. */
const extraSentence = (state: SessionState): string[] => {
	const {length} = selectExtras(state);
	return length === 0 ? [] : [messages.tui.step.extras(length)];
};
