import {messages} from '../messages/index.js';
import {isIdle, isOnStep} from './features/feature.js';
import type {EngineIdentity} from './ports.js';
import type {Prompt} from './prompt.js';
import {type Consent, findPendingConsent} from './run-context.js';
import {selectStep} from './select.js';
import type {Question} from './state.js';
import type {StepRunner} from './step-runner.js';
import type {Store} from './store.js';

/**
 * Wraps a step runner so that it asks for consent before it runs anything, and once when the session opens. After a
 * refusal, it does not ask again at steps that are only read: `readOn` shows the next one. While the engine has not
 * answered yet, it waits for that. `consent`: null if none is needed. `leave` ends the session.
 */
export const confirmBeforeRun = (
	store: Store,
	stepRunner: StepRunner,
	{
		prompt,
		consent,
		leave,
		readOn,
	}: {prompt: Prompt; consent: Consent | null; leave(): Promise<void>; readOn(): void},
): StepRunner => {
	const {getState, dispatch} = store;
	const waitForEngine = createEngineWait(store);
	const say = (notice: string) => dispatch({action: 'show-notice', notice});
	const askFor = async (question: Question, goOn: () => void, refuse: () => void): Promise<void> => {
		const answer = await prompt.ask(question);
		if (answer === 'leave') await leave();
		else if (answer === 'yes') goOn();
		else refuse();
	};
	let onlyReads = false;
	const guard = (run: () => void, isReading = false): void => {
		const pending = findPendingConsent(getState(), consent);
		if (!pending) run();
		else if ('obstacle' in pending) say(pending.obstacle);
		else if (isReading && onlyReads) {
			readOn();
			say(messages.session.consent.stepNotChecked);
		} else {
			const agree = () => {
				const problem = pending.agree();
				if (problem) say(problem);
				run();
			};
			void askFor(pending.question, agree, () => {
				onlyReads = true;
				say(messages.session.consent.missing);
			});
		}
	};
	const agreed = new Set<string>();
	/** Asks once before each remote engine is used. */
	const guardEngine = (run: () => void): void => {
		const {engine} = getState();
		if (engine.status === 'connecting') {
			waitForEngine(() => guardEngine(run));
			return;
		}
		const question = engine.status === 'ready' ? remoteQuestion(engine.identity) : null;
		if (engine.status !== 'ready' || !question || agreed.has(engine.identity.endpoint)) {
			run();
			return;
		}
		const {endpoint} = engine.identity;
		const agree = () => {
			agreed.add(endpoint);
			run();
		};
		void askFor(question, agree, () => say(messages.session.consent.remoteEngineMissing(endpoint)));
	};
	guard(() => {});
	return {
		...stepRunner,
		runShown() {
			// Steps that are only read need no engine.
			const isReading = selectStep(getState()).kind === 'read';
			guard(isReading ? stepRunner.runShown : () => guardEngine(stepRunner.runShown), isReading);
		},
		runShownSolution: () => guard(() => guardEngine(stepRunner.runShownSolution)),
		runLine: line => guard(() => guardEngine(() => stepRunner.runLine(line))),
	};
};

/**
 * Returns a function that waits until the engine has answered, or can't be reached, and then runs what it was last
 * called with; but not if the learner has left the step by then.
 */
const createEngineWait = ({getState, dispatch, subscribe}: Store): ((run: () => void) => void) => {
	let stop = () => {};
	return run => {
		stop();
		const {stepId} = getState();
		stop = subscribe(() => {
			const state = getState();
			const hasLeft = state.stepId !== stepId;
			if (state.engine.status === 'connecting' && !hasLeft) return;
			stop();
			if (!hasLeft && isOnStep(state) && isIdle(state)) run();
		});
		dispatch({action: 'show-notice', notice: messages.session.engine.connecting});
	};
};

/**
 * The question to ask before anything runs on a remote engine; null for a local engine or a recording. Neither enter
 * nor `--yes` agrees: the answer has to be typed.
 */
export const remoteQuestion = ({endpoint, address, local, recorded}: EngineIdentity): Question | null => {
	if (local || recorded) return null;
	const {title, lines, yes, no} = messages.session.consent.remoteEngine(endpoint, address);
	return {
		title,
		lines,
		choices: [
			{key: 'n', label: no, answer: 'no'},
			{key: 'y', label: yes, answer: 'yes'},
			{key: 'l', label: messages.session.leaveWorkshop, answer: 'leave'},
		],
	};
};
