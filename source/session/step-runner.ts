import {setTimeout as pause} from 'node:timers/promises';
import type {RunFact, Verdict} from '../checks/model.js';
import {messages} from '../messages/index.js';
import {UserError} from '../text/user-error.js';
import type {Step} from '../workshop/model.js';
import {patchInTurn} from '../workshop/patches.js';
import {listShownFiles} from '../workshop/shown-files.js';
import {isChallenge} from '../workshop/steps.js';
import {describeUserError} from './lab-files.js';
import {readDockerfilePlan} from './plan/dockerfile-plan.js';
import {fillPlaceholders, planStepBuild} from './plan/run-plan.js';
import type {LabFolder} from './ports.js';
import type {Prompt} from './prompt.js';
import {
	type CurrentBackend,
	findPendingConsent,
	type LineResult,
	type RunContext,
	type SessionDependencies,
} from './run-context.js';
import {beginStep, runSolution, runStep} from './run-step.js';
import {runTypedLine} from './run-typed-line.js';
import {selectIsBegun, selectRun, selectStep, selectUnmetNeeds, sessionEnvironment} from './select.js';
import type {SessionState} from './state.js';
import type {Store} from './store.js';
import {textFiles} from './text-files.js';

/** Runs steps, one at a time. */
export type StepRunner = {
	/** Runs the shown step, or begins a challenge that has not begun, or explains why it can't run yet. */
	runShown(): void;
	runShownSolution(): void;
	/** Runs a typed line at the shown step. */
	runLine(line: string): void;
	/** Cancels the running command; a second call kills it. */
	cancel(): void;
	/** Cancels the running command and resolves when it has ended, after 6 s at most. */
	stop(): Promise<void>;
	/** The latest run of a step in this session; null if none. */
	lastRun(stepId: string): RunFact | null;
	/** The verdict of a challenge's last proofs; null if there is none or a lab file has changed since. */
	lastProof(stepId: string): Verdict | null;
};

/** Milliseconds. The runner takes half of it to kill a run; then the engine is asked what the run created. */
const stopTimeoutMs = 6000;

type ActiveRun = {stepId: string; abort: AbortController; done: Promise<void>};

/**
 * Creates a step runner. `onLaid` is called when broken files were put into the lab folder, `onPerformed` after each run,
 * with the step and whether it passed.
 */
export const createStepRunner = (
	store: Store,
	parts: SessionDependencies,
	{
		backend,
		prompt,
		onLaid,
		onPerformed,
	}: {
		backend: CurrentBackend;
		prompt: Prompt;
		onLaid(): void;
		onPerformed(step: Step, passed: boolean): void;
	},
): StepRunner => {
	const {getState, dispatch} = store;
	const lastRuns = new Map<string, RunFact>();
	/** The verdicts of proofs, with a fingerprint of the lab files. */
	const lastProofs = new Map<string, {verdict: Verdict; fingerprint: string}>();
	let running: ActiveRun | null = null;

	const lab = reportChanges(parts.lab, () => {
		onLaid();
		refreshPlan(store, parts.lab);
	});
	const begin = async (step: Step, runContext: RunContext): Promise<void> => {
		if (selectIsBegun(getState(), step)) return;
		await beginStep(step, getState(), runContext);
		dispatch({action: 'begin-step', stepId: step.id});
	};
	/** `action`: null to only begin the step. */
	const perform = (
		step: Step,
		action: ((runContext: RunContext) => Promise<LineResult | null>) | null,
	): void => {
		const abort = new AbortController();
		refreshPlan(store, parts.lab);
		dispatch({action: 'begin-run', stepId: step.id});
		const runContext: RunContext = {
			...backend(),
			workshop: getState().workshop,
			captured: getState().captured,
			lab,
			handover: parts.handover,
			environment: sessionEnvironment(parts.environment, getState().shell),
			demandConsent: () => demandConsent(getState(), parts),
			ask: question => prompt.ask(question, abort.signal),
			onView(view) {
				dispatch({action: 'show-run', view});
				if (abort.signal.aborted) dispatch({action: 'mark-cancelling', stepId: step.id});
			},
			signal: abort.signal,
		};
		const finish = async (): Promise<void> => {
			let result: LineResult | null = null;
			try {
				const acting = begin(step, runContext).then(() => action?.(runContext) ?? null);
				result = await applyResult(step, acting, store);
				if (result?.run) lastRuns.set(step.id, result.run);
				if (result?.verdict && step.judge.length > 0)
					lastProofs.set(step.id, {verdict: result.verdict, fingerprint: parts.lab.fingerprint()});
			} finally {
				running = null;
				// A challenge is watched: whatever ran, it is judged.
				const isJudged = result !== null && (result.verdict !== null || isChallenge(step));
				dispatch({action: 'end-run', stepId: step.id, captured: result?.captured ?? {}, isJudged});
			}
			onPerformed(step, result?.verdict?.verdict === 'passed');
		};
		running = {stepId: step.id, abort, done: finish()};
	};
	const cancel = (): void => {
		if (!running) return;
		const runId = getState().runs[running.stepId]?.runId;
		if (running.abort.signal.aborted && runId) backend().runner.kill(runId);
		running.abort.abort();
		dispatch({action: 'mark-cancelling', stepId: running.stepId});
	};
	return {
		runShown() {
			const state = getState();
			const step = selectStep(state);
			const obstacle = findObstacle(step, store);
			if (obstacle) dispatch({action: 'show-notice', notice: obstacle});
			else if (isChallenge(step) && !selectIsBegun(state, step)) perform(step, null);
			else perform(step, runContext => runStep(step, state, runContext));
		},
		runShownSolution() {
			const state = getState();
			const step = selectStep(state);
			perform(step, async runContext => runSolution(step, parts.solutionOf(step.id), state, runContext));
		},
		runLine(line) {
			const state = getState();
			const step = selectStep(state);
			if (state.engine.status !== 'ready')
				dispatch({action: 'show-notice', notice: messages.session.engine.missing});
			else perform(step, runContext => runTypedLine(step, line, state, runContext));
		},
		cancel,
		async stop() {
			cancel();
			const wait = new AbortController();
			try {
				await Promise.race([running?.done, pause(stopTimeoutMs, null, {signal: wait.signal})]);
			} finally {
				wait.abort();
			}
		},
		lastRun: stepId => lastRuns.get(stepId) ?? null,
		lastProof(stepId) {
			const proof = lastProofs.get(stepId);
			return proof && proof.fingerprint === parts.lab.fingerprint() ? proof.verdict : null;
		},
	};
};

