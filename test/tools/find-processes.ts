import {readdirSync, readFileSync} from 'node:fs';
import {settled} from './settled.js';

const readOf = (pid: string, file: 'cmdline' | 'environ'): string => {
	try {
		return readFileSync(`/proc/${pid}/${file}`, 'utf8');
	} catch {
		// The process has ended in the meantime.
		return '';
	}
};

type Found = {pid: number; line: string};

const find = (text: string): Found[] =>
	readdirSync('/proc')
		.filter(name => /^\d+$/.test(name) && name !== String(process.pid))
		.flatMap(pid => {
			const commandLine = readOf(pid, 'cmdline');
			// Zombie processes have none.
			const isFound = commandLine !== '' && (commandLine + readOf(pid, 'environ')).includes(text);
			return isFound ? [{pid: Number(pid), line: commandLine.replaceAll('\0', ' ').trim()}] : [];
		});

/** The command lines of the other processes whose command line or environment contains a text. Linux only. */
export const findProcesses = (text: string): string[] => find(text).map(({line}) => line);

/** Sends a signal to the processes that `findProcesses` finds. Returns their number. */
export const signalProcesses = (text: string, signal: NodeJS.Signals): number => {
	const found = find(text);
	for (const {pid} of found) process.kill(pid, signal);
	return found.length;
};

/** Waits up to 10 s until `findProcesses` finds the wanted processes. Resolves with the last result. */
export const waitForProcesses = (text: string, wanted: 'some' | 'none'): Promise<string[]> =>
	settled(
		() => findProcesses(text),
		found => found.length > 0 === (wanted === 'some'),
	);
