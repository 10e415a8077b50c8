import {intervals, type ResultEntry, type SeatState} from '../classroom/protocol.js';

/**
 * Reports that may come early: a verdict soon after another change is told at once. On average, there is still one per
 * `intervals.report`.
 */
const early = 2;

/** What the hub was told, and when. */
export type SentState = ReturnType<typeof createSentState>;

export const createSentState = () => {
	let sequence = 0;
	let acknowledged = 0;
	let lastResult = 0;
	let key = '';
	/** When a report was sent last, and when the next one is on schedule, on the monotonic clock. */
	let at = Number.NEGATIVE_INFINITY;
	let scheduledAt = Number.NEGATIVE_INFINITY;
	const last = (results: ResultEntry[]) => results.at(-1)?.number ?? 0;
	return {
		/** The number of the last result that the hub has. */
		acknowledged: () => acknowledged,
		/** Whether the hub does not know this. `results`: those that it has not acknowledged. */
		isNews: (state: SeatState, results: ResultEntry[]): boolean =>
			keyOf(state) !== key || last(results) > lastResult,
		/** Whether it is time for a sign of life. */
		isDue: (): boolean => performance.now() - at >= intervals.heartbeat,
		/** Milliseconds until the next report may be sent. */
		untilNext: (): number => Math.max(0, scheduledAt - early * intervals.report - performance.now()),
		/** Milliseconds until the next sign of life. */
		untilDue: (): number => Math.max(0, at + intervals.heartbeat - performance.now()),
		/**
		 * Returns the number of the report that is sent now. The first one of a start, 0, is too low on purpose: its answer
		 * tells how many reports earlier starts have sent.
		 */
		begin(results: ResultEntry[]): number {
			at = performance.now();
			scheduledAt = Math.max(scheduledAt, at) + intervals.report;
			lastResult = Math.max(lastResult, last(results));
			return sequence++;
		},
		/** Notes the answer to a report. */
		end(number: number, state: SeatState, answer: {sequence: number; results: number}): void {
			acknowledged = answer.results;
			sequence = Math.max(sequence, answer.sequence + 1);
			// A report that was ignored is sent again, the first one at once.
			if (number === 0) at = Number.NEGATIVE_INFINITY;
			else if (answer.sequence <= number) key = keyOf(state);
		},
		/** After a failure, everything is sent again. */
		forget(): void {
			key = '';
			lastResult = 0;
			at = Number.NEGATIVE_INFINITY;
		},
	};
};

/** Seconds change all the time: they are news only together with something else. */
const keyOf = (state: SeatState): string =>
	JSON.stringify({...state, steps: state.steps.map(({seconds: _, ...step}) => step)});