/** Throws a `UserError` while something that would run is not agreed to. */
const demandConsent = (state: SessionState, {consent}: Pick<SessionDependencies, 'consent'>): void => {
	const pending = findPendingConsent(state, consent);
	if (!pending) return;
	throw new UserError('obstacle' in pending ? pending.obstacle : messages.session.consent.workshopChanged);
};

/** A lab folder that reports when it was changed to what a repair begins with, or patched. */
export const reportChanges = (lab: LabFolder, onLaid: () => void): LabFolder => ({
	...lab,
	applyOverlay(...overlay) {
		lab.applyOverlay(...overlay);
		onLaid();
	},
	applyPatches(...patches) {
		const unfit = lab.applyPatches(...patches);
		onLaid();
		return unfit;
	},
});

/** Stores the verdict and shows the notice. A `UserError` becomes a notice, and the result null. */
const applyResult = async (
	step: Step,
	performing: Promise<LineResult | null>,
	{dispatch}: Store,
): Promise<LineResult | null> => {
	try {
		const result = await performing;
		if (!result) return null;
		const {verdict, notice} = result;
		const action = isChallenge(step) ? 'judge-challenge' : 'judge-step';
		if (verdict) dispatch({action, stepId: step.id, verdict, at: new Date().toISOString()});
		if (notice) dispatch({action: 'show-notice', notice});
		return result;
	} catch (error) {
		dispatch({action: 'show-notice', notice: describeUserError(error)});
		return null;
	}
};

/** Why a step can't run now, in one sentence; null if it can. */
const findObstacle = (step: Step, {getState}: Store): string | null => {
	const state = getState();
	const [missing] = selectUnmetNeeds(state, step);
	if (missing) return messages.session.step.needFirst(missing.title);
	if (step.kind !== 'read' && state.engine.status !== 'ready') return messages.session.engine.missing;
	return null;
};

/**
 * Reads the Dockerfile of the shown step with the changes that the step makes to it, and the files that its text shows, as
 * the learner may have changed them.
 */
export const refreshPlan = (
	{getState, dispatch}: Store,
	lab: Pick<LabFolder, 'read' | 'readShipped'>,
): void => {
	const state = getState();
	const step = selectStep(state);
	const {id, kind, command} = step;
	const shown = listShownFiles(step);
	if (shown.length > 0)
		dispatch(
			textFiles.set(Object.fromEntries(shown.map(file => [file, lab.read(file) ?? lab.readShipped(file)]))),
		);
	const line = kind === 'run' && command !== null ? fillPlaceholders(command, state.captured) : null;
	// The shown build determines Dockerfile and target; if there is none, the step's own command does.
	const build = selectRun(state)?.source ?? planStepBuild(line);
	// What a file defines is known only once it is built.
	if (!build || ('definition' in build && !build.targets)) return;
	const {engine, shell} = state;
	const options = {
		environment: sessionEnvironment({}, shell),
		enginePlatform: engine.status === 'ready' ? engine.identity.platform : undefined,
	};
	const read = (file: string): string | null => {
		const text = lab.read(file) ?? lab.readShipped(file);
		return (
			patchInTurn(
				text,
				step.patches.filter(patch => patch.file === file),
			) ?? text
		);
	};
	const plan = readDockerfilePlan(build, {read, readShipped: lab.readShipped}, options);
	dispatch({action: 'see-plan', stepId: id, plan});
};
