import {PassThrough} from 'node:stream';
import {runCommandLine} from '../../source/commands/run-command-line.js';
import {rememberCurrentWorkshop} from '../../source/text/shell-commands.js';
import {builtProgram} from './built-program.js';
import {childEnvironment, temporaryFolder} from './child-environment.js';
import {isDeep} from './deep.js';
import {type CliOptions, type CliResult, runCli} from './run-cli.js';

type HereOptions = Pick<CliOptions, 'env' | 'cwd' | 'home' | 'stdin'>;

/**
 * Like `runCli`, but in this process, for tests of output in which each start would take most of the time. Deep runs
 * and runs on another Node still start the built program. Only for serial tests; not for `--help`, signals and crashes,
 * which end the process.
 */
export const runHere = async (args: string[], options: HereOptions = {}): Promise<CliResult> => {
	if (isDeep || process.env.E2E_NODE) return runCli(args, options);
	const {cwd = temporaryFolder(), home = temporaryFolder(), env, stdin = ''} = options;
	const printed = {stdout: '', stderr: ''};
	const restore = [
		replaceEnvironment({...childEnvironment(home, env), NODE_ENV: 'production'}),
		replace(process, 'argv', [process.execPath, builtProgram, ...args]),
		replace(process, 'stdin', new PassThrough().end(stdin)),
		replace(process.stdout, 'write', noteIn(printed, 'stdout')),
		replace(process.stderr, 'write', noteIn(printed, 'stderr')),
		keepListeners(process),
		keepListeners(process.stdout),
		keepListeners(process.stderr),
		keepFolder(),
	];
	process.chdir(cwd);
	rememberCurrentWorkshop(null);
	try {
		const exitCode = await runCommandLine(args);
		return {...printed, exitCode};
	} finally {
		for (const undo of restore.reverse()) undo();
	}
};

type Undo = () => void;

/** Changes the environment in place: a copy would not affect the system, e.g. its home folder. */
const replaceEnvironment = (wanted: Record<string, string>): Undo => {
	const before = {...process.env};
	const set = (values: Record<string, string | undefined>) => {
		for (const name of Object.keys(process.env)) delete process.env[name];
		Object.assign(process.env, values);
	};
	set(wanted);
	return () => set(before);
};

const replace = <Of extends object, Name extends keyof Of>(of: Of, name: Name, value: unknown): Undo => {
	const before = Object.getOwnPropertyDescriptor(of, name);
	Object.defineProperty(of, name, {value, configurable: true, writable: true});
	return () => {
		if (before) Object.defineProperty(of, name, before);
		else delete of[name];
	};
};

const noteIn =
	(printed: Record<'stdout' | 'stderr', string>, name: 'stdout' | 'stderr') =>
	(text: string | Uint8Array, ...rest: unknown[]): boolean => {
		printed[name] += typeof text === 'string' ? text : Buffer.from(text).toString();
		const done = rest.at(-1);
		if (typeof done === 'function') done();
		return true;
	};

/** Returns a function that removes added listeners. */
const keepListeners = (emitter: NodeJS.EventEmitter): Undo => {
	const before = new Map(emitter.eventNames().map(name => [name, new Set(emitter.rawListeners(name))]));
	return () => {
		for (const name of emitter.eventNames())
			for (const listener of emitter.rawListeners(name))
				if (!before.get(name)?.has(listener)) emitter.off(name, listener as () => void);
	};
};

const keepFolder = (): Undo => {
	const before = process.cwd();
	return () => process.chdir(before);
};
