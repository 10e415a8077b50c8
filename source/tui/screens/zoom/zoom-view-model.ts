import {messages} from '../../../messages/index.js';
import type {LineLogReader} from '../../../session/ports.js';
import {selectRunLine} from '../../../session/select-wording.js';
import type {RunView, SessionState} from '../../../session/state.js';
import {stripColours} from '../../../text/terminal-text.js';
import {dropColumns} from '../../../text/width.js';
import {
	justifyLine,
	type Line,
	lineWidth,
	sentenceSpans,
	span,
	styleParts,
	wrapLine,
} from '../../../view/line.js';
import type {Symbols} from '../../../view/symbols.js';
import {spacing} from '../../../view/theme.js';
import {innerSize, type Pane} from '../../components/pane-layout.js';
import {outputPane, stagePane, stageSeconds, type Tick} from '../../components/run-panes.js';
import {firstZoomedLine, type ZoomExtent, type ZoomState} from '../../keymap/view-state.js';
import type {Layout, Size} from '../../text/layout.js';

type ZoomOptions = {symbols: Symbols; tick: Tick; reader: LineLogReader};

/** A pane that fills the body of the screen, and what is below it. */
export type ZoomViewModel = {
	pane: Pane;
	below: Line[];
	/** There are more lines than fit. */
	scrolls: boolean;
};

/** Columns and rows of a zoomed pane. The row below it shows the position in the log. */
const paneSize = ({body}: Layout): Size => ({
	columns: body.columns - 2 * spacing.margin,
	rows: body.rows - 1,
});

/** The size of a zoomed pane and of its log, for its keys. */
export const zoomExtent = (
	run: RunView,
	{stage}: ZoomState,
	layout: Layout,
	reader: LineLogReader,
): ZoomExtent => {
	const {total} = zoomLines(reader, run, stage);
	return {total, ...innerSize(paneSize(layout))};
};

/** Lays a zoomed pane out on a terminal. */
export const createZoomViewModel = (
	state: SessionState,
	run: RunView,
	zoom: ZoomState,
	layout: Layout,
	options: ZoomOptions,
): ZoomViewModel => {
	const lines = zoomLines(options.reader, run, zoom.stage);
	const {columns, rows: roomRows} = paneSize(layout);
	const words = messageLines(state, zoom, lines, columns);
	const size = {columns, rows: roomRows + 1 - words.length};
	const inner = innerSize(size);
	const top = firstZoomedLine(zoom, {...inner, total: lines.total});
	const texts = lines.read(top, inner.rows);
	const base = basePane(state, run, zoom.stage, size, options);
	const rows =
		lines.total === 0
			? [...base.head, [span(messages.tui.zoom.printedNothing, 'muted')]]
			: texts.map((text, index) => numberedLine(text, top + index, zoom, lines, options.symbols));
	const place = positionLine(lines, {from: top, to: top + texts.length});
	const [last = []] = words.slice(-1);
	return {
		scrolls: lines.total > inner.rows,
		pane: {...base, size, head: [], rows, isMuted: false, isTight: false},
		below: [
			...words.slice(0, -1),
			fitsBeside(last, place, columns) ? justifyLine(last, place, columns) : last,
		],
	};
};

/** The pane as it is when it is not zoomed, for its title and its status. */
const basePane = (
	state: SessionState,
	run: RunView,
	name: string | null,
	size: Size,
	{symbols, tick}: ZoomOptions,
): Pane => {
	const stage = run.build?.stages.find(candidate => candidate.name === name);
	if (!run.build || !stage) return outputPane(run, selectRunLine(state, run), size, {symbols, tick});
	const seconds = stageSeconds(stage, run.build, tick);
	return stagePane(stage, size, {symbols, frame: tick.frame, seconds});
};

