import type {Question} from './state.js';

/** Whether what a workshop's files say may run. */
export type Consent = {
	/**
	 * What stands in the way, as the files are now: a question whose answer `yes` is consent, or a sentence. Null when
	 * nothing does. `agree` returns a sentence when consent can't be kept for the next start.
	 */
	pending(): {question: Question; agree(): string | null} | {obstacle: string} | null;
};
