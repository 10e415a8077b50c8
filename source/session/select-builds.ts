import {parseDockerCommand} from '../docker/command.js';
import {diagnose} from '../stages/causes/diagnose.js';
import type {BuildCommand} from '../stages/causes/failure-context.js';
import type {StageStatus} from '../stages/model.js';
import {parseShellLine} from './plan/shell-line.js';
import {selectRun} from './select.js';
import type {RunView, SessionState, StageTime, Timeline, TimelinePair} from './state.js';

/** The usual cause of a failure like that of this build, in one sentence; null without a failure or a sure cause. */
export const selectCause = ({build, commandLine}: Pick<RunView, 'build' | 'commandLine'>): string | null =>
	build?.failure ? diagnose(build, findBuildCommand(commandLine)) : null;

/** The one build of a line; null when it has several, or none. */
const findBuildCommand = (line: string): BuildCommand | null => {
	const builds = parseShellLine(line, 'sh')
		.commands.map(({words}) => parseDockerCommand(words))
		.filter(docker => docker?.verb === 'build');
	const [build] = builds;
	if (!build || builds.length > 1) return null;
	const {flags, operands, refusal} = build;
	return {
		file: flags.last('file'),
		contexts: operands,
		platform: flags.last('platform'),
		isKnown: refusal === null,
	};
};

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
		isRight: ranByStatus[status] === null ? null : predicted.includes(name) === ranByStatus[status],
	}));

const ranByStatus: Record<StageStatus, boolean | null> = {
	done: true,
	cached: null,
	failed: true,
	running: true,
	skipped: false,
	waiting: null,
	cancelled: null,
	unknown: null,
};

/** Both builders' timelines of one Dockerfile and target. */
export type ComparedTimelines = {legacy: Timeline; buildkit: Timeline};

/**
 * When the stages of the shown step's build ran, and the same for both builders' last builds without the cache; null when
 * it builds nothing or has not ended.
 */
export const selectTimelines = (
	state: SessionState,
): {own: Timeline; compared: ComparedTimelines | null} | null => {
	const run = selectRun(state);
	const own = run?.phase === 'over' ? createTimeline(run) : null;
	const key = createTimelineKey(state, state.stepId);
	return own && {own, compared: key === null ? null : comparePair(state.timelines[key])};
};

/** Every Dockerfile that both builders have built without the cache, with its target. */
export const selectAllCompared = ({
	timelines,
}: SessionState): Array<Pick<TimelinePair, 'dockerfile' | 'target'> & ComparedTimelines> =>
	Object.values(timelines).flatMap(pair => {
		const compared = comparePair(pair);
		return compared ? [{dockerfile: pair.dockerfile, target: pair.target, ...compared}] : [];
	});

const comparePair = (pair: TimelinePair | undefined): ComparedTimelines | null =>
	pair?.legacy && pair.buildkit ? {legacy: pair.legacy, buildkit: pair.buildkit} : null;

/** The timelines by Dockerfile and target, with the one of a run that has just ended, if it counts. */
export const recordTimeline = (state: SessionState, run: RunView): SessionState['timelines'] => {
	const key = createTimelineKey(state, run.stepId);
	const plan = state.plans[run.stepId];
	const timeline = createTimeline(run);
	if (key === null || !plan || !timeline?.builder || timeline.builder === 'buildah' || !ranWithoutCache(run))
		return state.timelines;
	const {dockerfile, text, graph} = plan;
	const before = state.timelines[key];
	const pair =
		before?.text === text ? before : {dockerfile, target: graph.target, text, legacy: null, buildkit: null};
	return {...state.timelines, [key]: {...pair, [timeline.builder]: timeline}};
};

/** When a stage ran, and what became of it. */
const pickStageTime = ({name, status, reason, seconds, began, ended}: StageTime): StageTime => ({
	name,
	status,
	reason,
	seconds,
	began,
	ended,
});

/** The timeline of a build that has ended; null of everything else. */
export const createTimeline = ({runId, build, outcome}: RunView): Timeline | null =>
	build && outcome
		? {
				runId,
				builder: build.builder,
				seconds: outcome.seconds,
				stages: build.stages.map(pickStageTime),
			}
		: null;

/** What two builds must share to be compared: Dockerfile and target. Null when the step builds nothing. */
const createTimelineKey = ({plans}: SessionState, stepId: string): string | null => {
	const plan = plans[stepId];
	return plan ? `${plan.dockerfile} ${plan.graph.target}` : null;
};

/** A base image that is on the engine already saves no work. */
const ranWithoutCache = ({build, outcome}: RunView): boolean =>
	outcome?.ended === 'exited' &&
	outcome.exitCode === 0 &&
	(build?.stages ?? [])
		.flatMap(({instructions}) => instructions)
		.every(({status, text}) => status !== 'cached' || /^FROM\b/i.test(text));
