import type {Prompt} from '../prompt.js';
import {
	cleanupCommand,
	selectExtras,
	selectIsRecording,
	selectMainSteps,
	selectNeighbour,
	selectStep,
	selectSteps,
} from '../select.js';
import type {Question, SessionState} from '../state.js';
import type {StepRunner} from '../step-runner.js';
import type {Store} from '../store.js';
import type {ChallengeWatcher} from '../watch-challenge.js';

export type Navigation = {
	forward(): void;
	back(): void;
	/** To the first optional step behind the shown one. */
	toExtra(): void;
	to(stepId: string): void;
};

/** Moves between the screens and steps; `onShown` is called after each move. */
export const createNavigation = ({getState, dispatch}: Store, onShown: () => void): Navigation => {
	const show = (stepId: string | null): void => {
		if (stepId === null) dispatch({action: 'show-screen', screen: 'end'});
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
		toExtra() {
			const [extra] = selectExtras(getState());
			if (extra) show(extra.id);
		},
		to(stepId) {
			if (selectSteps(getState()).some(({id}) => id === stepId)) show(stepId);
		},
	};
};

export type Shutdown = {
	/** Cancels what runs, waits for its end, and ends the session. */
	shutDown(): Promise<void>;
	/** The same, once the learner is sure. */
	quit(): Promise<void>;
};

/** The ways out of a session. */
export const createShutdown = (
	{getState, dispatch}: Store,
	{
		prompt,
		judge,
		stepRunner,
		filesFeature,
	}: {prompt: Prompt; judge: ChallengeWatcher; stepRunner: StepRunner; filesFeature: {stop(): void}},
): Shutdown => {
	const shutDown = async (): Promise<void> => {
		prompt.answer('no');
		judge.stop();
		filesFeature.stop();
		try {
			await stepRunner.stop();
		} finally {
			dispatch({action: 'end', summary: summariseSession(getState())});
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
		async quit() {
			// Whoever wants to leave while being asked is sure.
			if (isAsking) prompt.answer('yes');
			else if (await isSure()) await shutDown();
		},
	};
};

/** The two or three lines that stay in the scrollback. */
export const summariseSession = (state: SessionState): string[] => {
	const steps = selectMainSteps(state);
	const passed = steps.filter(({id}) => state.passed[id]).length;
	return [
		`${state.workshop.title}: ${passed} of ${steps.length} steps passed${selectIsRecording(state) ? ' in the recording; nothing ran on this machine' : ''}.`,
		state.readOnly ? 'Nothing of this session was kept.' : describeNextStart(state),
	];
};

const describeNextStart = (state: SessionState): string => {
	const steps = selectMainSteps(state);
	const next = steps.find(({id}) => !state.passed[id]);
	if (!next && selectIsRecording(state)) return 'With Docker on this machine the same steps run for real.';
	return next
		? `The next start goes on at “${(selectSteps(state).find(({id}) => id === state.stepId) ?? next).title}”.`
		: `Every step has passed. \`${cleanupCommand(state)}\` removes what the workshop made, if you have not yet.`;
};

/** Asked before the program ends in the middle of a workshop. */
export const createQuitQuestion = ({runningStepId, readOnly}: SessionState): Question => ({
	title: 'Leave the workshop?',
	lines: [
		...(runningStepId === null ? [] : ['The command that runs now is cancelled.']),
		readOnly
			? 'This copy keeps no progress, as the welcome said.'
			: 'Your progress is kept: the next start goes on here.',
	],
	choices: [
		{key: 'y', label: 'leave', answer: 'yes'},
		{key: 'n', label: 'stay', answer: 'no'},
	],
});
