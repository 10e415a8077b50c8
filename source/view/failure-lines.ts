import {messages} from '../messages/index.js';
import type {Build, Stage} from '../stages/model.js';
import {cleanLine} from '../text/terminal-text.js';
import {widthOf} from '../text/width.js';
import {type Line, lineWidth, sentenceSpans, span, wrapLine, wrapToRows} from './line.js';
import type {Symbols} from './symbols.js';

/** How many lines of output are repeated, because a low pane may not show them. */
const outputLines = 3;

/**
 * Where a build failed, its usual cause, the instruction, what it printed last, and what was cut off because of it:
 * the most telling first, as the room may end anywhere. Empty when it did not fail.
 */
export const failureLines = (
	{failure, stages}: Build,
	cause: string | null,
	columns: number,
	symbols: Symbols,
	/** Rows that an instruction, a line of output or the builder's words may take. */
	maxRows = 3,
): Line[] => {
	if (!failure) return [];
	const {stage, instruction, line, exitCode, message} = failure;
	const say = messages.view.failure;
	const where = [
		stage === null ? outsideWords(stages) : say.inStage(stage),
		...(line === null ? [] : [say.line(line)]),
		...(exitCode === null ? [] : [say.exitCode(exitCode)]),
	].join(', ');
	const tail = stages.find(({name}) => name === stage)?.tail ?? [];
	// The exit code says all that the builder's words do; without one, they are all there is.
	const words = exitCode === null ? wrapToRows([span(message, 'muted')], columns, maxRows) : [];
	const cutOff = stages.filter(({status}) => status === 'cancelled').map(({name}) => name);
	return [
		...wrapLine([span(`${symbols.status.failed} ${where}`, 'failed')], columns),
		...(cause ? wrapLine(sentenceSpans(cause, symbols.code), columns) : []),
		...(instruction ? wrapToRows([span(cleanLine(instruction), 'typed')], columns, maxRows) : []),
		...tail.slice(-outputLines).flatMap(text => outputRows(text, columns, maxRows, symbols)),
		...words,
		...(stages.some(hasBegun) && cutOff.length > 0
			? wrapLine([span(say.cutOff(cutOff), 'muted')], columns)
			: []),
	];
};

/** Where a build failed that failed in none of its stages: before, between or after them. */
const outsideWords = (stages: Stage[]): string => {
	const {beforeStages, afterStages, outsideStages} = messages.view.failure;
	if (!stages.some(hasBegun)) return beforeStages;
	const areOver = stages.every(
		({status}) => status === 'done' || status === 'cached' || status === 'skipped',
	);
	return areOver ? afterStages : outsideStages;
};

const hasBegun = ({status, began}: Stage): boolean =>
	began !== null || ['running', 'cached', 'done', 'failed'].includes(status);

/** A line of output behind a gutter; one that fits keeps its colours. */
const outputRows = (text: string, columns: number, maxRows: number, {gutter}: Symbols): Line[] => {
	const lead = span(`${gutter} `, 'muted');
	const size = columns - lineWidth([lead]);
	const rows = widthOf(text) <= size ? [[span(text)]] : wrapToRows([span(text)], size, maxRows);
	return rows.map(row => [lead, ...row]);
};
