import {parseDockerCommand} from '../docker/command.js';
import {diagnose} from '../stages/causes/diagnose.js';
import type {BuildCommand} from '../stages/causes/failure-context.js';
import type {Stage, StageStatus} from '../stages/model.js';
import type {Step} from '../workshop/model.js';
import {parseShellLine} from './plan/shell-line.js';
import {selectRun, selectStep, selectSteps} from './select.js';
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

/** What is known of the build of the shown step, once it has ended. */
export type KnownTimelines = {
	/** By stage, and by instruction. */
	own: Timeline;
	instructions: Timeline;
	/** Both builders' last builds without the cache; null if one of them is missing. */
	compared: ComparedTimelines | null;
	/** Null if the build is set beside no other one, or did not pass the step. */
	beside: BesideBuilds | null;
};

/** The timelines of the shown step's build; null if it builds nothing or has not ended. */
export const selectTimelines = (state: SessionState): KnownTimelines | null => {
	const run = selectRun(state);
	const own = run?.phase === 'over' ? createTimeline(run) : null;
	const instructions = run && createInstructionTimeline(run);
	if (!own || !instructions) return null;
	const key = createTimelineKey(state, state.stepId);
	const beside = selectBeside(state, selectStep(state));
	return {
		own,
		instructions,
		compared: key === null ? null : comparePair(state.timelines[key]),
		beside: beside?.after.runId === own.runId ? beside : null,
	};
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

/** The instructions of a finished build, as rows in place of its stages; null for any other run. */
const createInstructionTimeline = (run: RunView): Timeline | null => {
	const timeline = createTimeline(run);
	const stages = run.build?.stages ?? [];
	return (
		timeline && {...timeline, stages: stages.flatMap(stage => instructionTimes(stage, stages.length > 1))}
	);
};

/** A row for each instruction that was measured or did not run, without `FROM`; one row for a skipped stage. */
const instructionTimes = (stage: Stage, hasOthers: boolean): StageTime[] => {
	if (stage.status === 'skipped') return [pickStageTime(stage)];
	return stage.instructions.flatMap(({text, platform, status, began, seconds}) => {
		const isMetadata = status === 'done' && (began === null || seconds === null);
		if (isMetadata || /^FROM\b/i.test(text)) return [];
		return [
			{
				name: [hasOthers ? `${stage.name}:` : '', platform ?? '', text].filter(Boolean).join(' '),
				status,
				reason: null,
				seconds,
				began,
				ended: began === null || seconds === null ? null : began + seconds,
			},
		];
	});
};

/** The build of a step, and that of the earlier step which it is set beside, by instruction. */
export type BesideBuilds = {
	earlier: Pick<Step, 'id' | 'title'>;
	step: Pick<Step, 'id' | 'title'>;
	/** Null if the earlier step has not passed in this session. */
	before: Timeline | null;
	after: Timeline;
};

/**
 * The builds that passed a step and the one that it is set beside; null if it is set beside none, or has not passed in
 * this session.
 */
export const selectBeside = (state: SessionState, step: Step): BesideBuilds | null => {
	const earlier = selectSteps(state).find(({id}) => id === step.beside);
	const [before, after] = [earlier, step].map(one => {
		const run = one && state.passes[one.id]?.run;
		return run ? createInstructionTimeline(run) : null;
	});
	return earlier && after ? {earlier, step, before: before ?? null, after} : null;
};

/** The builds of all steps that are set beside an earlier one, as far as both have passed in this session. */
export const selectAllBeside = (state: SessionState): Array<BesideBuilds & {before: Timeline}> =>
	selectSteps(state).flatMap(step => {
		const builds = selectBeside(state, step);
		return builds?.before ? [{...builds, before: builds.before}] : [];
	});

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
