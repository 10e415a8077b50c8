import {readdirSync, statSync} from 'node:fs';
import path from 'node:path';
import type {OpenProgram} from './open-program.js';

/** How long a step took, in milliseconds; both end when its verdict is on the screen and the program is idle again. */
export type StepTimes = {
	/** From the start of its command. */
	fromStart: number;
	/** From the key that asked for it: what the program asks the engine first is in it. */
	fromKey: number;
	/** The screen at the end. */
	rows: string[];
};

/** Runs the shown step by a key; `home` is that of the program. */
export const runStep = async (program: OpenProgram, home: string, key: '\r' | 'a'): Promise<StepTimes> => {
	const pressedAt = Date.now();
	program.press(key);
	await program.waitUntil(isRunning, 'a footer with cancel');
	const rows = await program.waitUntil(shown => !isRunning(shown), 'a footer without cancel', 120_000);
	const endedAt = Date.now();
	return {fromStart: endedAt - startOfNewest(home), fromKey: endedAt - pressedAt, rows};
};

const isRunning = (rows: string[]): boolean =>
	rows.findLast(row => row !== '')?.includes('c cancel') ?? false;

/** The program writes down a command right before it starts it. */
const startOfNewest = (home: string): number => {
	const folder = transcriptsOf(home);
	const newest = readdirSync(folder).sort().at(-1) ?? '';
	return statSync(path.join(folder, newest, 'command.json')).mtimeMs;
};

/** Where the program keeps what its runs printed, a folder a run. */
export const transcriptsOf = (home: string): string =>
	path.join(home, '.local', 'state', 'multistage-workshop', 'transcripts');
