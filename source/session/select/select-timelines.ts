import {type Timeline, type TimelinePair, timelineKey, timelineOf} from '../perform/keep-timelines.js';
import type {SessionState} from '../state.js';
import {selectRun} from './select.js';

/** Both builders' timelines of one Dockerfile and target. */
export type ComparedTimelines = {legacy: Timeline; buildkit: Timeline};

/**
 * What is known of the time that the shown step's build took: both builders' last builds without the cache when there
 * are two, else its own; null when it builds nothing or has not ended.
 */
export const selectTimelines = (
	state: SessionState,
): {own: Timeline; compared: ComparedTimelines | null} | null => {
	const run = selectRun(state);
	const own = run?.phase === 'over' ? timelineOf(run) : null;
	const key = timelineKey(state, state.stepId);
	return own && {own, compared: key === null ? null : compare(state.timelines[key])};
};

/** Every Dockerfile that both builders have built without the cache, with its target. */
export const selectAllCompared = ({
	timelines,
}: SessionState): Array<Pick<TimelinePair, 'dockerfile' | 'target'> & ComparedTimelines> =>
	Object.values(timelines).flatMap(pair => {
		const compared = compare(pair);
		return compared ? [{dockerfile: pair.dockerfile, target: pair.target, ...compared}] : [];
	});

const compare = (pair: TimelinePair | undefined): ComparedTimelines | null =>
	pair?.legacy && pair.buildkit ? {legacy: pair.legacy, buildkit: pair.buildkit} : null;
