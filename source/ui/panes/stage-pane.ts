import type {Instruction, Stage} from '../../build/model.js';
import type {Room} from '../layout.js';
import {statusStyles, statusSymbol} from '../status-style.js';
import type {Symbols} from '../symbols.js';
import {formatSeconds} from '../text/format-seconds.js';
import {type Line, span} from '../text/line.js';
import {wrapAtMost} from '../text/wrap-at-most.js';
import {innerRoom, type Pane} from './pane.js';

/** The pane of one stage. `seconds`: how long it has been at work, null when it was not. */
export const stagePane = (
	stage: Stage,
	room: Room,
	{symbols, frame, seconds}: {symbols: Symbols; frame: number; seconds: number | null},
): Pane => ({
	key: `stage:${stage.name}`,
	stage: stage.name,
	room,
	title: stage.name,
	mark: null,
	status: stageStatus(stage, {symbols, frame, seconds}),
	head: stageHead(stage, innerRoom(room), symbols),
	rows: stage.tail.map(text => [span(text)]),
	isMuted: stage.status === 'skipped' || stage.status === 'waiting',
	isTight: false,
});

/** Symbol, word and seconds of a stage. */
export const stageStatus = (
	{status}: Stage,
	{symbols, frame, seconds}: {symbols: Symbols; frame: number; seconds: number | null},
): Line => {
	const symbol = statusSymbol(status, symbols, frame);
	const time =
		seconds === null || status === 'skipped' || status === 'cached' ? '' : ` ${formatSeconds(seconds)}`;
	return [span(`${symbol} ${status}`, statusStyles[status]), span(time)];
};

/** What the stage is about: why it has its status or what it waits for, then its instructions. */
const stageHead = (stage: Stage, {columns, rows}: Room, symbols: Symbols): Line[] => {
	const {status, needs, reason, instructions, lineCount} = stage;
	const words = reason ?? (status === 'waiting' && needs.length > 0 ? `needs ${needs.join(', ')}` : null);
	const why = words === null ? [] : wrapAtMost([span(words, 'muted')], columns, rows);
	// None of them ran: their marks would say that they wait.
	if (status === 'skipped' && why.length > 0) return why;
	// With enough room all instructions are listed, and as many rows are left for the output, or for all there was.
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

/** The one that runs or that failed, else the last that came to an end. */
const currentInstruction = (instructions: Instruction[]): Instruction | undefined =>
	instructions.findLast(({status}) => status === 'running' || status === 'failed') ??
	instructions.findLast(({status}) => status !== 'waiting') ??
	instructions[0];
