import type {StageStatus} from '../build/model.js';
import type {Symbols} from './symbols.js';
import type {Style} from './theme.js';

/** How each status of a stage or an instruction looks. */
export const statusStyles: Record<StageStatus, Style> = {
	waiting: 'muted',
	running: 'running',
	cached: 'cached',
	done: 'passed',
	failed: 'failed',
	skipped: 'muted',
	cancelled: 'unknown',
	unknown: 'unknown',
};

/** The symbol of a status; what runs has one that turns. `frame`: counts up while the screen ticks. */
export const statusSymbol = (status: StageStatus, symbols: Symbols, frame: number): string =>
	status === 'running'
		? (symbols.spinner[frame % symbols.spinner.length] ?? symbols.status.running)
		: symbols.status[status];
