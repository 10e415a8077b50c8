import type {Workshop} from '../workshop/model.js';
import {connect} from './connect.js';
import {controlReplay} from './control-replay.js';
import {createAsker} from './create-asker.js';
import {createDesk} from './create-desk.js';
import {createExamination} from './create-examination.js';
import {createLeaving} from './create-leaving.js';
import {createNavigation} from './create-navigation.js';
import {createFiler} from './files/create-filer.js';
import {ensureLab} from './files/ensure-lab.js';
import {guardDesk} from './guard-desk.js';
import {keepProgress} from './keep-progress.js';
import {copyLog} from './perform/copy-log.js';
import {createJudge} from './perform/create-judge.js';
import type {LineLogReader} from './perform/line-logs.js';
import {builderOf} from './perform/perform-step.js';
import {seePlan} from './perform/see-plan.js';
import {saveReport} from './save-report.js';
import {
	isPossible,
	selectCleanup,
	selectIsRecording,
	selectPlan,
	selectPrimaryIntent,
	selectStep,
} from './select/select.js';
import {selectFittingFinding} from './select/select-hints.js';
import type {Intent, Session} from './state.js';
import {createStore, type Store} from './store.js';
import {createTypist} from './typed/create-typist.js';
import type {CurrentWorld, SessionParts} from './world.js';

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
export const createSession = (parts: SessionParts): OpenSession => {
	const store = createStore(parts.state);
	const {dispatch, getState} = store;
	const {world, changeOver} = createWorlds(store, parts);
	const asker = createAsker(store);
	const judge = createJudge(store, parts, world, {
		lastRun: stepId => desk.lastRun(stepId),
		lastProof: stepId => desk.lastProof(stepId),
	});
	const provideLab = createProvider(store, parts);
	const navigation = createNavigation(store, () => {
		provideLab();
		seePlan(store, parts.lab);
		filer.follow();
		judge.followShown();
	});
	const desk = createDesk(store, parts, {
		world,
		asker,
		onPerformed(step, passed) {
			const builder = builderOf(step);
			if (passed && builder) dispatch({action: 'set-builder', builder});
			if (passed && step.kind === 'read' && getState().stepId === step.id) navigation.forward();
			filer.follow();
			judge.judgeAgain();
		},
	});
	const {shutDown, quit} = createLeaving(store, {asker, judge, desk, filer: {stop: () => filer.stop()}});
	const guarded = guardDesk(store, desk, {
		asker,
		consent: parts.consent,
		leave: shutDown,
		readOn: navigation.forward,
	});
	const examine = createExamination(store, world);
	const meetEngine = () => {
		examine();
		void connect(store, world()).then(judge.followShown);
	};
	const filer = createFiler(store, parts, {...guarded, asker, world});
	const send = createSend(store, {
		'next-step': navigation.forward,
		'previous-step': navigation.back,
		'show-extra': navigation.toExtra,
		'go-to-step': ({stepId}) => navigation.to(stepId),
		run: guarded.runShown,
		'run-solution': guarded.runShownSolution,
		cancel: desk.cancel,
		...createTypist(store, parts, {...guarded, world}),
		...filer.handlers,
		...plainHandlers(store, () => world().lineLogs),
		answer: ({answer}) => asker.answer(answer),
		'try-engine-again': meetEngine,
		'examine-again': examine,
		'use-recording': () => changeOver() && meetEngine(),
		...controlReplay(store, world, meetEngine),
		'save-report': () => void saveReport(store, parts),
		'stop-program': () => parts.stopProgram(),
		quit: () => void quit(),
	});
	return {
		begin: meetEngine,
		reload(workshop, problems) {
			dispatch({action: 'reload-workshop', workshop, problems});
			seePlan(store, parts.lab);
			judge.followShown();
		},
		getState,
		subscribe: store.subscribe,
		send,
		get lines() {
			return world().lineLogs;
		},
		shutDown,
	};
};

/**
 * Writes the lab folder before a page that may speak of its files is shown: not before the workshop is trusted, and not
 * once the clean-up has removed it, until a step is run again.
 */
const createProvider = ({getState, dispatch}: Store, {lab, consent}: SessionParts): (() => void) => {
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
const createWorlds = (
	store: Store,
	{world: first, recording}: SessionParts,
): {world: CurrentWorld /** False when there is no recording. */; changeOver(): boolean} => {
	let world = first;
	let stopKeeping = keepProgress(store, world.progress);
	return {
		world: () => world,
		changeOver() {
			if (!recording) return false;
			stopKeeping();
			world = recording;
			stopKeeping = keepProgress(store, world.progress);
			return true;
		},
	};
};

/** What each intent does; enter stands for another one. */
type Handlers = {
	[Name in Exclude<Intent['intent'], 'go-on'>]: (intent: Extract<Intent, {intent: Name}>) => void;
};

/** The intents that need nothing but the state and the lines that were printed. */
const plainHandlers = (store: Store, lines: () => LineLogReader) => {
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
