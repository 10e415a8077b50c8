import type {Question} from './state.js';
import type {Store} from './store.js';

export type Asker = {
	/** Shows a question; resolves with the answer that the learner chooses. */
	ask(question: Question): Promise<string>;
	/** Answers the question that stands; nothing happens when none does. */
	answer(given: string): void;
};

export const createAsker = ({dispatch}: Store): Asker => {
	let resolve: ((answer: string) => void) | null = null;
	return {
		ask: question =>
			new Promise(resolveQuestion => {
				// A new question, such as whether to quit, answers the one that stands with its last choice: no.
				resolve?.('no');
				resolve = resolveQuestion;
				dispatch({action: 'ask', question});
			}),
		answer(given) {
			const resolveQuestion = resolve;
			resolve = null;
			dispatch({action: 'close-question'});
			resolveQuestion?.(given);
		},
	};
};
