import {messages} from '../../messages/index.js';
import type {Outcome} from '../../session/ports.js';
import {selectCause} from '../../session/select-builds.js';
import type {RunView} from '../../session/state.js';
import type {Build, Instruction, Stage} from '../../stages/model.js';
import {widthOf} from '../../text/width.js';
import {failureLines} from '../../view/failure-lines.js';
import {cutLine, type Line, limitLines, span, wrapLine, wrapToRows} from '../../view/line.js';
import {type Symbols, spinnerFrame, statusStyles, statusSymbol} from '../../view/symbols.js';
import {builderName, formatSeconds, listImageNames, stageTime} from '../../view/wording.js';
import {fitOutput} from '../text/fit-output.js';
import type {Size} from '../text/layout.js';
import {gridPanes, innerSize, type LiveSide, type Pane} from './pane-layout.js';

/** The moment of a redraw. `frame`: of the spinner; `now`: milliseconds since 1970; `sinceSnapshot`: seconds. */
export type Tick = {frame: number; now: number; sinceSnapshot: number};

/** Below this height, there is no row for a note at the top. */
const lowRows = 14;
/** Below this width, a sentence takes several rows. */
const narrowColumns = 60;

/**
 * The live side of a build: its title above, a pane or a line for each stage, failure and notes below. As long as it
 * has no stages, a single pane shows what it printed.
 */
export const buildLive = (
	run: RunView,
	build: Build,
	size: Size,
	{symbols, tick}: {symbols: Symbols; tick: Tick},
): LiveSide => {
	const above = titleLines(run, build, size, tick);
	const below = run.phase === 'over' ? endLines(run, build, size, symbols) : [];
	const rest = {columns: size.columns, rows: size.rows - above.length - below.length};
	if (build.stages.length === 0) {
		const output = {lines: build.outside, lineCount: build.outside.length};
		return {above, panes: [[outputPane({...run, output}, '', rest, {symbols, tick})]], lines: [], below};
	}
	const moment = (stage: Stage) => ({symbols, frame: tick.frame, seconds: stageSeconds(stage, build, tick)});
	const grid = gridPanes(build.stages.length, rest);
	const panes = fillGrid(grid ?? [], build.stages, (stage, pane) => stagePane(stage, pane, moment(stage)));
	const lines = grid ? [] : stageList(build.stages, rest.rows, stage => stageLine(stage, moment(stage)));
	return {above, panes, lines, below};
};

/** Creates a pane for each stage, in the places of a grid. */
export const fillGrid = (
	grid: Size[][],
	stages: Stage[],
	createPane: (stage: Stage, size: Size) => Pane,
): Pane[][] => {
	const rest = stages.values();
	return grid.map(row =>
		row.flatMap(size => {
			const {value: stage} = rest.next();
			return stage ? [createPane(stage, size)] : [];
		}),
	);
};

/** Images, builder and seconds; with enough height, the first note too. How many lines depends only on `size`. */
const titleLines = (run: RunView, build: Build, size: Size, {now}: Tick): Line[] => {
	const builder = build.builder ?? run.builder;
	const seconds = run.outcome?.seconds ?? (now - run.startedAt) / 1000;
	const parts = [
		imageName(run, build),
		...(builder ? [builderName(builder)] : []),
		formatSeconds(Math.max(0, seconds)),
		...(build.cached ? [messages.tui.run.allCached] : []),
	];
	const [image = '', ...others] = parts;
	const title = cutLine([span(image, 'strong'), span(` · ${others.join(' · ')}`)], size.columns);
	if (size.rows < lowRows) return [title];
	const [note = ''] = build.notes;
	// A note that does not fit here is shown below the panes once the build has ended.
	const isHere = run.phase !== 'over' || fitsTitle(note, size);
	return [title, isHere ? cutLine([span(note, 'muted')], size.columns) : []];
};

/** Whether the first note has a row below the title, and fits into it. */
const fitsTitle = (note: string, {columns, rows}: Size): boolean =>
	rows >= lowRows && widthOf(note) <= columns;

