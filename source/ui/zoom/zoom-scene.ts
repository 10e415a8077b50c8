import type {LineLogReader} from '../../session/perform/line-logs.js';
import {selectRunLine} from '../../session/select/select-wording.js';
import type {RunView, SessionState} from '../../session/state.js';
import {dropColumns} from '../../text/width.js';
import type {Layout, Room} from '../layout.js';
import type {Tick} from '../panes/build-live.js';
import {outputPane} from '../panes/output-pane.js';
import {innerRoom, type Pane} from '../panes/pane.js';
import {stagePane} from '../panes/stage-pane.js';
import {stageSeconds} from '../panes/stage-seconds.js';
import type {Symbols} from '../symbols.js';
import {highlightMatches} from '../text/highlight-matches.js';
import {type Line, span, spreadLine, widthOfLine} from '../text/line.js';
import {sentenceSpans} from '../text/sentence-spans.js';
import {wrapLine} from '../text/wrap-line.js';
import {spacing} from '../theme.js';
import {type ZoomLines, zoomLines} from './zoom-lines.js';
import {topOfZoom, type ZoomRoom, type ZoomView} from './zoom-view.js';

type Means = {symbols: Symbols; tick: Tick; reader: LineLogReader};

/** A pane that has the whole body of the screen, and what stands below it. */
export type ZoomScene = {
	pane: Pane;
	below: Line[];
	/** There are more lines than are seen. */
	scrolls: boolean;
};

/** Columns and rows of a zoomed pane; the row below it says where in the log it is. */
const paneRoom = ({body}: Layout): Room => ({
	columns: body.columns - 2 * spacing.margin,
	rows: body.rows - 1,
});

/** What the keys of a zoomed pane need to know. */
export const zoomRoom = (
	run: RunView,
	{stage}: ZoomView,
	layout: Layout,
	reader: LineLogReader,
): ZoomRoom => {
	const {total} = zoomLines(reader, run, stage);
	return {total, ...innerRoom(paneRoom(layout))};
};

/** Lays a zoomed pane out on a terminal. */
export const zoomScene = (
	state: SessionState,
	run: RunView,
	zoom: ZoomView,
	layout: Layout,
	means: Means,
): ZoomScene => {
	const lines = zoomLines(means.reader, run, zoom.stage);
	const {columns, rows: roomRows} = paneRoom(layout);
	const words = message(state, zoom, lines, columns);
	const room = {columns, rows: roomRows + 1 - words.length};
	const inner = innerRoom(room);
	const top = topOfZoom(zoom, {...inner, total: lines.total});
	const texts = lines.read(top, inner.rows);
	const base = basePane(state, run, zoom.stage, room, means);
	const rows =
		lines.total === 0
			? [...base.head, [span('It has printed nothing.', 'muted')]]
			: texts.map((text, index) => row(text, top + index, zoom, lines, means.symbols));
	const place = placeIn(lines, {from: top, to: top + texts.length});
	const [last = []] = words.slice(-1);
	return {
		scrolls: lines.total > inner.rows,
		pane: {...base, room, head: [], rows, isMuted: false, isTight: false},
		below: [...words.slice(0, -1), fits(last, place, columns) ? spreadLine(last, place, columns) : last],
	};
};

/** The pane as it stands among the others, for its title and status. */
const basePane = (
	state: SessionState,
	run: RunView,
	name: string | null,
	room: Room,
	{symbols, tick}: Means,
): Pane => {
	const stage = run.build?.stages.find(candidate => candidate.name === name);
	if (!run.build || !stage) return outputPane(run, selectRunLine(state, run), room, {symbols, tick});
	const seconds = stageSeconds(stage, run.build, tick);
	return stagePane(stage, room, {symbols, frame: tick.frame, seconds});
};

/** Number and text; the line that was found last is marked. */
const row = (text: string, index: number, zoom: ZoomView, lines: ZoomLines, symbols: Symbols): Line => {
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
const mostMessageLines = 3;

/** What is being searched for, what was found or done, in at least one line. */
const message = ({notice}: SessionState, zoom: ZoomView, {problem}: ZoomLines, columns: number): Line[] => {
	if (zoom.typing !== null) return [[span(` /${zoom.typing}`, 'typed'), span(' ', 'match')]];
	const words = zoom.message ?? notice ?? problem ?? '';
	return wrapLine(sentenceSpans(words), columns - 1)
		.slice(0, mostMessageLines)
		.map(line => [span(' '), ...line]);
};

/** Which lines are seen, and of how many. */
const placeIn = ({total, firstNumber}: ZoomLines, {from, to}: {from: number; to: number}): Line => {
	const number = (index: number) => (index + firstNumber).toLocaleString('en');
	const end = to >= total ? ' · end' : '';
	if (total === 0) return [];
	return [span(`lines ${number(from)}–${number(to - 1)} of ${number(total - 1)}${end}`, 'muted')];
};

/** A message matters more than the place, but what is being typed may be cut. */
const fits = (words: Line, place: Line, columns: number): boolean =>
	widthOfLine(words) + 2 + widthOfLine(place) <= columns || words[1]?.style === 'match';
