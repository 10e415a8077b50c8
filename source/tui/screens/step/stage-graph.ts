import type {Stage} from '../../../stages/model.js';
import {cutToWidth} from '../../../text/width.js';
import {cutLine, joinSpans, type Line, lineWidth, type Span, span} from '../../../view/line.js';
import {type Symbols, statusStyles, statusSymbol} from '../../../view/symbols.js';
import type {Size} from '../../text/layout.js';
import {type GraphLayout, layoutGraph, type Route, routeLines, type Slot} from './graph-layout.js';

/** The sides at which a line leaves a cell, as bits. */
const towards = {up: 1, down: 2, left: 4, right: 8};

/** A grid of cells in which lines meet. Rows and columns are counted from 0. */
type LineGrid = {
	/** Adds a line to a cell. Lines of the same `owner` join there; others cross. */
	draw(row: number, column: number, sides: number, line: {owner: number; isLit: boolean}): void;
	/** Null if there is no line. */
	cell(row: number, column: number): {text: string; isLit: boolean} | null;
};

const sideways = towards.left | towards.right;

/** An empty grid. */
const createLineGrid = ({graph}: Symbols): LineGrid => {
	const cells = new Map<string, Map<number, {sides: number; isLit: boolean}>>();
	return {
		draw(row, column, sides, {owner, isLit}) {
			const key = `${row} ${column}`;
			const owners = cells.get(key) ?? new Map();
			const before = owners.get(owner) ?? {sides: 0, isLit: false};
			owners.set(owner, {sides: before.sides | sides, isLit: before.isLit || isLit});
			cells.set(key, owners);
		},
		cell(row, column) {
			const lines = [...(cells.get(`${row} ${column}`)?.values() ?? [])];
			if (lines.length === 0) return null;
			// A line that bends or is vertical hides one that runs across, so that nobody takes that for a branch.
			const bent = lines.filter(({sides}) => sides !== sideways);
			const shown = bent.length > 0 ? bent : lines;
			const sides = shown.reduce((all, line) => all | line.sides, 0);
			const glyphs = bent.length < lines.length ? graph.curves : graph.lines;
			return {text: glyphs[sides] ?? ' ', isLit: lines.some(({isLit}) => isLit)};
		},
	};
};

/** What the graph shows of a stage. */
export type GraphStage = Pick<Stage, 'name' | 'status' | 'needs' | 'reason'>;

/** `frame`: counts up while the screen ticks. */
export type GraphOptions = {symbols: Symbols; frame: number};

/** A row of the graph, and the stage at its end; null if a line ends it. */
type GraphRow = {line: Line; last: GraphStage | null};

/** Longer names are cut. */
const longestName = 20;

/** Columns of a gap between two layers: a space, two dashes, two for each vertical line, an arrow, a space. */
const gapColumns = (routes: Route[]): number => 5 + 2 * countUprights(routes);

const countUprights = (routes: Route[]): number => routes.filter(({column}) => column !== null).length;

/** The rows of a graph; null if its lines could not be told apart. */
const drawGraph = (stages: GraphStage[], options: GraphOptions): GraphRow[] | null => {
	const layout = cachedLayout(stages);
	const gaps = layout.edges.map(routeLines).filter(routes => routes !== null);
	if (gaps.length < layout.edges.length) return null;
	const draft: Draft = {
		...placeLayers(layout, gaps, stages),
		stages,
		layout,
		grid: createLineGrid(options.symbols),
		arrows: new Map(),
	};
	for (const [gap, routes] of gaps.entries()) {
		for (const [owner, route] of routes.entries()) drawRoute(draft, gap, route, owner);
	}
	const rows = Math.max(...layout.layers.map(slots => slots.length));
	return Array.from({length: rows}, (_, row) => drawRow(draft, row, options));
};

/** Cached, because the layout stays the same while the stages run. */
const cachedLayout = (stages: GraphStage[]): GraphLayout => {
	const key = JSON.stringify(stages.map(({name, needs}) => [name, needs]));
	if (latestLayout?.key !== key) latestLayout = {key, layout: layoutGraph(stages)};
	return latestLayout.layout;
};

let latestLayout: {key: string; layout: GraphLayout} | null = null;

/** Symbol and name of a stage. */
const nodeSpans = ({name, status}: GraphStage, {symbols, frame}: GraphOptions): Span[] => [
	span(`${statusSymbol(status, symbols, frame)} `, statusStyles[status]),
	span(cutToWidth(name, longestName), status === 'waiting' || status === 'skipped' ? 'muted' : 'strong'),
];

type Draft = {
	stages: GraphStage[];
	layout: GraphLayout;
	/** The first column of each layer, and its width. */
	starts: number[];
	widths: number[];
	grid: LineGrid;
	/** Whether the arrow head at `row column` is lit. */
	arrows: Map<string, boolean>;
};

const placeLayers = ({layers}: GraphLayout, gaps: Route[][], stages: GraphStage[]) => {
	const widths = layers.map(slots => Math.max(1, ...slots.map(slot => nodeWidth(slot, stages))));
	const starts = [0];
	for (const [layer, width] of widths.entries()) {
		starts.push((starts[layer] ?? 0) + width + gapColumns(gaps[layer] ?? []));
	}
	return {starts, widths};
};

/** Symbol, space, name. A passing line has no width of its own. */
const nodeWidth = ({stage, isPassing}: Slot, stages: GraphStage[]): number =>
	isPassing ? 0 : 2 + cutToWidth(stages[stage]?.name ?? '', longestName).length;