const imageName = ({commandLine}: RunView, build: Build): string =>
	listImageNames(build) || taggedName(commandLine);

/** The image name that a build command sets; for one that sets none, a word in its place. */
export const taggedName = (commandLine: string): string =>
	/\s(?:-t|--tag)[= ](\S+)/.exec(commandLine)?.[1] ?? messages.tui.run.unnamedBuild;

/**
 * The failure, and the notes that the title doesn't show. After a failure, they get at most half of the rows, or two
 * thirds on a narrow screen; otherwise a third.
 */
const endLines = (run: RunView, build: Build, size: Size, symbols: Symbols): Line[] => {
	const notes = build.notes.filter((note, index) => index > 0 || !fitsTitle(note, size));
	const lines = [
		...failureLines(build, selectCause(run), size.columns, symbols),
		...notes.flatMap(note => wrapLine([span(note, 'muted')], size.columns)),
	];
	const share = build.failure ? (size.columns < narrowColumns ? 2 / 3 : 1 / 2) : 1 / 3;
	const stage = build.failure?.stage ?? null;
	const say = stage === null ? undefined : (count: number) => messages.tui.run.moreLinesOf(count, stage);
	return limitLines(lines, Math.floor(size.rows * share), say).map(line => cutLine(line, size.columns));
};

/** One line for a stage, if there is no room for its pane. */
const stageLine = (stage: Stage, moment: Parameters<typeof stageStatus>[1]): Line => [
	span(`${stage.name} `, 'strong'),
	...stageStatus(stage, moment),
	span(`  ${stage.reason ?? stage.tail.at(-1) ?? ''}`, 'muted'),
];

/**
 * One line for each stage. If they don't fit, failed and running stages come first, and the last line counts the rest.
 */
const stageList = (stages: Stage[], rows: number, lineOf: (stage: Stage) => Line): Line[] => {
	if (stages.length <= rows) return stages.map(lineOf);
	const shown = new Set(
		stages.toSorted((a, b) => stagePriority(a) - stagePriority(b)).slice(0, Math.max(0, rows - 1)),
	);
	const rest = span(messages.tui.run.moreStages(stages.length - shown.size), 'muted');
	return [...stages.filter(stage => shown.has(stage)).map(lineOf), [rest]].slice(0, rows);
};

const stagePriority = ({status}: Stage): number => (status === 'failed' ? 0 : status === 'running' ? 1 : 2);

/** The pane of one stage. `seconds`: how long it has run; null if it has not. */
export const stagePane = (
	stage: Stage,
	size: Size,
	{symbols, frame, seconds}: {symbols: Symbols; frame: number; seconds: number | null},
): Pane => ({
	key: `stage:${stage.name}`,
	stage: stage.name,
	size,
	title: stage.name,
	mark: null,
	status: stageStatus(stage, {symbols, frame, seconds}),
	head: stageHead(stage, innerSize(size), symbols),
	rows: stage.tail.map(text => [span(text)]),
	isMuted: stage.status === 'skipped' || stage.status === 'waiting',
	isTight: false,
});

/** Symbol, word and seconds of a stage. */
const stageStatus = (
	{status}: Stage,
	{symbols, frame, seconds}: {symbols: Symbols; frame: number; seconds: number | null},
): Line => {
	const symbol = statusSymbol(status, symbols, frame);
	const time = stageTime(status, seconds);
	return [
		span(`${symbol} ${messages.view.statuses[status]}`, statusStyles[status]),
		span(time === null ? '' : ` ${time}`),
	];
};

