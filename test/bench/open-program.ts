import {readFileSync} from 'node:fs';
import path from 'node:path';
import {spawn} from '@lydell/node-pty';
import {builtProgram, nodeUnderTest} from '../tools/built-program.js';
import {emulateTerminal} from '../tools/emulate-terminal.js';
import {trust} from '../tools/trust.js';
import {watchScreen} from '../tools/watch-screen.js';

export type ProgramOptions = {
	/** A shipped workshop's name, or a folder. */
	workshop: string;
	/** Both the home and the working folder. */
	home: string;
	env: Record<string, string>;
};

/** The built program on a pseudo-terminal of 120×36, with what a bench wants to know of it. */
export type OpenProgram = {
	press(keys: string): void;
	/** Resolves with the rows as soon as they, joined by newlines, match. */
	waitFor(wanted: RegExp, timeout?: number): Promise<string[]>;
	waitUntil(holds: (rows: string[]) => boolean, wanted: string, timeout?: number): Promise<string[]>;
	/** What has been written so far. A frame begins with the mark of synchronised output. */
	written(): {bytes: number; frames: number; clears: number};
	/** Megabytes that are resident now, and that were at most. */
	memory(): {now: number; peak: number};
	/** Seconds of processor time so far, all threads. */
	processorSeconds(): number;
	/** Leaves by the keys that a learner has. */
	quit(): Promise<void>;
};

/** The mark of synchronised output. */
const frameBegins = '\u001B[?2026h';

/** Clock ticks a second in `/proc`, the same on every Linux that Node runs on. */
const ticksPerSecond = 100;

/** Opens a workshop. */
export const openProgram = ({workshop, home, env}: ProgramOptions): OpenProgram => {
	const emulator = emulateTerminal(120, 36);
	const watch = watchScreen(emulator);
	const child = spawn(
		nodeUnderTest,
		[builtProgram, workshop, ...(path.isAbsolute(workshop) ? trust(workshop) : [])],
		{
			name: 'xterm-256color',
			cols: 120,
			rows: 36,
			cwd: home,
			env: {PATH: process.env.PATH ?? '', HOME: home, LANG: 'C.UTF-8', SHELL: '/bin/sh', ...env},
		},
	);
	const written = {bytes: 0, frames: 0, clears: 0};
	child.onData(text => {
		written.bytes += Buffer.byteLength(text);
		written.frames += text.split(frameBegins).length - 1;
		written.clears += count(text, /\u001B\[[23]J/g);
		emulator.write(text, watch.look);
	});
	emulator.onAnswer(answer => child.write(answer));
	const exited = new Promise<void>(resolve => {
		child.onExit(({exitCode}) => {
			watch.end(`The program ended (exit code ${exitCode})`);
			resolve();
		});
	});
	const waitFor: OpenProgram['waitFor'] = (wanted, timeout) =>
		watch.waitUntil(rows => wanted.test(rows.join('\n')), String(wanted), timeout);
	return {
		press: keys => child.write(keys),
		waitFor,
		waitUntil: watch.waitUntil,
		written: () => ({...written}),
		memory: () => memoryOf(child.pid),
		processorSeconds: () => processorSecondsOf(child.pid),
		async quit() {
			child.write('q');
			await Promise.race([exited, waitFor(/Leave the workshop\?/).then(() => child.write('y'))]);
			await exited;
		},
	};
};

/** Opens a workshop at its first step, or where `home` goes on, when the engine has answered. */
export const openAtStep = async (options: ProgramOptions): Promise<OpenProgram> => {
	const program = openProgram(options);
	await program.waitFor(/engine \d/);
	program.press('\r');
	await program.waitFor(/Press enter to run it/);
	return program;
};

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** Resident memory of a process in MB: now, and the most at any time; NaN once it has ended. */
export const memoryOf = (pid: number): {now: number; peak: number} => {
	const status = readFileSync(path.join('/proc', String(pid), 'status'), 'utf8');
	const megabytes = (name: string) =>
		Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1000;
	return {now: megabytes('VmRSS'), peak: megabytes('VmHWM')};
};

const processorSecondsOf = (pid: number): number => {
	const stat = readFileSync(path.join('/proc', String(pid), 'stat'), 'utf8');
	// Behind the name, which may hold anything: user and system time are the 14th and 15th field of the whole.
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
};
