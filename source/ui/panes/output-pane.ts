import type {Outcome} from '../../session/ports.js';
import type {RunView} from '../../session/state.js';
import type {Room} from '../layout.js';
import type {Symbols} from '../symbols.js';
import {fitOutput} from '../text/fit-output.js';
import {formatSeconds} from '../text/format-seconds.js';
import {type Line, span} from '../text/line.js';
import type {Tick} from './build-live.js';
import {innerRoom, type Pane} from './pane.js';

/** The pane of a command that is no build. `command`: as the learner would type it. */
export const outputPane = (
	run: RunView,
	command: string,
	room: Room,
	{symbols, tick}: {symbols: Symbols; tick: Tick},
): Pane => {
	const {lines, lineCount} = run.output;
	const cut = lineCount - lines.length;
	const {rows, isTight} = fitOutput(lines, innerRoom(room).columns);
	return {
		key: 'output',
		stage: null,
		room,
		mark: null,
		title: command === '' ? 'output' : command,
		status: run.outcome ? endStatus(run.outcome, symbols) : liveStatus(run, {symbols, tick}),
		head: cut > 0 ? [[span(`${cut} earlier lines are not kept here`, 'muted')]] : [],
		rows:
			lines.length === 0 && run.outcome
				? [[span(run.hadTerminal ? 'It had the terminal for itself.' : 'It printed nothing.', 'muted')]]
				: rows.map(text => [span(text)]),
		isMuted: false,
		isTight,
	};
};

const liveStatus = ({phase, startedAt}: RunView, {symbols, tick}: {symbols: Symbols; tick: Tick}): Line => {
	if (phase === 'over') return [];
	const symbol = symbols.spinner[tick.frame % symbols.spinner.length] ?? symbols.status.running;
	const seconds = Math.max(0, (tick.now - startedAt) / 1000);
	return [span(`${symbol} ${phase}`, 'running'), span(` ${formatSeconds(seconds)}`)];
};

const endStatus = (outcome: Outcome, symbols: Symbols): Line => {
	const time = span(` ${formatSeconds(outcome.seconds)}`);
	switch (outcome.ended) {
		case 'exited':
			return outcome.exitCode === 0
				? [span(`${symbols.status.done} exit 0`, 'passed'), time]
				: [span(`${symbols.status.failed} exit ${outcome.exitCode}`, 'failed'), time];
		case 'cancelled':
			return [span(`${symbols.status.cancelled} cancelled`, 'unknown'), time];
		case 'could-not-start':
			return [span(`${symbols.status.failed} could not start`, 'failed'), time];
		case 'read':
			return [span('read, not run', 'recorded')];
	}
};
