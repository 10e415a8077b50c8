import {cleanupCommand, selectBuilds, selectIsRecording} from '../../../session/select.js';
import {selectAllCompared} from '../../../session/select-builds.js';
import type {RunView, SessionState} from '../../../session/state.js';
import {programCommand} from '../../../text/shell-commands.js';
import {hangingLines, type Line, span, wrapLine} from '../../../view/line.js';
import {passedMark} from '../../../view/step-lines.js';
import type {Symbols} from '../../../view/symbols.js';
import {spacing} from '../../../view/theme.js';
import {comparedLines} from '../../../view/timeline-lines.js';
import {
	builderName,
	countSteps,
	describeHintsUsed,
	endHeading,
	formatSeconds,
	recordingNotes,
	stageTime,
} from '../../../view/wording.js';

/** What was done in this workshop, what the builds took, and what to do next. */
export const endLines = (state: SessionState, columns: number, symbols: Symbols): Line[] => {
	const width = Math.min(columns, spacing.textColumns);
	const {total, passed, open} = countSteps(state);
	return [
		[],
		[span(endHeading(state), 'heading')],
		...(selectIsRecording(state) ? [[span(recordingNotes.wasOne, 'recorded')] as Line] : []),
		[],
		[span(`${symbols.verdict.passed} `, 'passed'), span(`${passed} of ${total} steps passed`)],
		[span(`  ${describeHintsUsed(state)}`)],
		...chapterLines(state, width, symbols),
		...openLines(
			open.map(({title}) => title),
			width,
			symbols,
		),
		...buildLines(state, columns, symbols),
		...comparisons(state, columns, symbols),
		[],
		...wrapLine(nextLine(state, open.length), width),
	];
};

/** What you learnt: every chapter, and how many of its steps have passed. */
const chapterLines = ({workshop, passed}: SessionState, columns: number, symbols: Symbols): Line[] => [
	[],
	[span('What you learnt', 'strong')],
	...workshop.chapters.flatMap(({title, steps}) => {
		const main = steps.filter(({optional}) => !optional);
		const done = main.filter(({id}) => passed[id]).length;
		const isWhole = done === main.length;
		const count = isWhole ? '' : `  ${done} of ${main.length}`;
		return hangingLines([passedMark(isWhole, symbols)], [span(title), span(count, 'muted')], columns);
	}),
];

/** A timeline does not need the width of a large screen. */
const widestTimeline = 100;

/** At most so many open steps are named. */
const namedSteps = 6;

const openLines = (titles: string[], columns: number, symbols: Symbols): Line[] => {
	if (titles.length === 0) return [];
	const rest = titles.length - namedSteps;
	return [
		[],
		[span('Not passed yet', 'strong')],
		...titles
			.slice(0, namedSteps)
			.flatMap(title => hangingLines([passedMark(false, symbols)], [span(title)], columns)),
		...(rest > 0 ? [[span(`  and ${rest} more`)]] : []),
	];
};

/** Every build of this session: builder, seconds, and what each stage took. */
const buildLines = (state: SessionState, columns: number, symbols: Symbols): Line[] => {
	const builds = selectBuilds(state);
	if (builds.length === 0) return [];
	return [
		[],
		[span('Builds of this session', 'strong')],
		...builds.flatMap(run => buildLine(run, columns, symbols)),
	];
};

/** Every Dockerfile that both builders have built without the cache, one build above the other. */
const comparisons = (state: SessionState, columns: number, symbols: Symbols): Line[] =>
	selectAllCompared(state).flatMap(({dockerfile, target, ...compared}) => [
		[],
		[span('Both builders', 'strong'), span(`  ${dockerfile}, target ${target}`, 'muted')],
		...comparedLines(compared, Math.min(columns, widestTimeline), {symbols, shown: null}),
	]);

const buildLine = (
	{build, outcome, commandLine, builder}: RunView,
	columns: number,
	symbols: Symbols,
): Line[] => {
	const used = build?.builder ?? builder;
	const stages = (build?.stages ?? []).map(
		({name, status, seconds}) => `${name} ${stageTime(status, seconds) ?? status}`,
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

const nextLine = (state: SessionState, open: number): Line => [
	span('next: ', 'strong'),
	...(open > 0 ? [span('g', 'strong'), span(' goes to a step that is open; ')] : []),
	span(`enter`, 'strong'),
	span(' leaves; '),
	span('w', 'strong'),
	span(' writes all of this to a file. '),
	...(selectIsRecording(state)
		? [span(recordingNotes.forReal)]
		: [span(cleanupCommand(state), 'typed'), span(' removes what is left of the workshop.')]),
	...(open === 0
		? [span(' '), span(`${programCommand()} list`, 'typed'), span(' names the other workshops.')]
		: []),
];
