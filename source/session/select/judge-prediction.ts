import type {StageStatus} from '../../build/model.js';

/** What was expected of one stage, and what became of it. */
export type PredictedStage = {
	name: string;
	/** Whether the learner expected it to run. */
	isExpected: boolean;
	status: StageStatus;
	/**
	 * Null when the build does not tell: the stage was cut off, or it came from the cache. A cached stage is needed, as
	 * one that runs is, but does not run again, as one that is skipped does not.
	 */
	isRight: boolean | null;
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
		isRight: ran[status] === null ? null : predicted.includes(name) === ran[status],
	}));

const ran: Record<StageStatus, boolean | null> = {
	done: true,
	cached: null,
	failed: true,
	running: true,
	skipped: false,
	waiting: null,
	cancelled: null,
	unknown: null,
};
