import {readFileSync} from 'node:fs';
import path from 'node:path';
import {spawn} from '@lydell/node-pty';

/** A program to start, and what tells that its first frame is there; null: its end. */
export type Start = {argv: string[]; env?: Record<string, string>; marker: string | null};

/** `milliseconds` from the start to the first frame, `megabytes` resident then; NaN for a program that has ended. */
export type FirstFrame = {milliseconds: number; megabytes: number};

/** Starts a program once under a pseudo-terminal of 120×36, in an empty home, and ends it after its first frame. */
export const firstFrame = ({argv, env = {}, marker}: Start, home: string): Promise<FirstFrame> => {
	const [file = '', ...args] = argv;
	return new Promise((resolve, reject) => {
		const startedAt = performance.now();
		const child = spawn(file, args, {
			name: 'xterm-256color',
			cols: 120,
			rows: 36,
			cwd: home,
			env: {PATH: process.env.PATH ?? '', HOME: home, LANG: 'C.UTF-8', SHELL: '/bin/sh', ...env},
		});
		let output = '';
		let seen: FirstFrame | null = null;
		child.onData(text => {
			output += text;
			if (seen || marker === null || !output.includes(marker)) return;
			const milliseconds = performance.now() - startedAt;
			seen = {milliseconds, megabytes: residentMegabytes(child.pid)};
			child.kill('SIGKILL');
		});
		child.onExit(() => {
			if (marker === null) resolve({milliseconds: performance.now() - startedAt, megabytes: Number.NaN});
			else if (seen) resolve(seen);
			else reject(new Error(`\`${argv.join(' ')}\` ended without a frame:\n${output}`));
		});
	});
};

const residentMegabytes = (pid: number): number => {
	const status = readFileSync(path.join('/proc', String(pid), 'status'), 'utf8');
	return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / 1000;
};