/** The rows that don't scroll: why the stage has its status or what it needs, then its instructions. */
const stageHead = (stage: Stage, {columns, rows}: Size, symbols: Symbols): Line[] => {
	const {status, needs, reason, instructions, lineCount} = stage;
	const words = reason ?? (status === 'waiting' && needs.length > 0 ? messages.tui.run.needs(needs) : null);
	const why = words === null ? [] : wrapToRows([span(words, 'muted')], columns, rows);
	// A skipped stage: its instructions would be marked as waiting, but they never run.
	if (status === 'skipped' && why.length > 0) return why;
	// All instructions are listed if half of the rows are left for output or, once the stage has ended, enough for it.
	const ended = status !== 'running' && status !== 'waiting';
	const output = ended ? Math.min(lineCount, rows / 2) : rows / 2;
	if (why.length + instructions.length + output <= rows) {
		return [...why, ...instructions.map(one => instructionLine(one, symbols))];
	}
	const shown = currentInstruction(instructions);
	if (why.length > 0 || !shown) return why;
	const place = instructions.length > 1 ? `${instructions.indexOf(shown) + 1}/${instructions.length} ` : '';
	const platform = shown.platform === undefined ? '' : `${shown.platform} `;
	return [[span(`${place}${platform}`, 'muted'), span(shown.text, 'typed')]];
};

const instructionLine = ({status, text, platform}: Instruction, symbols: Symbols): Line => [
	span(`${symbols.status[status]} `, statusStyles[status]),
	...(platform === undefined ? [] : [span(`${platform} `, 'muted')]),
	span(text, 'typed'),
];

/** The instruction that runs or has failed, else the last one that has ended, else the first. */
const currentInstruction = (instructions: Instruction[]): Instruction | undefined =>
	instructions.findLast(({status}) => status === 'running' || status === 'failed') ??
	instructions.findLast(({status}) => status !== 'waiting') ??
	instructions[0];

/** How long a stage has run. While it runs, this includes the seconds since the last snapshot. */
export const stageSeconds = (stage: Stage, {seconds}: Build, {sinceSnapshot}: Tick): number | null => {
	if (stage.status !== 'running' || stage.began === null) return stage.seconds;
	return Math.max(stage.seconds ?? 0, seconds - stage.began + sinceSnapshot);
};

/** The pane for output of no stage. `command`: its title, as the learner would type it; if empty, a general title. */
export const outputPane = (
	run: RunView,
	command: string,
	size: Size,
	{symbols, tick}: {symbols: Symbols; tick: Tick},
): Pane => {
	const say = messages.tui.run;
	const {lines, lineCount} = run.output;
	const cut = lineCount - lines.length;
	const {rows, isTight} = fitOutput(lines, innerSize(size).columns);
	return {
		key: 'output',
		stage: null,
		size,
		mark: null,
		title: command === '' ? say.output : command,
		status: run.outcome ? outcomeStatus(run.outcome, symbols) : runningStatus(run, {symbols, tick}),
		head: cut > 0 ? [[span(say.earlierLines(cut), 'muted')]] : [],
		rows:
			lines.length === 0 && run.outcome
				? [[span(run.hadTerminal ? say.hadTerminal : say.printedNothing, 'muted')]]
				: rows.map(text => [span(text)]),
		isMuted: false,
		isTight,
	};
};

const runningStatus = (
	{phase, startedAt}: RunView,
	{symbols, tick}: {symbols: Symbols; tick: Tick},
): Line => {
	if (phase === 'over') return [];
	const symbol = spinnerFrame(symbols, tick.frame);
	const seconds = Math.max(0, (tick.now - startedAt) / 1000);
	return [span(`${symbol} ${messages.tui.run.phases[phase]}`, 'running'), span(` ${formatSeconds(seconds)}`)];
};

const outcomeStatus = (outcome: Outcome, symbols: Symbols): Line => {
	const say = messages.tui.run;
	const time = span(` ${formatSeconds(outcome.seconds)}`);
	switch (outcome.ended) {
		case 'exited':
			return outcome.exitCode === 0
				? [span(`${symbols.status.done} ${say.exit(0)}`, 'passed'), time]
				: [span(`${symbols.status.failed} ${say.exit(outcome.exitCode)}`, 'failed'), time];
		case 'cancelled':
			return [span(`${symbols.status.cancelled} ${messages.view.statuses.cancelled}`, 'unknown'), time];
		case 'could-not-start':
			return [span(`${symbols.status.failed} ${say.couldNotStart}`, 'failed'), time];
		case 'read':
			return [span(say.onlyRead, 'recorded')];
	}
};
