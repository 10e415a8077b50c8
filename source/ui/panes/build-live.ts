import type {Build, Stage} from '../../build/model.js';
import {selectCause} from '../../session/select/select-cause.js';
import type {RunView} from '../../session/state.js';
import {widthOf} from '../../text/width.js';
import type {Room} from '../layout.js';
import type {Symbols} from '../symbols.js';
import {cutLines} from '../text/cut-lines.js';
import {formatSeconds} from '../text/format-seconds.js';
import {cutLine, type Line, span} from '../text/line.js';
import {wrapLine} from '../text/wrap-line.js';
import {builderName} from './builder-name.js';
import {failureLines} from './failure-lines.js';
import {outputPane} from './output-pane.js';
import type {Live} from './pane.js';
import {gridPanes} from './pane-grid.js';
import {stageList} from './stage-list.js';
import {stagePane, stageStatus} from './stage-pane.js';
import {stageSeconds} from './stage-seconds.js';

/** Moments for a screen that ticks: which frame of the spinner, milliseconds now, and since the last snapshot. */
export type Tick = {frame: number; now: number; sinceSnapshot: number};

/** Below, there is no row to spare for a note at the top. */
const lowRoom = 14;
/** Below, a sentence takes several rows. */
const narrowRoom = 60;

/** A build: what is built and how above, a pane for each stage, failure and notes below. Without a stage: what it printed. */
export const buildLive = (
	run: RunView,
	build: Build,
	room: Room,
	{symbols, tick}: {symbols: Symbols; tick: Tick},
): Live => {
	const above = titleLines(run, build, room, tick);
	const below = run.phase === 'over' ? endLines(run, build, room, symbols) : [];
	const rest = {columns: room.columns, rows: room.rows - above.length - below.length};
	if (build.stages.length === 0) {
		const output = {lines: build.outside, lineCount: build.outside.length};
		return {above, panes: [[outputPane({...run, output}, '', rest, {symbols, tick})]], lines: [], below};
	}
	const moment = (stage: Stage) => ({symbols, frame: tick.frame, seconds: stageSeconds(stage, build, tick)});
	const grid = gridPanes(build.stages.length, rest);
	const rooms = grid ?? [];
	let next = 0;
	const panes = rooms.map(row =>
		row.flatMap(pane => {
			const stage = build.stages[next++];
			return stage ? [stagePane(stage, pane, moment(stage))] : [];
		}),
	);
	const lines = grid ? [] : stageList(build.stages, rest.rows, stage => stageLine(stage, moment(stage)));
	return {above, panes, lines, below};
};

/** Image, builder, seconds; in a higher room the first note too. The number of lines depends on the room alone. */
const titleLines = (run: RunView, build: Build, room: Room, {now}: Tick): Line[] => {
	const builder = build.builder ?? run.builder;
	const seconds = run.outcome?.seconds ?? (now - run.startedAt) / 1000;
	const parts = [
		imageName(run, build),
		...(builder ? [builderName(builder)] : []),
		formatSeconds(Math.max(0, seconds)),
		...(build.cached ? ['all from the cache'] : []),
	];
	const title: Line = [span(parts[0] ?? '', 'strong'), span(` · ${parts.slice(1).join(' · ')}`)];
	if (room.rows < lowRoom) return [title];
	const [note = ''] = build.notes;
	// What does not fit here stands below the panes once the build has ended.
	const isHere = run.phase !== 'over' || isInTitle(note, room);
	return [title, isHere ? cutLine([span(note, 'muted')], room.columns) : []];
};

/** Whether the first note has a row below the title, and fits into it. */
const isInTitle = (note: string, {columns, rows}: Room): boolean =>
	rows >= lowRoom && widthOf(note) <= columns;

const imageName = ({commandLine}: RunView, {names}: Build): string =>
	names[0]?.replace(/^docker\.io\/(library\/)?/, '') ??
	/\s(?:-t|--tag)[= ](\S+)/.exec(commandLine)?.[1] ??
	'build';

/** What went wrong, in at most half of the room, in a narrow one in more; and the other notes, in less. */
const endLines = (run: RunView, build: Build, room: Room, symbols: Symbols): Line[] => {
	const notes = build.notes.filter((note, index) => index > 0 || !isInTitle(note, room));
	const lines = [
		...failureLines(build, selectCause(run), room.columns, symbols),
		...notes.flatMap(note => wrapLine([span(note, 'muted')], room.columns)),
	];
	const share = build.failure ? (room.columns < narrowRoom ? 2 / 3 : 1 / 2) : 1 / 3;
	return cutLines(lines, Math.floor(room.rows * share));
};

/** One line for a stage where there is no room for a pane. */
const stageLine = (stage: Stage, moment: Parameters<typeof stageStatus>[1]): Line => [
	span(`${stage.name} `, 'strong'),
	...stageStatus(stage, moment),
	span(`  ${stage.reason ?? stage.tail.at(-1) ?? ''}`, 'muted'),
];
