import type {ImageConfig, SimulatedContainer} from './model.js';
import {runWhoami} from './run-whoami.js';

/** What becomes of a container's program. */
export type ProgramRun =
	| {runs: true; listening: number | null; lastLogLine: string | null}
	| {runs: false; exitCode: number; lastLogLine: string | null}
	/** The engine can't even start it. */
	| {runs: null; error: string; exitCode: number}
	| {unclear: string};

/** Reads what the program of a container would do. */
export const runProgram = ({fact, user}: SimulatedContainer, config: ImageConfig): ProgramRun => {
	const [program = '', ...args] = fact.command;
	if (user !== '' && !/^\d+(?::\d+)?$/.test(user) && !config.hasShell && user !== 'root') {
		return {
			runs: null,
			error: `unable to find user ${user.split(':')[0]}: no matching entries in passwd file`,
			exitCode: 125,
		};
	}
	// In an image that is empty but for whoami, nothing else can be started.
	if (/^\.?\/+whoami$/.test(program)) return asServer(args);
	if (!config.hasShell) return {runs: null, error: notFound(program), exitCode: 127};
	return runOther(program, args);
};

const asServer = (args: string[]): ProgramRun => {
	const run = runWhoami(args);
	return run.listens
		? {runs: true, listening: run.port, lastLogLine: `Starting up on port ${run.port}`}
		: {runs: false, exitCode: run.exitCode, lastLogLine: run.complaint};
};

const notFound = (program: string): string => {
	const why = program.includes('/')
		? `stat ${program}: no such file or directory`
		: 'executable file not found in $PATH';
	return `failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "${program}": ${why}`;
};

/** Of other programs only those that everybody knows. */
const runOther = (program: string, args: string[]): ProgramRun => {
	const name = program.split('/').at(-1) ?? '';
	const ends = new Set(['true', 'echo', 'cat', 'ls', 'date', 'hostname', 'uname', 'env', 'id', 'pwd']);
	if (name === 'sleep' || (name === 'tail' && args.includes('-f'))) {
		return {runs: true, listening: null, lastLogLine: null};
	}
	if (name === 'false') return {runs: false, exitCode: 1, lastLogLine: null};
	// A shell without a terminal finds no input.
	if (ends.has(name) || (/^(?:ba|a)?sh$/.test(name) && args.length === 0)) {
		return {runs: false, exitCode: 0, lastLogLine: null};
	}
	return {unclear: `What \`${[program, ...args].join(' ')}\` does can’t be told by reading.`};
};
