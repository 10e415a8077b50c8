import process from 'node:process';
import type {OpenSession} from '../session/session.js';
import {span} from '../view/line.js';
import {createPlainLoop, readAnswers} from './plain-loop.js';
import {createPlainOutput, createPlainPage} from './plain-output.js';

/** Where to read and print. All default to the process's own. */
export type PlainOptions = {
	stdin?: NodeJS.ReadStream;
	stdout?: NodeJS.WriteStream;
	/** The locale is read from it. */
	environment?: Record<string, string | undefined>;
	/** Ends it, whether the session has an ending or not. */
	signal?: AbortSignal;
};

/**
 * How long, in milliseconds, a person waits for the first choices if an engine does not answer. A script waits for what
 * comes of the engine, which has limits of its own: else its choices would meet more or less on a slower machine.
 */
const engineTimeoutMs = 10_000;

/**
 * Prints the session as lines, and reads choices line by line, until it has an ending. It never overwrites what it has
 * printed, and prints no escape sequences. Rejects with a `UserError` if the input ends before the first choice.
 */
export const openPlain = async (
	session: OpenSession,
	{stdin = process.stdin, stdout = process.stdout, environment = process.env, signal}: PlainOptions = {},
): Promise<void> => {
	const page = createPlainPage(environment, stdout.isTTY ? stdout.columns : undefined);
	const output = createPlainOutput(stdout, page, {isEchoed: Boolean(stdin.isTTY && stdout.isTTY)});
	const changes = createChanges();
	const answers = readAnswers(stdin, changes.note);
	const loop = createPlainLoop(session, {page, output, answers, isTerminal: Boolean(stdin.isTTY)});
	const unsubscribe = session.subscribe(() => {
		loop.note();
		changes.note();
	});
	signal?.addEventListener('abort', changes.note);
	const stopWaiting = (): void => {
		loop.stopWaiting();
		changes.note();
	};
	const timer = stdin.isTTY ? setTimeout(stopWaiting, engineTimeoutMs) : undefined;
	try {
		for (;;) {
			if (loop.go()) changes.note();
			if (session.getState().ending || signal?.aborted) break;
			await changes.next();
		}
		output.print((session.getState().ending?.summary ?? []).map(text => [span(text)]));
	} finally {
		clearTimeout(timer);
		unsubscribe();
		signal?.removeEventListener('abort', changes.note);
		answers.close();
	}
};

/** Waits for changes. Several changes at once, as at the end of a step, count as one. */
const createChanges = (): {note(): void; next(): Promise<void>} => {
	let hasChanged = false;
	let wake = () => {};
	return {
		note() {
			hasChanged = true;
			wake();
		},
		async next() {
			if (!hasChanged) await new Promise<void>(resolve => (wake = resolve));
			await new Promise(resolve => setImmediate(resolve));
			hasChanged = false;
		},
	};
};
