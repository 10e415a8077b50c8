import {
	selectExtras,
	selectIsRecording,
	selectPrimaryIntent,
	selectRun,
	selectStep,
	selectSteps,
	selectUnmetNeeds,
} from '../../session/select/select.js';
import {selectCause} from '../../session/select/select-cause.js';
import {selectIsUntried} from '../../session/select/select-is-untried.js';
import {
	selectCommandLine,
	selectCommandNotes,
	selectProofLines,
	selectSentence,
} from '../../session/select/select-wording.js';
import type {SessionState} from '../../session/state.js';
import type {Room} from '../layout.js';
import type {Symbols} from '../symbols.js';
import {cutLines} from '../text/cut-lines.js';
import {hangLine} from '../text/hang-line.js';
import {type Line, type Span, span} from '../text/line.js';
import {promptSign} from '../text/prompt-sign.js';
import {sentenceSpans} from '../text/sentence-spans.js';
import {wrapLine} from '../text/wrap-line.js';
import {predictLines} from './predict-lines.js';
import {verdictLines} from './verdict-lines.js';

/** `isAlone`: the live side is out of sight, so a challenge's verdict stands here. */
type ActionMeans = {symbols: Symbols; isAlone: boolean};

/** What stands below the text of a step: its command, how it went, what enter does. */
export const actionLines = (state: SessionState, columns: number, means: ActionMeans): Line[] => {
	const {task, news} = actionParts(state, columns, means);
	return airy([...task, ...news, promptLines(state, columns, means)]);
};

/**
 * The same in so many rows. The empty lines go first, then what enter does, which the footer tells too. What then still
 * does not fit goes to the end of the text, which scrolls: `rest`. How it went stays in sight before all else.
 */
export const fewerActionLines = (
	state: SessionState,
	{columns, rows}: Room,
	means: ActionMeans,
): {pinned: Line[]; rest: Line[]} => {
	const {task, news} = actionParts(state, columns, means);
	const went = [...task, ...news].flat();
	const all = [...went, ...promptLines(state, columns, means)];
	if (all.length <= rows) return {pinned: all, rest: []};
	if (went.length <= rows) return {pinned: went, rest: []};
	const told = news.flat();
	const pinned =
		told.length < rows
			? [...cutLines(task.flat(), rows - told.length, moreBelow), ...told]
			: cutLines(told, rows, moreBelow);
	return {pinned, rest: airy(told.length > rows ? [...task, ...news] : task)};
};

const moreBelow = ' at the end of the text';

/** Parts with an empty line above each. */
const airy = (parts: Line[][]): Line[] =>
	parts.filter(lines => lines.length > 0).flatMap(lines => [[], ...lines]);

/** What there is to do, and how it went, part by part. */
const actionParts = (
	state: SessionState,
	columns: number,
	{symbols, isAlone}: ActionMeans,
): {task: Line[][]; news: Line[][]} => {
	const run = selectRun(state);
	const step = selectStep(state);
	const command = selectCommandLine(state);
	const commands = command === null ? selectProofLines(state) : [command];
	const today = isAlone ? state.challenges[step.id] : null;
	const verdict = step.kind === 'challenge' ? today : run?.phase === 'over' ? run.verdict : null;
	// Otherwise it stands below the panes. It tells more than the hint for every failure.
	const cause = isAlone && run?.phase === 'over' ? selectCause(run) : null;
	const task = [
		predictLines(state, columns, isAlone),
		commands.flatMap(line =>
			hangLine([span(promptSign(state.dialect), 'strong')], [span(line, 'typed')], columns),
		),
		selectCommandNotes(state).flatMap(note => wrapLine(sentenceSpans(note), columns)),
	];
	const news = [
		state.notice
			? wrapLine([noticeMark(state, symbols), ...sentenceSpans(selectSentence(state, state.notice))], columns)
			: [],
		verdict
			? verdictLines(
					cause ? {...verdict, next: null} : verdict,
					columns,
					symbols,
					step.kind === 'challenge' && selectIsUntried(state, step.id),
				)
			: [],
		cause ? wrapLine(sentenceSpans(cause), columns) : [],
	];
	return {task, news};
};

const promptLines = (state: SessionState, columns: number, {symbols}: ActionMeans): Line[] =>
	wrapLine(promptLine(state, symbols), columns).filter(line => line.length > 0);

const noticeMark = ({isGoodNews}: SessionState, {verdict}: Symbols): Span =>
	isGoodNews ? span(`${verdict.passed} `, 'passed') : span('! ', 'strong');

/** One line on what goes on or what enter does. */
const promptLine = (state: SessionState, symbols: Symbols): Line => {
	const step = selectStep(state);
	const run = selectRun(state);
	if (state.runningStepId === step.id) {
		if (run?.phase === 'cancelling') return [span('Cancelling… c again ends it by force.', 'running')];
		const going = selectIsRecording(state) ? 'Playing' : 'Running';
		return [span(run?.phase === 'judging' ? 'Judging…' : `${going}… c cancels.`, 'running')];
	}
	const other = selectSteps(state).find(({id}) => id === state.runningStepId);
	if (other) return [span(`“${other.title}” is still running; c cancels it.`, 'running')];
	const [need] = selectUnmetNeeds(state, step);
	if (need && !state.passed[step.id])
		return [span(`This step needs “${need.title}” first. `), ...press('to go there')];
	const isPassed = state.passed[step.id] !== undefined;
	// A lab that passes now says so where it is judged.
	const isPassing = state.challenges[step.id]?.verdict === 'passed';
	const passed =
		isPassed && !run?.verdict && !isPassing
			? [span(`${symbols.verdict.passed} passed before. `, 'passed')]
			: [];
	const primary = selectPrimaryIntent(state)?.intent;
	if (primary === 'next-step') return [...passed, ...press('to go on'), ...extraSpans(state)];
	if (step.kind === 'challenge' && primary === 'run')
		return press(`to have it judged: ${step.judge.length === 1 ? 'this is' : 'these are'} run`);
	if (step.kind === 'challenge')
		return selectIsRecording(state)
			? [
					span('Press '),
					span(':', 'strong'),
					span(' and type your command. It is read and judged, but not run.'),
				]
			: [
					span('Do it with '),
					span(':', 'strong'),
					span(` or in another terminal, in ${state.labFolder}. It is judged automatically.`),
				];
	if (primary !== 'run') return [];
	if (step.kind === 'read') return press('when you have read it');
	if (step.kind === 'builder') return press('to switch');
	if (step.command === null) return press('to see what would be done; it asks first');
	const verb = selectIsRecording(state) ? 'play' : 'run';
	return press(run && !run.isTyped ? `to ${verb} it again` : `to ${verb} it`);
};

/** Where the optional steps are that enter passes by. */
const extraSpans = (state: SessionState): Line => {
	const {length} = selectExtras(state);
	if (length === 0) return [];
	return [
		span(' '),
		span('x', 'strong'),
		span(length === 1 ? ' opens one more challenge.' : ` opens ${length} more challenges.`),
	];
};

const press = (what: string): Line => [span('Press '), span('enter', 'strong'), span(` ${what}.`)];
