import {parseDockerCommand} from '../docker/command.js';
import {diagnose} from '../stages/causes/diagnose.js';
import type {BuildCommand} from '../stages/causes/failure-context.js';
import type {StageStatus} from '../stages/model.js';
import {parseShellLine} from './plan/shell-line.js';
import {selectRun} from './select.js';
import type {RunView, SessionState, StageTime, Timeline, TimelinePair} from './state.js';

/** The usual cause of this build's failure in one sentence; null without a failure or a likely cause. */
export const selectCause = ({build, commandLine}: Pick<RunView, 'build' | 'commandLine'>): string | null =>
	build?.failure ? diagnose(build, findBuildCommand(commandLine)) : null;

/** The only build in a line; null if it has none or several. */
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

/** A stage's prediction and its result. */
export type PredictedStage = {
	name: string;
	/** Whether the learner expected it to run. */
	isExpected: boolean;
	status: StageStatus;
	/**
	 * Null if the build does not answer: the stage was cancelled, or came from the cache. A cached stage is needed like
	 * one that runs, but does not run again, like one that is skipped.
	 */
	isRight: boolean | null;
};

/** Compares a prediction with the results of the stages. */
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

/** The timelines of both builders for one Dockerfile and target. */
export type ComparedTimelines = {legacy: Timeline; buildkit: Timeline};

/**
 * The timeline of the shown step's build, and those of both builders' last builds without the cache; null if it builds
 * nothing or has not ended.
 */
export const selectTimelines = (
	state: SessionState,
): {own: Timeline; compared: ComparedTimelines | null} | null => {
	const run = selectRun(state);
	const own = run?.phase === 'over' ? createTimeline(run) : null;
	const key = createTimelineKey(state, state.stepId);
	return own && {own, compared: key === null ? null : comparePair(state.timelines[key])};
};

/** The Dockerfiles and targets that both builders have built without the cache. */
export const selectAllCompared = ({
	timelines,
}: SessionState): Array<Pick<TimelinePair, 'dockerfile' | 'target'> & ComparedTimelines> =>
	Object.values(timelines).flatMap(pair => {
		const compared = comparePair(pair);
		return compared ? [{dockerfile: pair.dockerfile, target: pair.target, ...compared}] : [];
	});

const comparePair = (pair: TimelinePair | undefined): ComparedTimelines | null =>
	pair?.legacy && pair.buildkit ? {legacy: pair.legacy, buildkit: pair.buildkit} : null;

/** The timelines by Dockerfile and target, updated with a finished run if it succeeded without the cache. */
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

/** The part of a stage that a timeline shows. */
const pickStageTime = ({name, status, reason, seconds, began, ended}: StageTime): StageTime => ({
	name,
	status,
	reason,
	seconds,
	began,
	ended,
});

/** The timeline of a finished build; null for any other run. */
export const createTimeline = ({runId, build, outcome}: RunView): Timeline | null =>
	build && outcome
		? {
				runId,
				builder: build.builder,
				seconds: outcome.seconds,
				stages: build.stages.map(pickStageTime),
			}
		: null;

/** The Dockerfile and target, which builds must share to be compared; null if the step builds nothing. */
const createTimelineKey = ({plans}: SessionState, stepId: string): string | null => {
	const plan = plans[stepId];
	return plan ? `${plan.dockerfile} ${plan.graph.target}` : null;
};

/** Whether a build succeeded without the cache. Base images on the engine don't count: they save no work. */
const ranWithoutCache = ({build, outcome}: RunView): boolean =>
	outcome?.ended === 'exited' &&
	outcome.exitCode === 0 &&
	(build?.stages ?? [])
		.flatMap(({instructions}) => instructions)
		.every(({status, text}) => status !== 'cached' || /^FROM\b/i.test(text));
