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

/** Command lines of the processes, this one excepted, whose command line or environment holds a text. Linux only. */
export const findProcesses = (text: string): string[] =>
	readdirSync('/proc')
		.filter(name => /^\d+$/.test(name) && name !== String(process.pid))
		.flatMap(pid => {
			const commandLine = readOf(pid, 'cmdline');
			// A process that has ended and was not waited for yet has none.
			const isFound = commandLine !== '' && (commandLine + readOf(pid, 'environ')).includes(text);
			return isFound ? [commandLine.replaceAll('\0', ' ').trim()] : [];
		});

/** Looks until the processes that `findProcesses` finds are as wanted, at most 10 s; resolves with the last ones. */
export const waitForProcesses = (text: string, wanted: 'some' | 'none'): Promise<string[]> =>
	settled(
		() => findProcesses(text),
		found => found.length > 0 === (wanted === 'some'),
	);