/** Number and text; the line that was found last is marked. */
const numberedLine = (
	text: string,
	index: number,
	zoom: ZoomState,
	lines: ZoomLines,
	symbols: Symbols,
): Line => {
	const digits = String(lines.firstNumber + lines.total - 1).length;
	const number = String(lines.firstNumber + index).padStart(digits);
	const shown = zoom.left === 0 ? text : cutStart(text, zoom.left);
	return [
		span(index === zoom.found ? `${symbols.here} ` : '  ', 'strong'),
		span(`${number}  `, 'muted'),
		...highlightMatches(shown, zoom.wanted),
	];
};

const cutStart = (text: string, columns: number): string => {
	const rest = dropColumns(text, columns + 1);
	return rest === '' ? '' : `…${rest}`;
};

/** Lines that a message may take from the pane. */
const maxMessageLines = 3;

/** The text that is being typed to search for, or else a message; at least one line. */
const messageLines = (
	{notice}: SessionState,
	zoom: ZoomState,
	{problem}: ZoomLines,
	columns: number,
): Line[] => {
	if (zoom.typing !== null) return [[span(` /${zoom.typing}`, 'typed'), span(' ', 'match')]];
	const words = zoom.message ?? notice ?? problem ?? '';
	return wrapLine(sentenceSpans(words), columns - 1)
		.slice(0, maxMessageLines)
		.map(line => [span(' '), ...line]);
};

/** Which lines are in sight, and of how many. */
const positionLine = ({total, firstNumber}: ZoomLines, {from, to}: {from: number; to: number}): Line => {
	const number = (index: number) => index + firstNumber;
	if (total === 0) return [];
	const {position, positionAtEnd} = messages.tui.zoom;
	const say = to >= total ? positionAtEnd : position;
	return [span(say(number(from), number(to - 1), number(total - 1)), 'muted')];
};

/** Whether the position fits beside a message. It always fits beside typed text, which may be cut. */
const fitsBeside = (words: Line, place: Line, columns: number): boolean =>
	lineWidth(words) + 2 + lineWidth(place) <= columns || words[1]?.style === 'match';

/** The lines of a zoomed pane. */
type ZoomLines = {
	total: number;
	/** The number of its first line. The first line of a log has the number 1. */
	firstNumber: number;
	read(from: number, count: number): string[];
	/** Why lines are missing; null when none is. */
	problem: string | null;
};

/** The whole log of a stage or, if it can't be read, its last lines, which the run keeps. */
const zoomLines = (reader: LineLogReader, run: RunView, stage: string | null): ZoomLines => {
	const log = {runId: run.runId, stage};
	const {lineCount, problem} = reader.size(log);
	if (lineCount > 0 && reader.read(log, 0, 1).length > 0) {
		return {
			total: lineCount,
			firstNumber: 1,
			read: (from, count) => reader.read(log, from, count),
			problem,
		};
	}
	const {tail, count} = readTail(run, stage);
	return {
		total: tail.length,
		firstNumber: count - tail.length + 1,
		read: (from, rows) => tail.slice(from, from + rows),
		problem: tail.length > 0 ? reader.size(log).problem : null,
	};
};

const readTail = ({build, output}: RunView, name: string | null): {tail: string[]; count: number} => {
	if (!build) return {tail: output.lines, count: output.lineCount};
	const stage = build.stages.find(candidate => candidate.name === name);
	return stage
		? {tail: stage.tail, count: stage.lineCount}
		: {tail: build.outside, count: build.outside.length};
};

/** Highlights what was searched for in a line of output. A line with a match loses its own colours. */
export const highlightMatches = (text: string, wanted: string): Line => {
	if (wanted === '') return [span(text)];
	// As in the search itself, case matters only if `wanted` has capitals.
	const pattern = new RegExp(escapePattern(wanted), wanted === wanted.toLowerCase() ? 'giu' : 'gu');
	const bare = stripColours(text);
	const matches = [...bare.matchAll(pattern)];
	if (matches.length === 0) return [span(text)];
	return styleParts(
		bare,
		matches.map(({0: match, index}) => ({index, text: match, style: 'match'})),
	);
};

const escapePattern = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
