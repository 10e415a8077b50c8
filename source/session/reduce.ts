import type {Verdict} from '../checks/model.js';
import {type DoctorFinding, doctorIds} from '../doctor/registry.js';
import type {Builder} from '../stages/model.js';
import type {Workshop} from '../workshop/model.js';
import {fingerprintStep, isChallenge, isCleanup} from '../workshop/steps.js';
import {editLine, type LineEdit, typeText} from './command-line.js';
import {addAttempt, countTime, recordPrediction} from './efforts.js';
import {dropStalePasses, type Progress} from './passed-steps.js';
import type {DockerfilePlan} from './plan/dockerfile-plan.js';
import {selectSteps} from './select.js';
import {recordTimeline} from './select-builds.js';
import type {EngineState, RunView, SessionState} from './state.js';

/** The parts of the state that actions set directly. */
type IndependentPart =
	| 'screen'
	| 'notice'
	| 'ending'
	| 'replay'
	| 'findings'
	| 'question'
	| 'overlay'
	| 'history'
	| 'commandLine'
	| 'shell';

/** All changes of the state. */
export type Action =
	| {action: 'set'; values: Partial<Pick<SessionState, IndependentPart>>}
	| {action: 'set-slice'; name: string; value: unknown}
	/** With the recording that the progress belongs to: its passes must never count as real ones. */
	| {
			action: 'restore-progress';
			progress: Progress | null;
			problem: string | null;
			readOnly: boolean;
			replay: SessionState['replay'];
	  }
	| {action: 'see-engine'; engine: EngineState}
	| {action: 'add-finding'; finding: DoctorFinding}
	| {action: 'show-step'; stepId: string}
	| {action: 'set-builder'; builder: Builder}
	| {action: 'see-plan'; stepId: string; plan: DockerfilePlan}
	| {action: 'begin-run'; stepId: string}
	/** What a step begins with is in place. */
	| {action: 'begin-step'; stepId: string}
	| {action: 'show-run'; view: RunView}
	| {action: 'mark-cancelling'; stepId: string}
	/** `isJudged`: whether the run was an attempt at the step. */
	| {action: 'end-run'; stepId: string; captured: Record<string, string>; isJudged: boolean}
	/** Stops or begins to count the time of a step. `at`: milliseconds on a monotonic clock. */
	| {action: 'count-time'; at: number}
	/** `finding`: the finding whose hint is revealed; null: the next general hint, or the solution. */
	| {action: 'reveal-hint'; stepId: string; finding: string | null}
	/** `given`: all that the learner expects of the step's run. */
	| {action: 'predict'; stepId: string; given: string[]}
	| {action: 'answer-question'; stepId: string; given: string[]; isRight: boolean}
	| {action: 'judge-step'; stepId: string; verdict: Verdict; at: string}
	/** A watched challenge has a new verdict. */
	| {action: 'judge-challenge'; stepId: string; verdict: Verdict; at: string}
	| {action: 'edit-line'; edit: LineEdit}
	| {action: 'type-text'; text: string}
	/** `isGood`: whether the notice reports a success. */
	| {action: 'show-notice'; notice: string | null; isGood?: boolean}
	| {action: 'reload-workshop'; workshop: Workshop | null; problems: string[]};

