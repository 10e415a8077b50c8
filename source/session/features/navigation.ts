import {messages} from '../../messages/index.js';
import type {Prompt} from '../prompt.js';
import {
	cleanupCommand,
	selectExtras,
	selectHasPassed,
	selectIsRecording,
	selectMainSteps,
	selectNeighbour,
	selectStep,
	selectSteps,
} from '../select.js';
import {type Question, type SessionState, yesOrNo} from '../state.js';
import type {StepRunner} from '../step-runner.js';
import type {Store} from '../store.js';
import type {ChallengeWatcher} from '../watch-challenge.js';
import {type FeatureTable, isCovered, isOnStep} from './feature.js';

export type Navigation = ReturnType<typeof createNavigation>;

/** Moves between screens and steps; `onShown` is called after each move. */
export const createNavigation = ({getState, dispatch}: Store, onShown: () => void) => {
	const show = (stepId: string | null): void => {
		if (stepId === null) dispatch({action: 'set', values: {screen: 'end', notice: null}});
		else dispatch({action: 'show-step', stepId});
		onShown();
	};
	return {
		forward() {
			const state = getState();
			if (state.screen === 'welcome') show(selectStep(state).id);
			else if (state.screen === 'step') show(selectNeighbour(state, 1)?.id ?? null);
		},
		back() {
			const state = getState();
			if (state.screen === 'end') return show(state.stepId);
			const before = selectNeighbour(state, -1);
			if (before) show(before.id);
		},
		/** Shows the first optional step after the shown one. */
		toExtra() {
			const [extra] = selectExtras(getState());
			if (extra) show(extra.id);
		},
		to(stepId: string) {
			if (selectSteps(getState()).some(({id}) => id === stepId)) show(stepId);
		},
	};
};

export type Shutdown = ReturnType<typeof createShutdown>;

/** Ends a session. */
export const createShutdown = (
	{getState, dispatch}: Store,
	{
		prompt,
		judge,
		stepRunner,
		stopFollowing,
	}: {prompt: Prompt; judge: ChallengeWatcher; stepRunner: StepRunner; stopFollowing(): void},
) => {
	/** Cancels the running command, waits for it to end, and ends the session. */
	const shutDown = async (): Promise<void> => {
		prompt.answer('no');
		judge.stop();
		stopFollowing();
		try {
			await stepRunner.stop();
		} finally {
			dispatch({action: 'set', values: {question: null, ending: {summary: summariseSession(getState())}}});
		}
	};
	let isAsking = false;
	const isSure = async (): Promise<boolean> => {
		const state = getState();
		if (state.screen !== 'step') return true;
		isAsking = true;
		const answer = await prompt.ask(createQuitQuestion(state));
		isAsking = false;
		return answer === 'yes';
	};
	return {
		shutDown,
		/** Asks for confirmation, then shuts down. */
		async quit() {
			// Quitting again while the question is open confirms it.
			if (isAsking) prompt.answer('yes');
			else if (await isSure()) await shutDown();
		},
	};
};

/** Moves between screens and steps, and ends the session. */
export const navigationFeatures = {
	'next-step': {
		isPossible: state => isOnStep(state) || state.screen === 'welcome',
		perform: ({navigation}) => navigation.forward(),
	},
	'previous-step': {
		isPossible: state => isOnStep(state) || state.screen === 'end',
		perform: ({navigation}) => navigation.back(),
	},
	/** Shows the first of the optional steps that `next-step` skips. */
	'show-extra': {
		isPossible: state => isOnStep(state) && selectExtras(state).length > 0,
		perform: ({navigation}) => navigation.toExtra(),
	},
	'go-to-step': {
		isPossible: () => true,
		perform: ({navigation}, {stepId}: {stepId: string}) => navigation.to(stepId),
	},
	'open-overlay': {
		isPossible: state => !isCovered(state) && !state.commandLine,
		perform: ({store}, {overlay}: {overlay: string}) => store.dispatch({action: 'set', values: {overlay}}),
	},
	'close-overlay': {
		isPossible: state => state.overlay !== null,
		perform: ({store}) => store.dispatch({action: 'set', values: {overlay: null}}),
	},
	answer: {
		isPossible: state => state.question !== null,
		perform: ({prompt}, {answer}: {answer: string}) => prompt.answer(answer),
	},
	/** Suspends the program until the shell resumes it. */
	'stop-program': {
		isPossible: () => true,
		perform: ({dependencies}) => dependencies.stopProgram(),
	},
	/** Asks first if a step is shown. */
	quit: {
		isPossible: () => true,
		perform: ({shutdown}) => void shutdown.quit(),
	},
} satisfies FeatureTable<{navigation: Navigation; shutdown: Shutdown}>;

/** The lines left in the scrollback. */
const summariseSession = (state: SessionState): string[] => {
	const steps = selectMainSteps(state);
	const passed = steps.filter(({id}) => selectHasPassed(state, id)).length;
	const {steps: describeSteps, recordedSteps, nothingKept} = messages.session.leaving;
	return [
		(selectIsRecording(state) ? recordedSteps : describeSteps)(state.workshop.title, passed, steps.length),
		state.readOnly ? nothingKept : describeNextStart(state),
	];
};

const describeNextStart = (state: SessionState): string => {
	const steps = selectMainSteps(state);
	const next = steps.find(({id}) => !state.passed[id]);
	const {runForReal, nextTime, cleanUp} = messages.session.leaving;
	if (next) return nextTime((selectSteps(state).find(({id}) => id === state.stepId) ?? next).title);
	return selectIsRecording(state) ? runForReal : cleanUp(cleanupCommand(state));
};

/** The question to ask before the program ends in the middle of a workshop. */
const createQuitQuestion = ({runningStepId, readOnly}: SessionState): Question => {
	const {title, commandIsCancelled, progressNotKept, progressKept, yes, no} = messages.session.leaving;
	return {
		title,
		lines: [
			...(runningStepId === null ? [] : [commandIsCancelled]),
			readOnly ? progressNotKept : progressKept,
		],
		choices: yesOrNo(yes, no),
	};
};
