import type {Consent} from './consent.js';
import type {Asker} from './create-asker.js';
import type {Desk} from './create-desk.js';
import {remoteQuestion} from './remote-question.js';
import {selectIsRecording, selectStep} from './select/select.js';
import type {Store} from './store.js';

/**
 * A desk that asks before it runs anything, when there is something to ask, and once at the beginning: who opens a
 * workshop is not surprised in the middle of it. Whoever only wants to read is not asked again at steps that only need
 * reading: `readOn` shows the next one. `consent`: null where nothing has to be asked. `leave` ends the session.
 */
export const guardDesk = (
	{getState, dispatch}: Store,
	desk: Desk,
	{
		asker,
		consent,
		leave,
		readOn,
	}: {asker: Asker; consent: Consent | null; leave(): Promise<void>; readOn(): void},
): Desk => {
	const say = (notice: string) => dispatch({action: 'show-notice', notice});
	let onlyReads = false;
	const guard = (run: () => void, isReading = false): void => {
		const pending = selectIsRecording(getState()) ? null : (consent?.pending() ?? null);
		if (!pending) run();
		else if ('obstacle' in pending) say(pending.obstacle);
		else if (isReading && onlyReads) {
			readOn();
			say(notChecked);
		} else void asker.ask(pending.question).then(answer => heed(answer, pending.agree, run));
	};
	const agreed = new Set<string>();
	/** An engine on another machine is asked about by itself, once. */
	const guardEngine = (run: () => void): void => {
		const {engine} = getState();
		const question = engine.status === 'ready' ? remoteQuestion(engine.identity) : null;
		if (engine.status !== 'ready' || !question || agreed.has(engine.identity.endpoint)) {
			run();
			return;
		}
		const {endpoint} = engine.identity;
		void asker.ask(question).then(answer => {
			if (answer === 'leave') return void leave();
			if (answer !== 'yes') return say(`Nothing runs on ${endpoint} until you say yes to it.`);
			agreed.add(endpoint);
			run();
		});
	};
	const heed = (answer: string, agree: () => string | null, run: () => void): void => {
		if (answer === 'leave') {
			void leave();
		} else if (answer === 'yes') {
			const problem = agree();
			if (problem) say(problem);
			run();
		} else {
			onlyReads = true;
			say(refused);
		}
	};
	guard(() => {});
	return {
		...desk,
		runShown() {
			// What is only read runs nothing, on no engine.
			const isReading = selectStep(getState()).kind === 'read';
			guard(isReading ? desk.runShown : () => guardEngine(desk.runShown), isReading);
		},
		runShownSolution: () => guard(() => guardEngine(desk.runShownSolution)),
		runLine: line => guard(() => guardEngine(() => desk.runLine(line))),
	};
};

const notChecked =
	'The step before this one is not ticked off: its files are written and checked once you trust this workshop.';

const refused = 'Nothing runs until you say that you trust this workshop; you can read on as you like.';