/** Returns the state after an action. Pure. */
export const reduce = (state: SessionState, action: Action): SessionState => {
	switch (action.action) {
		case 'set':
			return {...state, ...action.values};
		case 'set-slice':
			return {...state, slices: {...state.slices, [action.name]: action.value}};
		case 'restore-progress':
			return {
				...restoreProgress(state, action.progress, action.problem),
				readOnly: action.readOnly,
				replay: action.replay,
			};
		case 'see-engine':
			return {
				...state,
				engine: action.engine,
				builder: builderForEngine(action.engine, state.builder),
				// Findings about the missing engine don't matter to a recording.
				findings: action.engine.status === 'ready' && action.engine.identity.recorded ? [] : state.findings,
			};
		case 'add-finding': {
			const found = [action.finding, ...state.findings];
			// Sorted by `doctorIds`, not by arrival.
			return {...state, findings: doctorIds.flatMap(id => found.find(one => one.id === id) ?? [])};
		}
		case 'show-step':
			return {
				...state,
				screen: 'step',
				stepId: action.stepId,
				begun: keepChallenges(state),
				overlay: null,
				commandLine: null,
				notice: null,
			};
		case 'set-builder':
			return {
				...state,
				builder: builderForEngine(state.engine, action.builder),
				shell: {...state.shell, builder: null},
			};
		case 'see-plan':
			return {...state, plans: {...state.plans, [action.stepId]: action.plan}};
		case 'begin-run':
			return {
				...state,
				runningStepId: action.stepId,
				tried: {...state.tried, [action.stepId]: true},
				notice: null,
			};
		case 'begin-step': {
			// Nothing was tried yet, and what prepares a step is not a run of it.
			const {[action.stepId]: _tried, ...tried} = state.tried;
			const {[action.stepId]: _run, ...runs} = state.runs;
			return {...state, begun: {...state.begun, [action.stepId]: true}, tried, runs};
		}
		case 'show-run':
			return {
				...state,
				runs: {...state.runs, [action.view.stepId]: preserveCancelling(state, action.view)},
				...(action.view.phase === 'over' && {
					timelines: recordTimeline(state, action.view),
					efforts: recordPrediction(state, action.view),
				}),
			};
		case 'mark-cancelling': {
			const run = state.runs[action.stepId];
			if (run?.phase !== 'running') return state;
			return {...state, runs: {...state.runs, [action.stepId]: {...run, phase: 'cancelling'}}};
		}
		case 'end-run':
			return {
				...state,
				runningStepId: state.runningStepId === action.stepId ? null : state.runningStepId,
				captured: {...state.captured, ...action.captured},
				efforts: action.isJudged ? addAttempt(state, action.stepId) : state.efforts,
			};
		case 'count-time':
			return countTime(state, action.at);
		case 'reveal-hint':
			return revealHint(state, action);
		case 'predict':
			return {...state, predictions: {...state.predictions, [action.stepId]: action.given}};
		case 'answer-question': {
			const first = state.answers[action.stepId]?.first ?? (action.isRight ? 'right' : 'wrong');
			return {...state, answers: {...state.answers, [action.stepId]: {given: action.given, first}}};
		}
		case 'judge-step':
			return recordVerdict(state, action);
		case 'judge-challenge': {
			const challenges = {...state.challenges, [action.stepId]: action.verdict};
			return recordVerdict({...state, challenges, tried: markTried(state, action)}, action);
		}
		case 'edit-line':
		case 'type-text': {
			const {commandLine: line, history} = state;
			if (!line) return state;
			const earlier = line.isAnswer ? [] : history;
			const commandLine =
				action.action === 'edit-line'
					? editLine(line, action.edit, earlier)
					: typeText(line, action.text, earlier);
			return {...state, commandLine: line.isAnswer ? {...commandLine, isAnswer: true} : commandLine};
		}
		case 'show-notice':
			return {...state, notice: action.notice, isGoodNews: action.isGood ?? false};
		case 'reload-workshop':
			return reloadWorkshop(state, action);
	}
};

/** Of the steps that have begun, those that begin only once. */
const keepChallenges = (state: SessionState): SessionState['begun'] =>
	Object.fromEntries(
		selectSteps(state).flatMap(step =>
			isChallenge(step) && state.begun[step.id] ? [[step.id, true] as const] : [],
		),
	);

/** Marks a challenge as tried if a changed file has changed the reason for its failure. */
const markTried = (
	{tried, challenges}: SessionState,
	{stepId, verdict}: Extract<Action, {action: 'judge-challenge'}>,
): SessionState['tried'] => {
	const before = challenges[stepId];
	// Losing or regaining the engine is not a try.
	const isChanged =
		before?.verdict === 'failed' && before.reason !== verdict.reason && verdict.finding !== 'engine-gone';
	return isChanged ? {...tried, [stepId]: true} : tried;
};

type Judgement = Extract<Action, {action: 'judge-step' | 'judge-challenge'}>;

