import type {Workshop} from '../workshop/model.js';
import {chosenBuilder} from '../workshop/steps.js';
import {confirmBeforeRun} from './confirm-before-run.js';
import {createClassFeature} from './features/classroom.js';
import {createEngineFeature} from './features/engine.js';
import {createFilesFeature} from './features/files.js';
import {createNavigation, createShutdown} from './features/navigation.js';
import {createShellFeature} from './features/shell.js';
import {type FeatureContext, type Intent, performIntent} from './intents.js';
import {describeUserError, ensureLab} from './lab-files.js';
import type {LineLogReader} from './ports.js';
import {createPrompt, type Prompt} from './prompt.js';
import {reviewDue} from './review-due.js';
import {type CurrentBackend, findPendingConsent, type SessionDependencies} from './run-context.js';
import {breakFiles} from './run-step.js';
import {selectCleanup, selectIsBegun, selectIsRecording, selectStep, selectUnmetNeeds} from './select.js';
import type {SessionState} from './state.js';
import {createStepRunner, refreshPlan, reportChanges} from './step-runner.js';
import {countTime, createStore, keepProgress, type Store} from './store.js';
import {createChallengeWatcher} from './watch-challenge.js';

/** Owns the state. Views read it with `getState`, subscribe to changes, and send intents. */
export type Session = {
	getState(): SessionState;
	/** Calls back after every change. Returns a function that unsubscribes. */
	subscribe(onChange: () => void): () => void;
	send(intent: Intent): void;
	/** All lines printed in this session. */
	lines: LineLogReader;
};

/** A session, with functions to start, update and end it from outside. */
export type OpenSession = Session & {
	/** Connects to the engine in the background. Called after the first frame. */
	begin(): void;
	/**
	 * Called after the workshop's files have changed. `workshop`: null if they can't be read; `problems`: lint's messages.
	 */
	reload(workshop: Workshop | null, problems: string[]): void;
	/** Shows the learner one sentence. */
	notify(notice: string): void;
	/** Shows on the last page when a review is due. `days`: 0 for now. */
	foretellReview(days: number): void;
	/** Cancels the running command, waits for it to end, and ends the session. */
	shutDown(): Promise<void>;
};

/** Creates a session. */
export const createSession = (parts: SessionDependencies): OpenSession => {
	const store = createStore(parts.state);
	const {dispatch, getState} = store;
	const {backend, changeOver} = createBackends(store, parts);
	countTime(store);
	const prompt = createPrompt(store);
	const judge = createChallengeWatcher(store, parts, backend, {
		lastRun: stepId => stepRunner.lastRun(stepId),
		lastProof: stepId => stepRunner.lastProof(stepId),
	});
	const provideLab = createLabProvider(store, parts);
	const navigation = createNavigation(store, () => {
		provideLab();
		refreshPlan(store, parts.lab);
		context.files.follow();
		judge.followShown();
		void beginRepair(store, parts, {
			prompt,
			onLaid: () => context.files.learn(),
			onBegun() {
				refreshPlan(store, parts.lab);
				judge.followShown();
			},
		});
	});
	const stepRunner = createStepRunner(store, parts, {
		backend,
		prompt,
		onLaid: () => context.files.learn(),
		onPerformed(step, passed) {
			const builder = chosenBuilder(step);
			if (passed && builder) dispatch({action: 'set-builder', builder});
			if (passed && step.kind === 'read' && getState().stepId === step.id) navigation.forward();
			context.files.follow();
			// A challenge may only have begun.
			judge.followShown();
			judge.judgeAgain();
		},
	});
	const shutdown = createShutdown(store, {
		prompt,
		judge,
		stepRunner,
		stopFollowing() {
			context.files.stop();
			context.classroom.stop();
		},
	});
	const guarded = confirmBeforeRun(store, stepRunner, {
		prompt,
		consent: parts.consent,
		leave: shutdown.shutDown,
		readOn: navigation.forward,
	});
	const context: FeatureContext = {
		store,
		dependencies: parts,
		backend,
		prompt,
		navigation,
		stepRunner: guarded,
		engine: createEngineFeature(store, {backend, changeOver, onMet: judge.followShown}),
		files: createFilesFeature(store, parts, {...guarded, prompt, backend}),
		shell: createShellFeature(store, parts, guarded),
		shutdown,
		classroom: createClassFeature(store, parts.classroom),
	};
	return {
		begin() {
			context.engine.meet();
			context.classroom.begin();
		},
		reload(workshop, problems) {
			dispatch({action: 'reload-workshop', workshop, problems});
			refreshPlan(store, parts.lab);
			judge.followShown();
		},
		notify: notice => dispatch({action: 'show-notice', notice}),
		foretellReview: days => dispatch(reviewDue.set(days)),
		getState,
		subscribe: store.subscribe,
		send: intent => performIntent(intent, context),
		get lines() {
			return backend().lineLogs;
		},
		shutDown: shutdown.shutDown,
	};
};

/**
 * Returns a function that writes the lab folder before a page may mention its files; only once the workshop is trusted,
 * and not after clean-up has removed the folder.
 */
const createLabProvider = (
	{getState, dispatch}: Store,
	{lab, consent}: SessionDependencies,
): (() => void) => {
	let lastProblem: string | null = null;
	return () => {
		const state = getState();
		const cleanup = selectCleanup(state);
		const isOver = cleanup && (state.stepId === cleanup.id || state.passed[cleanup.id] !== undefined);
		if (state.screen !== 'step' || isOver || findPendingConsent(state, consent)) return;
		const problem = ensureLab(lab);
		// Steps that need the files report the problem again.
		if (problem !== null && problem !== lastProblem) dispatch({action: 'show-notice', notice: problem});
		lastProblem = problem;
	};
};

/**
 * Begins the shown repair if that only takes files, the workshop is trusted, and nothing runs. Otherwise, enter begins
 * it.
 */
const beginRepair = async (
	{getState, dispatch}: Store,
	{lab, consent}: SessionDependencies,
	{prompt, onLaid, onBegun}: {prompt: Prompt; onLaid(): void; onBegun(): void},
): Promise<void> => {
	const state = getState();
	const step = selectStep(state);
	const mayBegin =
		state.screen === 'step' && state.runningStepId === null && selectUnmetNeeds(state, step).length === 0;
	const needsFiles = step.kind === 'repair' && (step.setup.length === 0 || selectIsRecording(state));
	if (!mayBegin || !needsFiles || selectIsBegun(state, step) || findPendingConsent(state, consent)) return;
	try {
		await breakFiles(step, {lab: reportChanges(lab, onLaid), ask: prompt.ask});
		dispatch({action: 'begin-step', stepId: step.id});
		onBegun();
	} catch (error) {
		dispatch({action: 'show-notice', notice: describeUserError(error)});
	}
};

/** Holds the current backend and keeps its progress; `changeOver` switches to the recording. */
const createBackends = (
	store: Store,
	{backend: first, recording}: SessionDependencies,
): {backend: CurrentBackend /** False if there is no recording. */; changeOver(): boolean} => {
	let backend = first;
	let stopKeeping = keepProgress(store, backend);
	return {
		backend: () => backend,
		changeOver() {
			if (!recording) return false;
			stopKeeping();
			backend = recording;
			stopKeeping = keepProgress(store, backend);
			return true;
		},
	};
};