const drawRoute = (draft: Draft, gap: number, {from, to, column}: Route, owner: number): void => {
	const {layout, starts, widths, grid, arrows} = draft;
	const end = (starts[gap] ?? 0) + (widths[gap] ?? 0);
	const next = starts[gap + 1] ?? 0;
	const upright = column === null ? next : end + 3 + 2 * column;
	for (const source of from) {
		const slot = layout.layers[gap]?.[source];
		if (!slot) continue;
		const begin = slot.isPassing
			? (starts[gap] ?? 0) - 2
			: (starts[gap] ?? 0) + nodeWidth(slot, draft.stages) + 1;
		for (const target of to) {
			const reached = layout.layers[gap + 1]?.[target];
			if (!reached) continue;
			const line = {owner, isLit: isLit(draft, slot, findDependents(draft, reached, gap + 1))};
			const arrow = next - 2;
			for (let at = begin; at < Math.min(upright, arrow); at++) grid.draw(source, at, sideways, line);
			if (upright < next) drawUpright(grid, {source, target, column: upright}, line);
			for (let at = upright + 1; at < arrow; at++) grid.draw(target, at, sideways, line);
			if (!reached.isPassing) {
				const key = `${target} ${arrow}`;
				arrows.set(key, (arrows.get(key) ?? false) || line.isLit);
			}
		}
	}
};

/** Draws the vertical part of a line, from the row of its source to the row of its target. */
const drawUpright = (
	grid: LineGrid,
	{source, target, column}: {source: number; target: number; column: number},
	line: {owner: number; isLit: boolean},
): void => {
	const isDown = target > source;
	const [away, back] = isDown ? [towards.down, towards.up] : [towards.up, towards.down];
	if (source === target) {
		grid.draw(source, column, sideways, line);
		return;
	}
	grid.draw(source, column, towards.left | away, line);
	for (let row = source; row !== target; row += isDown ? 1 : -1) {
		if (row !== source) grid.draw(row, column, towards.up | towards.down, line);
	}
	grid.draw(target, column, towards.right | back, line);
};

/** Whether a line is lit: the stage that it comes from is ready, and a stage that it leads to has begun. */
const isLit = ({stages}: Draft, from: Slot, users: GraphStage[]): boolean => {
	const status = stages[from.stage]?.status;
	const isThere = status === 'done' || status === 'cached';
	return isThere && users.some(user => user.status !== 'skipped' && user.status !== 'waiting');
};

/** The stage in a slot or, for a passing line, the stages in later layers that it leads to. */
const findDependents = ({stages, layout}: Draft, {stage, isPassing}: Slot, layer: number): GraphStage[] => {
	const name = stages[stage]?.name ?? '';
	const slots = isPassing
		? layout.layers
				.slice(layer + 1)
				.flat()
				.filter(slot => !slot.isPassing)
		: [{stage}];
	const users = slots.map(slot => stages[slot.stage]).filter(user => user !== undefined);
	return isPassing ? users.filter(({needs}) => needs.includes(name)) : users;
};

const drawRow = (draft: Draft, row: number, options: GraphOptions): GraphRow => {
	const {layout, starts, stages, grid, arrows} = draft;
	const line: Line = [];
	let last: GraphStage | null = null;
	const end = starts.at(-1) ?? 0;
	for (let column = 0; column < end; column++) {
		const layer = starts.indexOf(column);
		const slot = layout.layers[layer]?.[row];
		const stage = slot && !slot.isPassing ? stages[slot.stage] : undefined;
		if (stage) {
			line.push(...nodeSpans(stage, options));
			column = lineWidth(line) - 1;
			last = stage;
			continue;
		}
		const arrow = arrows.get(`${row} ${column}`);
		const drawn =
			arrow === undefined ? grid.cell(row, column) : {text: options.symbols.graph.arrow, isLit: arrow};
		if (drawn) last = null;
		line.push(span(drawn?.text ?? ' ', drawn?.isLit ? 'plain' : 'muted'));
	}
	return {line: trimLineEnd(joinSpans(line)), last};
};

const trimLineEnd = (line: Line): Line => {
	const last = line.at(-1);
	if (!last) return line;
	const text = last.text.trimEnd();
	return text === '' ? trimLineEnd(line.slice(0, -1)) : [...line.slice(0, -1), {...last, text}];
};

/** Columns of the narrowest layer, whose stages have names of one letter, with the gap after it. */
const narrowestLayer = 8;

/**
 * The graph of which stage needs which, from left to right; if it does not fit, a line for each stage. Empty if that
 * does not fit either, or if no stage needs another.
 */
export const graphLines = (stages: GraphStage[], {columns, rows}: Size, options: GraphOptions): Line[] => {
	if (stages.every(({needs}) => needs.length === 0)) return [];
	// Don't try at every frame to draw what can't possibly fit.
	const layers = Math.ceil(columns / narrowestLayer);
	if (stages.length > rows * layers) return [];
	const picture = drawGraph(stages, options);
	if (picture && picture.length <= rows && picture.every(({line}) => lineWidth(line) <= columns)) {
		return picture.map(({line, last}) => withReason(line, last, columns));
	}
	const list = stages.map(stage => listLine(stage, options));
	return list.length <= rows ? list.map(line => cutLine(line, columns)) : [];
};

/** Adds to a row why its last stage is skipped, if the whole sentence fits. */
const withReason = (line: Line, last: GraphStage | null, columns: number): Line => {
	if (last?.status !== 'skipped' || last.reason === null) return line;
	const withWords = [...line, span(`  ${last.reason}`, 'muted')];
	return lineWidth(withWords) <= columns ? withWords : line;
};

const listLine = (stage: GraphStage, options: GraphOptions): Line => {
	const {needs} = stage;
	const words = needs.length > 0 ? ` ${options.symbols.graph.from} ${needs.join(', ')}` : '';
	return [...nodeSpans(stage, options), span(words, 'muted')];
};
