import {appendFileSync, readFileSync} from 'node:fs';
import path from 'node:path';

/** Clock ticks per second on every Linux that Node supports. */
const ticks = 100;

/**
 * When this process ends, appends the CPU seconds of it and its children, and the test file, to the file named by
 * `CPU_TIMES`.
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
