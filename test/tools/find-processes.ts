import {readdirSync, readFileSync} from 'node:fs';
import {settled} from './settled.js';

const readOf = (pid: string, file: 'cmdline' | 'environ'): string => {
	try {
		return readFileSync(`/proc/${pid}/${file}`, 'utf8');
	} catch {
		// It has ended in the meantime.
		return '';
	}
};

type Found = {pid: number; line: string};

const find = (text: string): Found[] =>
	readdirSync('/proc')
		.filter(name => /^\d+$/.test(name) && name !== String(process.pid))
		.flatMap(pid => {
			const commandLine = readOf(pid, 'cmdline');
			// A process that has ended and was not waited for yet has none.
			const isFound = commandLine !== '' && (commandLine + readOf(pid, 'environ')).includes(text);
			return isFound ? [{pid: Number(pid), line: commandLine.replaceAll('\0', ' ').trim()}] : [];
		});

/** Command lines of the processes, this one excepted, whose command line or environment holds a text. Linux only. */
export const findProcesses = (text: string): string[] => find(text).map(({line}) => line);

/** Sends a signal to each of the processes that `findProcesses` finds; returns how many there are. */
export const signalProcesses = (text: string, signal: NodeJS.Signals): number => {
	const found = find(text);
	for (const {pid} of found) process.kill(pid, signal);
	return found.length;
};

/** Looks until the processes that `findProcesses` finds are as wanted, at most 10 s; resolves with the last ones. */
export const waitForProcesses = (text: string, wanted: 'some' | 'none'): Promise<string[]> =>
	settled(
		() => findProcesses(text),
		found => found.length > 0 === (wanted === 'some'),
	);
