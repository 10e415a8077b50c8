import type {Instruction, Stage} from '../build/model.js';
import {formatSeconds} from './format-seconds.js';
import type {Room} from './layout.js';
import {type Line, span} from './line.js';
import {innerRoom, type Pane} from './pane.js';
import type {Symbols} from './symbols.js';
import type {Style} from './theme.js';
import {wrapLine} from './wrap-line.js';

const styles: Record<Stage['status'], Style> = {
	waiting: 'muted',
	running: 'running',
	cached: 'cached',
	done: 'passed',
	failed: 'failed',
	skipped: 'muted',
	cancelled: 'unknown',
};

/** The pane of one stage. `seconds`: how long it has been at work, null when it was not. */
export const stagePane = (
	stage: Stage,
	room: Room,
	{symbols, frame, seconds}: {symbols: Symbols; frame: number; seconds: number | null},
): Pane => ({
	key: `stage:${stage.name}`,
	room,
	title: stage.name,
	status: stageStatus(stage, {symbols, frame, seconds}),
	head: stageHead(stage, innerRoom(room)),
	rows: stage.tail.map(text => [span(text)]),
	isMuted: stage.status === 'skipped' || stage.status === 'waiting',
});

/** Symbol, word and seconds of a stage. */
export const stageStatus = (
	{status}: Stage,
	{symbols, frame, seconds}: {symbols: Symbols; frame: number; seconds: number | null},
): Line => {
	const symbol =
		status === 'running'
			? (symbols.spinner[frame % symbols.spinner.length] ?? symbols.status.running)
			: symbols.status[status];
	const time =
		seconds === null || status === 'skipped' || status === 'cached' ? '' : ` ${formatSeconds(seconds)}`;
	return [span(`${symbol} ${status}`, styles[status]), span(time)];
};

/** What the stage is about right now: its instruction, what it waits for, or why it has its status. */
const stageHead = ({status, needs, reason, instructions}: Stage, {columns, rows}: Room): Line[] => {
	if (reason) return wrapLine([span(reason, 'muted')], columns).slice(0, rows);
	if (status === 'waiting') {
		return needs.length > 0
			? wrapLine([span(`needs ${needs.join(', ')}`, 'muted')], columns).slice(0, rows)
			: [];
	}
	const shown = currentInstruction(instructions);
	if (!shown) return [];
	const place = instructions.length > 1 ? `${instructions.indexOf(shown) + 1}/${instructions.length} ` : '';
	return [[span(place, 'muted'), span(shown.text, 'typed')]];
};

/** The one that runs or that failed, else the last that came to an end. */
const currentInstruction = (instructions: Instruction[]): Instruction | undefined =>
	instructions.findLast(({status}) => status === 'running' || status === 'failed') ??
	instructions.findLast(({status}) => status !== 'waiting') ??
	instructions[0];
