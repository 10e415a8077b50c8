import {setTimeout as pause} from 'node:timers/promises';
import type {RunFact, Verdict} from '../checks/model.js';
import {UserError} from '../text/user-error.js';
import type {Step} from '../workshop/model.js';
import type {Conduct, Tried} from './conduct.js';
import type {Asker} from './create-asker.js';
import {performLine} from './perform/perform-line.js';
import {performSolution, performStep} from './perform/perform-step.js';
import {seePlan} from './perform/see-plan.js';
import type {LabFolder} from './ports.js';
import {selectIsRecording, selectStep, selectUnmetNeeds} from './select/select.js';
import type {Store} from './store.js';
import {sessionEnvironment} from './typed/session-environment.js';
import type {CurrentWorld, SessionParts} from './world.js';

/** Where steps are run, one at a time. */
export type Desk = {
	/** Runs the shown step, or says what comes first. */
	runShown(): void;
	runShownSolution(): void;
	/** Runs a line of the learner's own at the shown step. */
	runLine(line: string): void;
	/** Once cancels, a second time kills. */
	cancel(): void;
	/** Cancels, and resolves when nothing runs any more, at the latest after six seconds. */
	stop(): Promise<void>;
	/** The latest run of a step in this session. */
	lastRun(stepId: string): RunFact | null;
	/** What the last proofs of a challenge showed, as long as no file of the lab folder has changed since. */
	lastProof(stepId: string): Verdict | null;
};

/** Milliseconds: a runner ends by force after half of it, then the engine is asked what the run left. */
const patience = 6000;

const changedMeanwhile =
	'The files of this workshop have changed since the step began, and nothing of them runs: run the step again.';

type Running = {stepId: string; abort: AbortController; done: Promise<void>};

/** `onPerformed` is called after each run, with the step and whether it passed. */
export const createDesk = (
	store: Store,
	parts: SessionParts,
	{
		world,
		asker,
		onPerformed,
	}: {world: CurrentWorld; asker: Asker; onPerformed(step: Step, passed: boolean): void},
): Desk => {
	const {getState, dispatch} = store;
	const lastRuns = new Map<string, RunFact>();
	const lastProofs = createProofs(parts.lab);
	let running: Running | null = null;

	const perform = (step: Step, action: (conduct: Conduct) => Promise<Tried>): void => {
		const abort = new AbortController();
		seePlan(store, parts.lab);
		dispatch({action: 'begin-run', stepId: step.id});
		const conduct: Conduct = {
			...world(),
			workshop: getState().workshop,
			lab: parts.lab,
			lender: parts.lender,
			environment: sessionEnvironment(parts.environment, getState().shell),
			demandConsent() {
				const pending = selectIsRecording(getState()) ? null : (parts.consent?.pending() ?? null);
				if (pending) throw new UserError('obstacle' in pending ? pending.obstacle : changedMeanwhile);
			},
			ask: question => asker.ask(question, abort.signal),
			onView(view) {
				dispatch({action: 'show-run', view});
				if (abort.signal.aborted) dispatch({action: 'mark-cancelling', stepId: step.id});
			},
			signal: abort.signal,
		};
		const finish = async (): Promise<void> => {
			let performed: Tried | null = null;
			try {
				performed = await carryOut(step, action(conduct), store);
				if (performed?.run) lastRuns.set(step.id, performed.run);
				if (performed?.verdict && step.judge.length > 0) lastProofs.keep(step.id, performed.verdict);
			} finally {
				running = null;
				dispatch({action: 'end-run', stepId: step.id, captured: performed?.captured ?? {}});
			}
			onPerformed(step, performed?.verdict?.verdict === 'passed');
		};
		running = {stepId: step.id, abort, done: finish()};
	};
	const cancel = (): void => {
		if (!running) return;
		const runId = getState().runs[running.stepId]?.runId;
		if (running.abort.signal.aborted && runId) world().runner.kill(runId);
		running.abort.abort();
		dispatch({action: 'mark-cancelling', stepId: running.stepId});
	};
	return {
		runShown() {
			const state = getState();
			const step = selectStep(state);
			const obstacle = obstacleTo(step, store);
			if (obstacle) dispatch({action: 'show-notice', notice: obstacle});
			else perform(step, conduct => performStep(step, state, conduct));
		},
		runShownSolution() {
			const state = getState();
			const step = selectStep(state);
			perform(step, async conduct => performSolution(step, parts.solutionOf(step.id), state, conduct));
		},
		runLine(line) {
			const state = getState();
			const step = selectStep(state);
			if (state.engine.status !== 'ready') dispatch({action: 'show-notice', notice: noEngine});
			else perform(step, conduct => performLine(step, line, state, conduct));
		},
		cancel,
		async stop() {
			cancel();
			const wait = new AbortController();
			try {
				await Promise.race([running?.done, pause(patience, null, {signal: wait.signal})]);
			} finally {
				wait.abort();
			}
		},
		lastRun: stepId => lastRuns.get(stepId) ?? null,
		lastProof: lastProofs.find,
	};
};

/** What proofs showed, for the files that they were about. */
const createProofs = (lab: Pick<LabFolder, 'fingerprint'>) => {
	const proofs = new Map<string, {verdict: Verdict; fingerprint: string}>();
	return {
		keep: (stepId: string, verdict: Verdict) =>
			void proofs.set(stepId, {verdict, fingerprint: lab.fingerprint()}),
		find(stepId: string): Verdict | null {
			const proof = proofs.get(stepId);
			return proof && proof.fingerprint === lab.fingerprint() ? proof.verdict : null;
		},
	};
};

/** Keeps the verdict; a `UserError` becomes a notice and null. */
const carryOut = async (step: Step, performing: Promise<Tried>, {dispatch}: Store): Promise<Tried | null> => {
	try {
		const performed = await performing;
		const {verdict, notice} = performed;
		if (verdict) dispatch({action: 'judge-step', stepId: step.id, verdict, at: new Date().toISOString()});
		if (notice) dispatch({action: 'show-notice', notice});
		return performed;
	} catch (error) {
		if (!(error instanceof UserError)) throw error;
		const notice = error.next ? `${error.message} Next: ${error.next}.` : error.message;
		dispatch({action: 'show-notice', notice});
		return null;
	}
};

const noEngine = 'There is no engine to run this on yet.';

/** Why a step can't run now; null when it can. */
const obstacleTo = (step: Step, {getState}: Store): string | null => {
	const state = getState();
	const [missing] = selectUnmetNeeds(state, step);
	if (missing) return `First comes the step “${missing.title}”: this one needs what it makes.`;
	if (step.kind !== 'read' && state.engine.status !== 'ready') return noEngine;
	return null;
};
