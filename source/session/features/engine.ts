import {messages} from '../../messages/index.js';
import {UserError} from '../../text/user-error.js';
import {describeError} from '../../text/wording.js';
import type {Backend, CurrentBackend} from '../run-context.js';
import {cleanupCommand, selectCleanup, selectIsRecording} from '../select.js';
import type {SessionState} from '../state.js';
import type {Store} from '../store.js';
import {type FeatureTable, isCovered, isIdle} from './feature.js';

/** Connects to the engine and stores its identity. Never rejects. */
const identifyEngine = async ({getState, dispatch}: Store, backend: Backend): Promise<void> => {
	dispatch({action: 'see-engine', engine: {status: 'connecting'}});
	try {
		const identity = await backend.engine.identity();
		dispatch({action: 'see-engine', engine: {status: 'ready', identity}});
		const count = backend.countLeftovers();
		const state = getState();
		if (count === 0 || state.notice !== null) return;
		const {leftovers, leftoversAndLastChapter} = messages.session.engine;
		const describe = selectCleanup(state) ? leftoversAndLastChapter : leftovers;
		dispatch({action: 'show-notice', notice: describe(count, cleanupCommand(state))});
	} catch (error) {
		const reason = describeError(error);
		const next = error instanceof UserError ? error.next : null;
		dispatch({action: 'see-engine', engine: {status: 'missing', reason, next, isSlow: isSlow(error)}});
	}
};

/** Whether a request to the engine or a command timed out. */
const isSlow = (error: unknown): boolean => {
	const {code, timedOut} = ((error instanceof UserError ? error.cause : error) ?? {}) as {
		code?: string;
		timedOut?: boolean;
	};
	return code === 'ETIMEDOUT' || timedOut === true;
};

export type EngineFeature = ReturnType<typeof createEngineFeature>;

/** Creates the feature that connects to the engine. `onMet` is called after each attempt, successful or not. */
export const createEngineFeature = (
	store: Store,
	{backend, changeOver, onMet}: {backend: CurrentBackend; changeOver(): boolean; onMet(): void},
) => {
	const {dispatch} = store;
	let latest = 0;
	const examine = () => {
		const current = ++latest;
		dispatch({action: 'set', values: {findings: []}});
		void backend().examine(finding => {
			if (current === latest) dispatch({action: 'add-finding', finding});
		});
	};
	const meet = () => {
		examine();
		void identifyEngine(store, backend()).then(onMet);
	};
	return {
		/** Connects to the engine and starts the doctor, both in the background. */
		meet,
		/** Restarts the doctor; later findings of an earlier run are ignored. */
		examine,
		/** Switches to the recording, if there is one. */
		useRecording: () => changeOver() && meet(),
	};
};

/** Playback speeds, as multiples of the recorded speed. */
const paces = [1, 4, 16];

const isEngineMissing = ({engine, question}: SessionState): boolean =>
	engine.status === 'missing' && !question;

const canControlReplay = (state: SessionState): boolean => selectIsRecording(state) && !isCovered(state);

export const engineFeatures = {
	'try-engine-again': {
		isPossible: isEngineMissing,
		perform: ({engine}) => engine.meet(),
	},
	/** Uses the recording instead of the missing engine. */
	'use-recording': {
		isPossible: isEngineMissing,
		perform: ({engine}) => engine.useRecording(),
	},
	/** Restarts the doctor. */
	'examine-again': {
		isPossible: state => state.overlay === 'doctor' && !selectIsRecording(state),
		perform: ({engine}) => engine.examine(),
	},
	/** Switches to the next playback speed; from the fastest, back to the recorded one. */
	'play-faster': {
		isPossible: state => canControlReplay(state) && state.screen === 'step',
		perform({store: {getState, dispatch}, backend}) {
			const {replay} = getState();
			if (!replay) return;
			const pace = paces[(paces.indexOf(replay.pace) + 1) % paces.length] ?? 1;
			backend().replay?.setPace(pace);
			dispatch({action: 'set', values: {replay: {...replay, pace}}});
		},
	},
	/** Skips to the end of the current recording. */
	'skip-to-end': {
		isPossible: state => canControlReplay(state) && state.screen === 'step' && !isIdle(state),
		perform: ({backend}) => backend().replay?.skipToEnd(),
	},
	/** Switches to the recording made on the next engine. */
	'next-recording': {
		isPossible: state =>
			canControlReplay(state) &&
			state.screen !== 'end' &&
			isIdle(state) &&
			(state.replay?.engines.length ?? 0) > 1,
		perform({backend, engine}) {
			backend().replay?.nextEngine();
			engine.meet();
		},
	},
} satisfies FeatureTable<{engine: EngineFeature}>;
