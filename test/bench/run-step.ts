import type {OpenProgram} from './open-program.js';

/** Runs the shown step by a key; resolves when the program has judged it and is idle again. */
export const runStep = async (program: OpenProgram, key: '\r' | 'a'): Promise<string[]> => {
	program.press(key);
	await program.waitUntil(isRunning, 'a footer with cancel');
	return program.waitUntil(rows => !isRunning(rows), 'a footer without cancel', 120_000);
};

const isRunning = (rows: string[]): boolean =>
	rows.findLast(row => row !== '')?.includes('c cancel') ?? false;
