import type {Asker} from './create-asker.js';
import {selectIsRecording} from './select/select.js';
import type {Question} from './state.js';
import type {Store} from './store.js';

/** Whether what a workshop's files say may run. */
export type Consent = {
	/**
	 * What stands in the way, as the files are now: a question whose answer `yes` is consent, or a sentence. Null when
	 * nothing does.
	 */
	pending(): {question: Question; agree(): string | null} | {obstacle: string} | null;
};

/** Lets something of the workshop run when the learner agrees, or has agreed. */
export type ConsentGate = (run: () => void) => void;

/**
 * Asks before something runs, when there is something to ask, and once at the beginning: who opens a workshop is not
 * surprised in the middle of it. `consent`: null where nothing has to be asked. `leave`: ends the session.
 */
export const createConsentGate = (
	{getState, dispatch}: Store,
	asker: Asker,
	{consent, leave}: {consent: Consent | null; leave(): Promise<void>},
): ConsentGate => {
	const say = (notice: string) => dispatch({action: 'show-notice', notice});
	const gate: ConsentGate = run => {
		const pending = selectIsRecording(getState()) ? null : (consent?.pending() ?? null);
		if (!pending) return run();
		if ('obstacle' in pending) return say(pending.obstacle);
		void asker.ask(pending.question).then(answer => {
			if (answer === 'leave') return void leave();
			if (answer !== 'yes') return say(refused);
			const problem = pending.agree();
			if (problem) say(problem);
			run();
		});
	};
	gate(() => {});
	return gate;
};

const refused = 'Nothing runs until you say that you trust this workshop; you can read on as you like.';