/** Records a pass; any other verdict changes nothing, as a passed step stays passed. */
const recordVerdict = (state: SessionState, judgement: Judgement): SessionState => {
	const {stepId, verdict, at} = judgement;
	if (verdict.verdict !== 'passed') return state;
	const step = selectSteps(state).find(({id}) => id === stepId);
	const passed = {at, finding: verdict.finding, ...(step && {of: fingerprintStep(step)})};
	return {
		...state,
		passed: {...state.passed, [stepId]: passed},
		// Clean-up has removed what they began with.
		begun: step && isCleanup(step) ? {} : state.begun,
		passes: recordPass(state, judgement),
	};
};

/**
 * Records what passed a step. Challenges are judged repeatedly, so a later pass counts only if the step's run passed.
 */
const recordPass = (
	{passes, runs, hints, hintsFor}: SessionState,
	{stepId, verdict}: Judgement,
): SessionState['passes'] => {
	const run = runs[stepId] ?? null;
	const isOwn = run?.verdict?.verdict === 'passed';
	const revealed = passes[stepId]?.revealed ?? (hints[stepId] ?? 0) + (hintsFor[stepId]?.length ?? 0);
	return passes[stepId] && !isOwn ? passes : {...passes, [stepId]: {verdict, run, revealed}};
};

const revealHint = (
	state: SessionState,
	{stepId, finding}: Extract<Action, {action: 'reveal-hint'}>,
): SessionState => {
	const behind = state.hints[stepId] ?? 0;
	if (finding === null) return {...state, hints: {...state.hints, [stepId]: behind + 1}};
	const earlier = state.hintsFor[stepId] ?? [];
	return {...state, hintsFor: {...state.hintsFor, [stepId]: [...earlier, {finding, behind}]}};
};

/** Keeps a run marked as cancelling, even if the snapshot was taken before. */
const preserveCancelling = (state: SessionState, view: RunView): RunView => {
	const before = state.runs[view.stepId];
	const cancelling =
		before?.runId === view.runId && before.phase === 'cancelling' && view.phase === 'running';
	return cancelling ? {...view, phase: 'cancelling'} : view;
};

/** Restores saved progress, without the passes of steps that no longer exist or have changed. */
const restoreProgress = (
	state: SessionState,
	progress: Progress | null,
	problem: string | null,
): SessionState => {
	const ids = new Set(state.workshop.chapters.flatMap(({steps}) => steps.map(({id}) => id)));
	const {stepId = null, passed = {}, hints = {}, captured = {}, ...rest}: Partial<Progress> = progress ?? {};
	return {
		...state,
		stepId: stepId !== null && ids.has(stepId) ? stepId : state.stepId,
		...dropStalePasses(state.workshop, {passed, captured}),
		passes: {},
		hints,
		hintsFor: rest.hintsFor ?? {},
		predictions: rest.predictions ?? {},
		answers: rest.answers ?? {},
		efforts: rest.efforts ?? {},
		begun: rest.begun ?? {},
		builder: rest.builder ?? state.builder,
		notice: problem,
	};
};

/** Returns the chosen builder if the engine has it. Podman has only Buildah, and only Podman has it. */
const builderForEngine = (engine: EngineState, builder: Builder): Builder => {
	if (engine.status !== 'ready') return builder;
	if (engine.identity.cli.podman !== undefined) return 'buildah';
	return builder === 'buildah' ? 'buildkit' : builder;
};

/**
 * Returns the state after the workshop's files have changed. The shown step stays, or the one at its position is shown.
 * A step whose command or checks have changed must be passed again. `workshop`: null if the files can't be read; the
 * last valid workshop is then kept.
 */
const reloadWorkshop = (
	state: SessionState,
	{workshop, problems}: {workshop: Workshop | null; problems: string[]},
): SessionState => {
	const authoring = {problems, isStale: workshop === null};
	if (!workshop) return {...state, authoring};
	const steps = workshop.chapters.flatMap(chapter => chapter.steps);
	const index = selectSteps(state).findIndex(({id}) => id === state.stepId);
	const step = steps.find(({id}) => id === state.stepId) ?? steps[Math.min(index, steps.length - 1)];
	const {passed, captured} = dropStalePasses(workshop, state);
	// Dockerfiles are read again when their step is shown.
	return {...state, workshop, passed, captured, stepId: step?.id ?? state.stepId, plans: {}, authoring};
};
