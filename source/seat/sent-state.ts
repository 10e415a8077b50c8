import {intervals, type ResultEntry, type SeatState} from '../classroom/protocol.js';

/**
 * Reports that may come early: a verdict is told at once, also when the learner passes one step after another. On
 * average, there is still one per `intervals.report`.
 */
const early = 10;

/** What the hub was told, and when. */
export type SentState = ReturnType<typeof createSentState>;

export const createSentState = () => {
	let sequence = 0;
	let acknowledged = 0;
	let lastResult = 0;
	/** What the hub knows: the step, and all the rest. */
	let known: {step: string | null; key: string} | null = null;
	/** When a report was sent last, and when the next one is on schedule, on the monotonic clock. */
	let at = Number.NEGATIVE_INFINITY;
	let scheduledAt = Number.NEGATIVE_INFINITY;
	const last = (results: ResultEntry[]) => results.at(-1)?.number ?? 0;
	/** What is news of a state. `isUrgent`: whether there is more than that the learner went to another step. */
	const findNews = (state: SeatState, results: ResultEntry[]): {isNews: boolean; isUrgent: boolean} => {
		const isUrgent = known === null || keyOf(state) !== known.key || last(results) > lastResult;
		return {isUrgent, isNews: isUrgent || state.step !== known?.step};
	};
	return {
		/** The number of the last result that the hub has. */
		acknowledged: () => acknowledged,
		/** Whether the hub does not know this. `results`: those that it has not acknowledged. */
		isNews: (state: SeatState, results: ResultEntry[]): boolean => findNews(state, results).isNews,
		/**
		 * Milliseconds until this should be sent, or a sign of life. That a learner goes to another step waits for the
		 * schedule, so that what is judged there need not.
		 */
		untilNext(state: SeatState, results: ResultEntry[]): number {
			const now = performance.now();
			const untilDue = Math.max(0, at + intervals.heartbeat - now);
			const {isNews, isUrgent} = findNews(state, results);
			if (!isNews) return untilDue;
			const untilMay = scheduledAt - (isUrgent ? early * intervals.report : 0) - now;
			return Math.min(untilDue, Math.max(0, untilMay));
		},
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
			else if (answer.sequence <= number) known = {step: state.step, key: keyOf(state)};
		},
		/** After a failure, everything is sent again. */
		forget(): void {
			known = null;
			lastResult = 0;
			at = Number.NEGATIVE_INFINITY;
		},
	};
};

/** All but the step and the seconds, which change all the time: they are news only together with something else. */
const keyOf = ({step: _, ...state}: SeatState): string =>
	JSON.stringify({...state, steps: state.steps.map(({seconds, ...step}) => step)});
