import {type FlagTable, globalFlags, groups, verbs} from './verbs.js';

/** A parsed `docker` command line. */
export type DockerCommand = {
	/**
	 * The command, under one name for all its spellings: `docker container run`, `docker --debug run` and `docker run`
	 * are `run`; other subcommands keep both words: `network create`, `buildx bake`. `''` if there is none.
	 */
	verb: string;
	/** The words after the verb, as written. */
	args: string[];
	/** The number of words before `args`, where a flag can be added. */
	argsAt: number;
	/** Flags of the verb; none for a verb without a flag table. */
	flags: Flags;
	/** The words after the verb that are not flags; all of them for a verb without a flag table. */
	operands: string[];
	/** The Docker CLI's error about the flags; null if it accepts them. */
	refusal: string | null;
	/** Whether it is written as `docker buildx …`, which builds with BuildKit whatever `DOCKER_BUILDKIT` says. */
	isBuildx: boolean;
	/** Whether it selects an engine (`-H`, `--host`, `-c`, `--context`, `--config`), maybe not the workshop's. */
	namesEngine: boolean;
};

/** Subcommands that also work without their management command. */
const shortcuts: Record<string, readonly string[]> = {
	image: ['build', 'history', 'import', 'load', 'pull', 'push', 'save', 'tag'],
	container: [
		...['attach', 'commit', 'cp', 'create', 'diff', 'exec', 'export', 'kill', 'logs', 'pause', 'port', 'ps'],
		...['rename', 'restart', 'rm', 'run', 'start', 'stats', 'stop', 'top', 'unpause', 'update', 'wait'],
	],
	builder: ['build'],
	buildx: ['build'],
};

/** Aliases, and commands whose short form is a different word. */
const aliases = new Map(
	Object.entries({
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
	}),
);

/** Parses a command line that is split into words; null for any program but `docker`. */
export const parseDockerCommand = (words: readonly string[]): DockerCommand | null => {
	const programAt = words[0] === 'sudo' ? 1 : 0;
	if (!/^(?:.*[\\/])?docker(?:\.exe)?$/.test(words[programAt] ?? '')) return null;
	const globals = parseFlags(words.slice(programAt + 1), globalFlags);
	const [first = '', ...others] = globals.operands;
	const group = groups.get(first);
	const [second = '', ...behind] = group ? parseFlags(others, group).operands : [];
	const verb = group ? resolveVerb(first, second) : (aliases.get(first) ?? first);
	const args = group ? behind : others;
	const table = verbs[verb]?.flags;
	const {flags, operands, refusal} = table
		? parseFlags(args, table)
		: {flags: createFlags([]), operands: args, refusal: null};
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

const resolveVerb = (group: string, name: string): string => {
	const whole = name === '' ? group : `${group} ${name}`;
	return aliases.get(whole) ?? (shortcuts[group]?.includes(name) ? name : whole);
};

/** The flags of one command, by long name. */
export type Flags = {
	/** All flags in the order given; the value of a boolean flag is `true` or `false`. */
	given: ReadonlyArray<{name: string; value: string}>;
	/** The last value of a flag, which is the one that counts; null if the flag is not given. */
	last(name: string): string | null;
	all(name: string): string[];
	/** Whether a boolean flag is given, and not as `=false`. */
	isOn(name: string): boolean;
};

const trueWords = new Set(['1', 't', 'T', 'true', 'TRUE', 'True']);
const falseWords = new Set(['0', 'f', 'F', 'false', 'FALSE', 'False']);

/**
 * Parses flags and operands as the Docker CLI does, but goes on after an unknown or invalid flag, so that most of a
 * command for a newer CLI is understood.
 */
const parseFlags = (
	args: readonly string[],
	{alone, valued, short, interspersed}: FlagTable,
): Pick<DockerCommand, 'flags' | 'operands' | 'refusal'> => {
	const given: Array<{name: string; value: string}> = [];
	const operands: string[] = [];
	const words = [...args];
	let refusal: string | null = null;
	const refuse = (why: string): void => {
		refusal ??= why;
	};
	const add = (name: string, value: string | undefined, written: string): void => {
		if (value === undefined) refuse(`flag needs an argument: ${written}`);
		else given.push({name, value});
	};
	const readLong = (word: string): void => {
		const [, name = '', value] = /^--([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
		if (!alone.has(name) && !valued.has(name)) refuse(`unknown flag: --${name}`);
		else add(name, value ?? (alone.has(name) ? 'true' : words.shift()), `--${name}`);
	};
	/** Reads `-dP`, `-p80`, `-p=80` and `-p 80`. */
	const readShort = (letters: string): void => {
		const [letter = '', ...others] = letters;
		const written = `'${letter}' in -${letters}`;
		const name = short[letter];
		const rest = others.join('');
		if (name === undefined) refuse(`unknown shorthand flag: ${written}`);
		else if (rest.startsWith('=')) add(name, rest.slice(1), written);
		else if (!alone.has(name)) add(name, rest || words.shift(), written);
		else {
			add(name, 'true', written);
			if (rest !== '') readShort(rest);
		}
	};
	for (let word = words.shift(); word !== undefined; word = words.shift()) {
		if (word === '--') operands.push(...words.splice(0));
		else if (word.startsWith('--')) readLong(word);
		else if (word.startsWith('-') && word !== '-') readShort(word.slice(1));
		else operands.push(word, ...(interspersed ? [] : words.splice(0)));
	}
	const normal = given.map(({name, value}) => {
		if (!alone.has(name)) return {name, value};
		if (!trueWords.has(value) && !falseWords.has(value)) {
			const parsing = `strconv.ParseBool: parsing "${value}": invalid syntax`;
			refuse(`invalid argument "${value}" for "--${name}" flag: ${parsing}`);
		}
		return {name, value: String(trueWords.has(value))};
	});
	return {flags: createFlags(normal), operands, refusal};
};

const createFlags = (given: Flags['given']): Flags => ({
	given,
	last: name => given.findLast(flag => flag.name === name)?.value ?? null,
	all: name => given.filter(flag => flag.name === name).map(({value}) => value),
	isOn: name => given.findLast(flag => flag.name === name)?.value === 'true',
});
