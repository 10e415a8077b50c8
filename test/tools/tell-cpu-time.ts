import {appendFileSync, readFileSync} from 'node:fs';
import path from 'node:path';

/** Clock ticks in a second, on every Linux that Node runs on. */
const ticks = 100;

/**
 * Appends a line to the file that `CPU_TIMES` names, when this process ends: how many seconds of the processor it and
 * the processes that it waited for have taken, and this test file.
 */
export const tellCpuTime = (file: string): void => {
	const {CPU_TIMES: log} = process.env;
	if (!log) return;
	process.on('exit', () => {
		const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1]?.split(' ') ?? [];
		const [own, system, children, theirSystem] = fields.slice(11, 15).map(Number);
		const seconds = (n = 0) => (n / ticks).toFixed(1).padStart(6);
		appendFileSync(
			log,
			`${seconds((own ?? 0) + (system ?? 0))} ${seconds((children ?? 0) + (theirSystem ?? 0))} ${path.relative('test', file)}\n`,
		);
	});
};
