import type {StageStatus} from '../../build/model.js';

/** What was expected of one stage, and what became of it. */
export type PredictedStage = {
	name: string;
	/** Whether the learner expected it to run. */
	isExpected: boolean;
	status: StageStatus;
	/** Whether it ran, or came from the cache; null when it was cut off before that could be seen. */
	hasRun: boolean | null;
	/** One that came from the cache was needed and did not run again: whatever was said of it holds. */
	isRight: boolean;
};

/** Sets a prediction beside what became of the stages. */
export const judgePrediction = (
	predicted: string[],
	stages: Array<{name: string; status: StageStatus}>,
): PredictedStage[] =>
	stages.map(({name, status}) => ({
		name,
		isExpected: predicted.includes(name),
		status,
		hasRun: ran[status],
		isRight: status === 'cached' || predicted.includes(name) === ran[status],
	}));

const ran: Record<StageStatus, boolean | null> = {
	done: true,
	cached: true,
	failed: true,
	running: true,
	skipped: false,
	waiting: null,
	cancelled: null,
	unknown: null,
};
