import {flagTables, globalFlags, groupFlags} from './flag-tables.js';
import {type Flags, type FlagTable, readFlags} from './read-flags.js';

/** One `docker` command line, in whatever way it was written. */
export type DockerCommand = {
	/**
	 * What it does, under one name for all ways to write it: `docker container run`, `docker --debug run` and `docker run`
	 * are `run`; other sub-commands keep both words: `network create`, `buildx bake`. `''` when there is none.
	 */
	verb: string;
	/** The words behind the verb, as they were written. */
	args: string[];
	/** How many words of the line stand before `args`: where a flag can be added. */
	argsAt: number;
	/** Flags of the verb; none for a verb without a table. */
	flags: Flags;
	/** The words behind the verb that are no flags; all of them for a verb without a table. */
	operands: string[];
	/** The sentence with which the Docker CLI refuses the flags; null when it takes them. */
	refusal: string | null;
	/** It was written as `docker buildx …`, which builds with BuildKit whatever `DOCKER_BUILDKIT` says. */
	isBuildx: boolean;
	/**
	 * It says itself how to reach an engine (`-H`, `--host`, `-c`, `--context`, `--config`), so it may be about another one
	 * than the workshop's.
	 */
	namesEngine: boolean;
};

/** Sub-commands that are also commands without their management command. */
const shortcuts: Record<string, readonly string[]> = {
	image: ['build', 'history', 'import', 'load', 'pull', 'push', 'save', 'tag'],
	container: [
		...['attach', 'commit', 'cp', 'create', 'diff', 'exec', 'export', 'kill', 'logs', 'pause', 'port', 'ps'],
		...['rename', 'restart', 'rm', 'run', 'start', 'stats', 'stop', 'top', 'unpause', 'update', 'wait'],
	],
	builder: ['build'],
	buildx: ['build'],
};

/** Aliases, and the commands whose short form has another word. */
const otherNames: Record<string, string> = {
	images: 'image ls',
	'image list': 'image ls',
	rmi: 'image rm',
	'image remove': 'image rm',
	'container ls': 'ps',
	'container list': 'ps',
	'container remove': 'rm',
	'buildx b': 'build',
	'buildx f': 'buildx bake',
	'network list': 'network ls',
	'network remove': 'network rm',
	'volume list': 'volume ls',
	'volume remove': 'volume rm',
	'context list': 'context ls',
	'context remove': 'context rm',
};

/** Management commands: the next word says what is done. */
const groups = new Set([
	...['builder', 'buildx', 'checkpoint', 'compose', 'config', 'container', 'context', 'image', 'manifest'],
	...[
		'model',
		'network',
		'node',
		'plugin',
		'scout',
		'secret',
		'service',
		'stack',
		'swarm',
		'system',
		'trust',
	],
	'volume',
]);

const noFlags: FlagTable = {alone: new Set(), valued: new Set(), short: {}, interspersed: false};

/** Reads a command line that is split into words; null for another program than `docker`. */
export const readDocker = (words: readonly string[]): DockerCommand | null => {
	const programAt = words[0] === 'sudo' ? 1 : 0;
	if (!/^(?:.*[\\/])?docker(?:\.exe)?$/.test(words[programAt] ?? '')) return null;
	const globals = readFlags(words.slice(programAt + 1), globalFlags);
	const [first = '', ...others] = globals.operands;
	const group = groups.has(first) ? readFlags(others, groupFlags[first] ?? noFlags) : null;
	const [second = '', ...behind] = group?.operands ?? [];
	const verb = group ? nameOf(first, second) : (otherNames[first] ?? first);
	const args = group ? behind : others;
	const table = flagTables[verb];
	const {flags, operands, refusal} = table
		? readFlags(args, table)
		: {...readFlags([], noFlags), operands: args};
	return {
		verb,
		args,
		argsAt: words.length - args.length,
		flags,
		operands,
		refusal: globals.refusal ?? refusal,
		isBuildx: first === 'buildx',
		namesEngine: ['host', 'context', 'config'].some(name => globals.flags.last(name) !== null),
	};
};

/** Whether a command builds: `docker build --call=outline` and `--check` only read the Dockerfile. */
export const isBuild = ({verb, flags}: DockerCommand): boolean =>
	verb === 'build' && (flags.last('call') || 'build') === 'build' && !flags.isOn('check');

const nameOf = (group: string, name: string): string => {
	const whole = name === '' ? group : `${group} ${name}`;
	return otherNames[whole] ?? (shortcuts[group]?.includes(name) ? name : whole);
};
