import type {Workshop} from '../workshop/model.js';
import {confirmBeforeRun} from './confirm-before-run.js';
import {createDoctorRun, createReplayHandlers, identifyEngine} from './features/engine.js';
import {copyLog, saveReport} from './features/export.js';
import {createFilesFeature} from './features/files.js';
import {createNavigation, createShutdown} from './features/navigation.js';
import {createShellFeature} from './features/shell.js';
import {ensureLab} from './lab-files.js';
import type {LineLogReader} from './ports.js';
import {createPrompt} from './prompt.js';
import type {CurrentBackend, SessionDependencies} from './run-context.js';
import {builderChosenByStep} from './run-step.js';
import {
	isPossible,
	selectCleanup,
	selectFittingFinding,
	selectIsRecording,
	selectPlan,
	selectPrimaryIntent,
	selectStep,
} from './select.js';
import type {Intent, Session} from './state.js';
import {createStepRunner, refreshPlan} from './step-runner.js';
import {createStore, keepProgress, type Store} from './store.js';
import {createChallengeWatcher} from './watch-challenge.js';

/** A session, its beginning, and the way to end it from outside. */
export type OpenSession = Session & {
	/** Connects to the engine in the background; for as soon as the first frame stands. */
	begin(): void;
	/** The files of the workshop have changed: `workshop` is null when they can't be read, `problems` is what lint says. */
	reload(workshop: Workshop | null, problems: string[]): void;
	/** Cancels what runs, waits for its end, and ends the session. */
	shutDown(): Promise<void>;
};

/** Opens a session, which answers the learner's intents. */
export const createSession = (parts: SessionDependencies): OpenSession => {
	const store = createStore(parts.state);
	const {dispatch, getState} = store;
	const {backend, changeOver} = createBackends(store, parts);
	const prompt = createPrompt(store);
	const judge = createChallengeWatcher(store, parts, backend, {
		lastRun: stepId => stepRunner.lastRun(stepId),
		lastProof: stepId => stepRunner.lastProof(stepId),
	});
	const provideLab = createLabProvider(store, parts);
	const navigation = createNavigation(store, () => {
		provideLab();
		refreshPlan(store, parts.lab);
		filesFeature.follow();
		judge.followShown();
	});
	const stepRunner = createStepRunner(store, parts, {
		backend,
		prompt,
		onPerformed(step, passed) {
			const builder = builderChosenByStep(step);
			if (passed && builder) dispatch({action: 'set-builder', builder});
			if (passed && step.kind === 'read' && getState().stepId === step.id) navigation.forward();
			filesFeature.follow();
			judge.judgeAgain();
		},
	});
	const {shutDown, quit} = createShutdown(store, {
		prompt,
		judge,
		stepRunner,
		filesFeature: {stop: () => filesFeature.stop()},
	});
	const guarded = confirmBeforeRun(store, stepRunner, {
		prompt,
		consent: parts.consent,
		leave: shutDown,
		readOn: navigation.forward,
	});
	const examine = createDoctorRun(store, backend);
	const meetEngine = () => {
		examine();
		void identifyEngine(store, backend()).then(judge.followShown);
	};
	const filesFeature = createFilesFeature(store, parts, {...guarded, prompt, backend});
	const send = createSend(store, {
		'next-step': navigation.forward,
		'previous-step': navigation.back,
		'show-extra': navigation.toExtra,
		'go-to-step': ({stepId}) => navigation.to(stepId),
		run: guarded.runShown,
		'run-solution': guarded.runShownSolution,
		cancel: stepRunner.cancel,
		...createShellFeature(store, parts, {...guarded, backend}),
		...filesFeature.handlers,
		...createSimpleHandlers(store, () => backend().lineLogs),
		answer: ({answer}) => prompt.answer(answer),
		'try-engine-again': meetEngine,
		'examine-again': examine,
		'use-recording': () => changeOver() && meetEngine(),
		...createReplayHandlers(store, backend, meetEngine),
		'save-report': () => void saveReport(store, parts),
		'stop-program': () => parts.stopProgram(),
		quit: () => void quit(),
	});
	return {
		begin: meetEngine,
		reload(workshop, problems) {
			dispatch({action: 'reload-workshop', workshop, problems});
			refreshPlan(store, parts.lab);
			judge.followShown();
		},
		getState,
		subscribe: store.subscribe,
		send,
		get lines() {
			return backend().lineLogs;
		},
		shutDown,
	};
};

/**
 * Writes the lab folder before a page that may speak of its files is shown: not before the workshop is trusted, and not
 * once the clean-up has removed it, until a step is run again.
 */
const createLabProvider = (
	{getState, dispatch}: Store,
	{lab, consent}: SessionDependencies,
): (() => void) => {
	let told: string | null = null;
	return () => {
		const state = getState();
		const cleanup = selectCleanup(state);
		const isOver = cleanup && (state.stepId === cleanup.id || state.passed[cleanup.id] !== undefined);
		const isPending = !selectIsRecording(state) && consent?.pending();
		if (state.screen !== 'step' || isOver || isPending) return;
		const problem = ensureLab(lab);
		// Once is enough: every step that needs the files says it again.
		if (problem !== null && problem !== told) dispatch({action: 'show-notice', notice: problem});
		told = problem;
	};
};

/** The world that a session runs in; it may go over to the recording, with the progress that belongs to it. */
const createBackends = (
	store: Store,
	{backend: first, recording}: SessionDependencies,
): {backend: CurrentBackend /** False when there is no recording. */; changeOver(): boolean} => {
	let backend = first;
	let stopKeeping = keepProgress(store, backend.progress);
	return {
		backend: () => backend,
		changeOver() {
			if (!recording) return false;
			stopKeeping();
			backend = recording;
			stopKeeping = keepProgress(store, backend.progress);
			return true;
		},
	};
};

/** What each intent does; enter stands for another one. */
type Handlers = {
	[Name in Exclude<Intent['intent'], 'go-on'>]: (intent: Extract<Intent, {intent: Name}>) => void;
};

/** The intents that need nothing but the state and the lines that were printed. */
const createSimpleHandlers = (store: Store, lines: () => LineLogReader) => {
	const {getState, dispatch} = store;
	return {
		'toggle-builder': () => {
			const {builder} = getState();
			dispatch({action: 'set-builder', builder: builder === 'legacy' ? 'buildkit' : 'legacy'});
		},
		'reveal-hint': () => {
			const state = getState();
			dispatch({
				action: 'reveal-hint',
				stepId: state.stepId,
				finding: selectFittingFinding(state, selectStep(state)),
			});
		},
		'predict-stage': ({place}) => {
			const stage = selectPlan(getState())?.graph.stages[place - 1]?.name;
			if (stage) dispatch({action: 'predict-stage', stepId: getState().stepId, stage});
		},
		'open-overlay': ({overlay}) => dispatch({action: 'open-overlay', overlay}),
		'close-overlay': () => dispatch({action: 'close-overlay'}),
		'copy-log': ({stage}) => void copyLog(store, lines(), stage),
	} satisfies Partial<Handlers>;
};

/** Carries out what a learner asks for, when it is possible now. */
const createSend =
	({getState}: Store, handlers: Handlers) =>
	(asked: Intent): void => {
		const intent = asked.intent === 'go-on' ? selectPrimaryIntent(getState()) : asked;
		if (!intent || intent.intent === 'go-on' || !isPossible(getState(), intent.intent)) return;
		const handle: (intent: never) => void = handlers[intent.intent];
		handle(intent as never);
	};
