import type {Question} from './state.js';
import type {Store} from './store.js';

export type Prompt = {
	/** Shows a question. Resolves with the learner's answer, or with `no` once the signal is aborted. */
	ask(question: Question, signal?: AbortSignal): Promise<string>;
	/** Answers the open question, if there is one. */
	answer(answer: string): void;
};

export const createPrompt = ({dispatch}: Store): Prompt => {
	let resolve: ((answer: string) => void) | null = null;
	const resolveWith = (answer: string): void => {
		const resolveQuestion = resolve;
		resolve = null;
		dispatch({action: 'set', values: {question: null}});
		resolveQuestion?.(answer);
	};
	return {
		ask: (question, signal) =>
			new Promise(resolveQuestion => {
				if (signal?.aborted) return resolveQuestion('no');
				// A new question, e.g. whether to quit, answers the open one with no.
				resolve?.('no');
				resolve = resolveQuestion;
				dispatch({action: 'set', values: {question, overlay: null, commandLine: null}});
				signal?.addEventListener('abort', () => resolve === resolveQuestion && resolveWith('no'), {
					once: true,
				});
			}),
		answer: resolveWith,
	};
};
