import type {Builder, Stage} from '../../build/model.js';
import type {RunView, SessionState} from '../state.js';

/** The stages of one build on one time axis. */
export type Timeline = {
	runId: string;
	/** Null when it was not seen. */
	builder: Builder | null;
	/** Of the whole command. */
	seconds: number;
	stages: Array<Pick<Stage, 'name' | 'status' | 'reason' | 'seconds' | 'began' | 'ended'>>;
};

/** The last build of one Dockerfile by each builder that took nothing from the cache. */
export type TimelinePair = {
	dockerfile: string;
	target: string;
	/** The Dockerfile that both have built: when it changes, what was measured before says nothing any more. */
	text: string | null;
	legacy: Timeline | null;
	buildkit: Timeline | null;
};

/** The timelines by Dockerfile and target, with the one of a run that has just ended, if it counts. */
export const keepTimelines = (state: SessionState, run: RunView): SessionState['timelines'] => {
	const key = timelineKey(state, run.stepId);
	const plan = state.plans[run.stepId];
	const timeline = timelineOf(run);
	if (key === null || !plan || !timeline?.builder || timeline.builder === 'buildah' || !isUncached(run))
		return state.timelines;
	const {dockerfile, text, graph} = plan;
	const before = state.timelines[key];
	const pair =
		before?.text === text ? before : {dockerfile, target: graph.target, text, legacy: null, buildkit: null};
	return {...state.timelines, [key]: {...pair, [timeline.builder]: timeline}};
};

/** The timeline of a build that has ended; null of everything else. */
export const timelineOf = ({runId, build, outcome}: RunView): Timeline | null =>
	build && outcome
		? {
				runId,
				builder: build.builder,
				seconds: outcome.seconds,
				stages: build.stages.map(({name, status, reason, seconds, began, ended}) => ({
					name,
					status,
					reason,
					seconds,
					began,
					ended,
				})),
			}
		: null;

/** What two builds must share to be compared: Dockerfile and target. Null when the step builds nothing. */
export const timelineKey = ({plans}: SessionState, stepId: string): string | null => {
	const plan = plans[stepId];
	return plan ? `${plan.dockerfile} ${plan.graph.target}` : null;
};

/** Loading a base image that is there already is no work that was spared. */
const isUncached = ({build, outcome}: RunView): boolean =>
	outcome?.ended === 'exited' &&
	outcome.exitCode === 0 &&
	(build?.stages ?? [])
		.flatMap(({instructions}) => instructions)
		.every(({status, text}) => status !== 'cached' || /^FROM\b/i.test(text));
