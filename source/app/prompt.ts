import process from 'node:process';
import {createInterface} from 'node:readline/promises';
import {messages} from '../messages/index.js';
import {remoteQuestion} from '../session/confirm-before-run.js';
import type {EngineIdentity} from '../session/ports.js';
import type {Question} from '../session/state.js';
import {UserError} from '../text/user-error.js';
import {printMessage} from './output.js';
import {raiseInterrupt} from './process.js';

/**
 * Asks on the terminal, through stderr, because stdout is for the result. `yes`: returns the first choice without
 * asking. Without a terminal, returns the last choice, which is always the safe one.
 */
export const createTerminalPrompt =
	(yes: boolean) =>
	async ({title, lines, choices}: Question): Promise<string> => {
		const careful = choices.at(-1)?.answer ?? 'no';
		if (yes) return choices[0]?.answer ?? careful;
		for (const line of [title, ...lines]) printMessage(line);
		if (!process.stdin.isTTY) {
			printMessage(messages.app.prompt.noTerminal);
			return careful;
		}
		const given = await readLine(messages.app.prompt.offer(choices));
		return choices.find(({key}) => key === given.toLowerCase())?.answer ?? careful;
	};

/** Asks for a line of text, through stderr. `offered`: what an empty line, or no terminal, means. */
export const askLine = async (question: string, offered: string): Promise<string> =>
	(process.stdin.isTTY && (await readLine(question))) || offered;

/** Ctrl-C ends the program as the signal does; ctrl-d and a closed terminal give an empty line. */
const readLine = async (prompt: string): Promise<string> => {
	const terminal = createInterface({input: process.stdin, output: process.stderr});
	const given = await new Promise<string>(resolve => {
		terminal.once('SIGINT', () => {
			terminal.close();
			raiseInterrupt();
		});
		terminal.once('close', () => resolve(''));
		terminal.question(prompt).then(resolve, () => resolve(''));
	});
	terminal.close();
	return given.trim();
};

/** Asks before a remote engine is used, even with `--yes`. Rejects with a `UserError` unless the answer is yes. */
export const confirmRemoteEngine = async (identity: EngineIdentity): Promise<void> => {
	const question = remoteQuestion(identity);
	if (!question || (await createTerminalPrompt(false)(question)) === 'yes') return;
	throw new UserError(messages.app.prompt.remoteEngine(identity.endpoint));
};
