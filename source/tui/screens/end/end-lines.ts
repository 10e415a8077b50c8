import {messages} from '../../../messages/index.js';
import {reviewDue} from '../../../session/review-due.js';
import {cleanupCommand, selectBuilds, selectHasPassed, selectIsRecording} from '../../../session/select.js';
import {selectAllBeside, selectAllCompared} from '../../../session/select-builds.js';
import type {RunView, SessionState} from '../../../session/state.js';
import {programCommand} from '../../../text/shell-commands.js';
import {hangingLines, keySpans, type Line, sentenceSpans, span, wrapLine} from '../../../view/line.js';
import {passedMark} from '../../../view/step-lines.js';
import type {Symbols} from '../../../view/symbols.js';
import {spacing} from '../../../view/theme.js';
import {comparedLines} from '../../../view/timeline-lines.js';
import {nextLabel} from '../../../view/verdict-lines.js';
import {
	builderName,
	compareBeside,
	countSteps,
	describeHintsUsed,
	endHeading,
	formatSeconds,
	stageTime,
} from '../../../view/wording.js';
import type {Step} from '../../../workshop/model.js';

/** What was done in this workshop, what the builds took, and what to do next. */
export const endLines = (state: SessionState, columns: number, symbols: Symbols): Line[] => {
	const width = Math.min(columns, spacing.textColumns);
	const {total, passed, open, unanswered} = countSteps(state);
	return [
		[],
		[span(endHeading(state), 'heading')],
		...(selectIsRecording(state) ? [[span(messages.view.recording.wasOne, 'recorded')] as Line] : []),
		[],
		[span(`${symbols.verdict.passed} `, 'passed'), span(messages.view.stepsPassed(passed, total))],
		[span(`  ${describeHintsUsed(state)}`)],
		...chapterLines(state, width, symbols),
		...openLines(messages.tui.end.notPassed, open, width, symbols),
		...openLines(messages.tui.end.notAnswered, unanswered, width, symbols),
		...buildLines(state, columns, symbols),
		...comparisons(state, columns, symbols),
		...gainLines(state, width),
		...reviewLines(state, width),
		[],
		...wrapLine(nextLine(state, open.length, unanswered.length), width),
	];
};

/** What you learnt: every chapter, and how many of its steps have passed. */
const chapterLines = (state: SessionState, columns: number, symbols: Symbols): Line[] => [
	[],
	[span(messages.tui.end.learnt, 'strong')],
	...state.workshop.chapters.flatMap(({title, steps}) => {
		const main = steps.filter(({optional}) => !optional);
		const done = main.filter(({id}) => selectHasPassed(state, id)).length;
		const isWhole = done === main.length;
		const count = isWhole ? '' : `  ${messages.tui.end.partly(done, main.length)}`;
		return hangingLines([passedMark(isWhole, symbols)], [span(title), span(count, 'muted')], columns);
	}),
];

/** The widest timeline, in columns. It doesn't need all of a large screen. */
const widestTimeline = 100;

/** How many open steps are named at most. */
const namedSteps = 6;

const openLines = (heading: string, steps: Step[], columns: number, symbols: Symbols): Line[] => {
	if (steps.length === 0) return [];
	const rest = steps.length - namedSteps;
	return [
		[],
		[span(heading, 'strong')],
		...steps
			.slice(0, namedSteps)
			.flatMap(({title}) => hangingLines([passedMark(false, symbols)], [span(title)], columns)),
		...(rest > 0 ? [[span(`  ${messages.tui.more(rest)}`)]] : []),
	];
};

/** Every build of this session: builder, seconds, and what each stage took. */
const buildLines = (state: SessionState, columns: number, symbols: Symbols): Line[] => {
	const builds = selectBuilds(state);
	if (builds.length === 0) return [];
	return [
		[],
		[span(messages.tui.end.builds, 'strong')],
		...builds.flatMap(run => buildLine(run, columns, symbols)),
	];
};

/** Every Dockerfile that both builders have built without the cache, one build above the other. */
const comparisons = (state: SessionState, columns: number, symbols: Symbols): Line[] =>
	selectAllCompared(state).flatMap(({dockerfile, target, ...compared}) => [
		[],
		[
			span(messages.tui.end.comparison, 'strong'),
			span(`  ${messages.tui.end.comparedBuild(dockerfile, target)}`, 'muted'),
		],
		...comparedLines(compared, Math.min(columns, widestTimeline), {symbols, shown: null}),
	]);

/** What each build gained over that of the earlier step which it is set beside. */
const gainLines = (state: SessionState, columns: number): Line[] =>
	selectAllBeside(state).flatMap(builds => [
		[],
		[span(builds.step.title, 'strong')],
		...wrapLine([span(compareBeside(builds))], columns),
	]);

const buildLine = (
	{build, outcome, commandLine, builder}: RunView,
	columns: number,
	symbols: Symbols,
): Line[] => {
	const used = build?.builder ?? builder;
	const stages = (build?.stages ?? []).map(
		({name, status, seconds}) => `${name} ${stageTime(status, seconds) ?? messages.view.statuses[status]}`,
	);
	const label: Line = [
		span((used ? builderName(used) : '').padEnd(9), 'strong'),
		span(formatSeconds(outcome?.seconds ?? 0).padStart(11)),
		span('  '),
	];
	return [
		...hangingLines(label, [span(commandLine, 'typed')], columns),
		...hangingLines([span(' '.repeat(22))], [span(stages.join(` ${symbols.separator} `), 'muted')], columns),
	];
};

/** When a review is due, once it is known. */
const reviewLines = (state: SessionState, columns: number): Line[] => {
	const days = reviewDue.of(state);
	return days === null ? [] : [[], ...wrapLine(sentenceSpans(messages.review.first(days)), columns)];
};

const nextLine = (state: SessionState, open: number, unanswered: number): Line => {
	const say = messages.tui.end;
	const sentences = [
		keySpans(open > 0 ? say.keysWithOpenSteps : unanswered > 0 ? say.keysWithQuestions : say.keys),
		selectIsRecording(state)
			? keySpans(messages.view.recording.forReal)
			: keySpans(messages.view.cleanup, cleanupCommand(state)),
		...(open === 0 ? [keySpans(say.others, `${programCommand()} list`)] : []),
	];
	return [nextLabel(), ...sentences.flatMap((one, index) => (index > 0 ? [span(' '), ...one] : one))];
};
