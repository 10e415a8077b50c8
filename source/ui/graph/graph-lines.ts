import type {Room} from '../layout.js';
import {cutLine, type Line, span, widthOfLine} from '../text/line.js';
import {drawGraph, type GraphMeans, type GraphStage, nodeSpans} from './draw-graph.js';

/** Columns of a layer whose stages have names of one letter, and of the gap behind it. */
const narrowestLayer = 8;

/**
 * Who needs whom, from left to right; where that does not fit, a line for each stage. Empty when that does not fit
 * either, or when no stage needs another one.
 */
export const graphLines = (stages: GraphStage[], {columns, rows}: Room, means: GraphMeans): Line[] => {
	if (stages.every(({needs}) => needs.length === 0)) return [];
	// What can't possibly fit is not worth a try at every frame.
	const layers = Math.ceil(columns / narrowestLayer);
	if (stages.length > rows * layers) return [];
	const picture = drawGraph(stages, means);
	if (picture && picture.length <= rows && picture.every(({line}) => widthOfLine(line) <= columns)) {
		return picture.map(({line, last}) => withReason(line, last, columns));
	}
	const list = stages.map(stage => listLine(stage, means));
	return list.length <= rows ? list.map(line => cutLine(line, columns)) : [];
};

/** Why a stage is skipped, behind it, where there is room for the whole sentence. */
const withReason = (line: Line, last: GraphStage | null, columns: number): Line => {
	if (last?.status !== 'skipped' || last.reason === null) return line;
	const told = [...line, span(`  ${last.reason}`, 'muted')];
	return widthOfLine(told) <= columns ? told : line;
};

const listLine = (stage: GraphStage, means: GraphMeans): Line => {
	const {needs} = stage;
	const words = needs.length > 0 ? ` ${means.symbols.graph.from} ${needs.join(', ')}` : '';
	return [...nodeSpans(stage, means), span(words, 'muted')];
};
