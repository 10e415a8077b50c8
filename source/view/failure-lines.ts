import {messages} from '../messages/index.js';
import type {Build, Stage} from '../stages/model.js';
import {cleanLine} from '../text/terminal-text.js';
import {widthOf} from '../text/width.js';
import {type Line, lineWidth, sentenceSpans, span, wrapLine, wrapToRows} from './line.js';
import type {Symbols} from './symbols.js';

type FailureOptions = {
	/** The most rows for the instruction, for a line of output, or for the builder's message. */
	maxRows?: number;
	/** How many of the failed stage's last lines are repeated: its pane may be too low to show them, or gone. */
	outputLines?: number;
};

/**
 * Explains a failed build: where it failed, the usual cause, the instruction, its last output, and the stages that were
 * cut off. The most useful lines come first, because the caller may cut the last ones. Empty if the build did not fail.
 */
export const failureLines = (
	{failure, stages}: Build,
	cause: string | null,
	columns: number,
	symbols: Symbols,
	{maxRows = 3, outputLines = 3}: FailureOptions = {},
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
	// With an exit code, the builder's message adds nothing; without one, it is the only explanation.
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

/** Where a build failed that failed in none of its stages: before the first, after the last, or in between. */
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

/** A line of output after a gutter. It keeps its colours if it fits in one row. */
const outputRows = (text: string, columns: number, maxRows: number, {gutter}: Symbols): Line[] => {
	const lead = span(`${gutter} `, 'muted');
	const size = columns - lineWidth([lead]);
	const rows = widthOf(text) <= size ? [[span(text)]] : wrapToRows([span(text)], size, maxRows);
	return rows.map(row => [lead, ...row]);
};
