import {readdirSync, statSync} from 'node:fs';
import path from 'node:path';
import type {OpenProgram} from './open-program.js';

/** How long a step took, in milliseconds. */
export type StepTimes = {
	/** From the start of its command until its end is on the screen. */
	fromStart: number;
	/** From the key until the verdict: what the program asks the engine before and after is in it. */
	fromKey: number;
	/** The screen at the end. */
	rows: string[];
};

/** Runs the shown step by a key; `home` is that of the program. Rejects when the step does not pass. */
export const runStep = async (program: OpenProgram, home: string, key: '\r' | 'a'): Promise<StepTimes> => {
	const pressedAt = Date.now();
	program.press(key);
	// The verdict of the run before may stand beside it for a frame.
	await program.waitUntil(rows => isRunning(rows) && !isJudged(rows), 'a running command');
	await program.waitUntil(shown => !isRunning(shown), 'a command that has ended', 120_000);
	const endedAt = Date.now();
	const rows = await program.waitUntil(shown => isJudged(shown) && !isRunning(shown), 'a verdict');
	const judgedAt = Date.now();
	if (!rows.join('\n').includes('passed: ')) throw new Error(`The step did not pass:\n${rows.join('\n')}`);
	return {fromStart: endedAt - startOfNewest(home), fromKey: judgedAt - pressedAt, rows};
};

const isRunning = (rows: string[]): boolean => rows.join('\n').includes('Running…');

const isJudged = (rows: string[]): boolean => /(passed|failed|unknown): /.test(rows.join('\n'));

/** The program writes down a command right before it starts it. */
const startOfNewest = (home: string): number => {
	const folder = transcriptsOf(home);
	const newest = readdirSync(folder).sort().at(-1) ?? '';
	return statSync(path.join(folder, newest, 'command.json')).mtimeMs;
};

/** Where the program keeps what its runs printed, a folder a run. */
export const transcriptsOf = (home: string): string =>
	path.join(home, '.local', 'state', 'multistage-workshop', 'transcripts');
