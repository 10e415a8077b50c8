import process from 'node:process';
import {messages} from '../messages/index.js';
import {type Round, shownItem} from '../review/round.js';
import {type Line, sentenceLines} from '../view/line.js';
import {howToAnswer, itemLines, judgedLines} from '../view/review-lines.js';
import type {PlainOptions} from './open-plain.js';
import {readAnswers} from './plain-loop.js';
import {createPlainOutput, createPlainPage} from './plain-output.js';

/**
 * Prints a review as lines, and reads an answer to each item, until the last one is answered, the input ends, or the
 * signal is aborted.
 */
export const openPlainReview = async (
	round: Round,
	{stdin = process.stdin, stdout = process.stdout, environment = process.env, signal}: PlainOptions = {},
): Promise<void> => {
	const page = createPlainPage(environment, stdout.isTTY ? stdout.columns : undefined);
	const isTerminal = Boolean(stdin.isTTY && stdout.isTTY);
	const output = createPlainOutput(stdout, page, {isEchoed: isTerminal});
	let wake = () => {};
	const answers = readAnswers(stdin, () => wake());
	const unsubscribe = round.subscribe(() => wake());
	signal?.addEventListener('abort', () => wake());
	/** The next line; null once no more will come. */
	const ask = async (lines: Line[]): Promise<string | null> => {
		output.print(lines);
		const isAhead = answers.peek() !== null;
		output.prompt();
		while (answers.peek() === null && !answers.hasEnded() && !signal?.aborted)
			await new Promise<void>(resolve => (wake = resolve));
		const typed = signal?.aborted ? null : answers.take();
		if (typed !== null) output.echo(typed, isAhead);
		return typed;
	};
	const say = (...sentences: string[]) => sentenceLines(sentences, page.columns);
	try {
		while (shownItem(round.getState())) {
			const state = round.getState();
			let typed = await ask([...itemLines(state, page), [], ...say(howToAnswer(state))]);
			while (typed !== null) {
				const problem = round.answer(typed);
				if (problem === null) break;
				typed = await ask(say(problem));
			}
			if (typed === null) return;
			if (round.getState().isTrying) output.print(say(messages.review.trying));
			while (round.getState().isTrying) await new Promise<void>(resolve => (wake = resolve));
			output.print([[], ...judgedLines(round.getState(), page), []]);
			round.goOn();
		}
	} finally {
		unsubscribe();
		answers.close();
	}
};
