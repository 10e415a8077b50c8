import {statSync} from 'node:fs';
import type {Builder} from '../stages/model.js';
import {defaultWorkshop, isWorkshopName, shippedNames} from '../storage/workshop-files.js';
import {UserError} from '../text/user-error.js';
import {didYouMean, findNearest, formatList} from '../text/wording.js';
import {defaultDialect} from '../workshop/dialect.js';
import type {Dialect} from '../workshop/model.js';

/** The command line as every subcommand gets it. */
export type Options = {
	workshop: string;
	/** Null: `./<workshop id>`. */
	dir: string | null;
	/** Null: what was kept as progress, else BuildKit. */
	builder: Builder | null;
	shell: Dialect;
	json: boolean;
	yes: boolean;
	watch: boolean;
	/** Lint proves challenges on a real engine. */
	engine: boolean;
	replay: boolean;
	/** Lines instead of a screen, whatever the terminal. */
	plain: boolean;
	record: boolean;
	/** The folder of a pack to take images from; null: none. */
	pack: string | null;
	/** Builds get no network, and nothing is pulled. */
	noNetwork: boolean;
	/** Of a pack to write; empty: the engine's. */
	platforms: string[];
	/** The hash of a workshop that is not shipped. */
	trust: string | null;
	/** The file for what was done and learnt, .md or .html; null: none. */
	report: string | null;
};

/** What a subcommand is called with; it resolves with the exit code. */
export type Command = (parameters: string[], options: Options) => Promise<number>;

const builders: readonly Builder[] = ['legacy', 'buildkit'];
const dialects: readonly Dialect[] = ['sh', 'powershell', 'cmd'];

/** The flags as meow understands them. */
export const flags = {
	workshop: {type: 'string'},
	dir: {type: 'string'},
	builder: {type: 'string'},
	shell: {type: 'string'},
	json: {type: 'boolean', default: false},
	yes: {type: 'boolean', default: false},
	watch: {type: 'boolean', default: false},
	replay: {type: 'boolean', default: false},
	record: {type: 'boolean', default: false},
	plain: {type: 'boolean', default: false},
	engine: {type: 'boolean', default: false},
	pack: {type: 'string'},
	network: {type: 'boolean', default: true},
	platform: {type: 'string'},
	trust: {type: 'string'},
	report: {type: 'string'},
} as const;

type Flags = {
	[Name in keyof typeof flags]?: (typeof flags)[Name]['type'] extends 'boolean'
		? boolean
		: string | undefined;
};

/** Checks what meow parsed. Throws a `UserError` for a value that is none. */
export const parseOptions = (given: Flags): Options => {
	return {
		workshop: given.workshop ?? defaultWorkshop,
		dir: given.dir ?? null,
		builder: parseChoice('--builder', given.builder, builders),
		shell: parseChoice('--shell', given.shell, dialects) ?? chooseDialect(undefined),
		json: given.json ?? false,
		yes: given.yes ?? false,
		watch: given.watch ?? false,
		engine: given.engine ?? false,
		replay: given.replay ?? false,
		plain: given.plain ?? false,
		record: given.record ?? false,
		pack: given.pack ?? null,
		noNetwork: given.network === false,
		platforms: parsePlatforms(given.platform),
		trust: given.trust ?? null,
		report: parseReport(given.report),
	};
};

/** The dialect that is asked for, or the platform's own, also where what is asked for is none. */
export const chooseDialect = (given: string | undefined): Dialect =>
	dialects.find(dialect => dialect === given) ?? defaultDialect(process.platform);

/** A list such as `linux/amd64,linux/arm64`. */
const parsePlatforms = (given: string | undefined): string[] => {
	const platforms = (given ?? '').split(',').filter(Boolean);
	const wrong = platforms.find(platform => !/^[a-z]+\/[a-z0-9]+(?:\/v\d)?$/.test(platform));
	if (wrong === undefined && (given === undefined || platforms.length > 0)) return [...new Set(platforms)];
	throw new UserError(`\`--platform\` is a list like linux/amd64,linux/arm64, not \`${given}\`.`, {
		exitCode: 2,
	});
};

/** A file name whose ending says what is written. */
const parseReport = (given: string | undefined): string | null => {
	if (given === undefined || /[^/\\]\.(?:md|html)$/.test(given)) return given ?? null;
	throw new UserError(`\`--report\` is a file that ends in .md or .html, not \`${given}\`.`, {
		exitCode: 2,
	});
};

const parseChoice = <Value extends string>(
	flag: string,
	given: string | undefined,
	values: readonly Value[],
): Value | null => {
	const value = values.find(candidate => candidate === given);
	if (given === undefined || value) return value ?? null;
	throw new UserError(
		`\`${flag}\` is one of ${values.join(', ')}, not \`${given}\`.${didYouMean(given, [...values])}`,
		{
			exitCode: 2,
		},
	);
};

type Flag = keyof typeof flags;

/** A subcommand; `open` is the one that has no name. */
type CommandName = 'open' | 'list' | 'doctor' | 'run' | 'check' | 'lint' | 'pack' | 'cleanup' | 'reset';

/** How many parameters each takes at most. */
const parameterCounts: Record<CommandName, number> = {
	open: 1,
	list: 1,
	doctor: 0,
	run: Number.POSITIVE_INFINITY,
	check: 1,
	lint: 1,
	pack: 1,
	cleanup: 0,
	reset: 1,
};

/** Flags that mean something to these only: elsewhere they would be ignored, and nobody would know. */
const flagUsers: Partial<Record<Flag, CommandName[]>> = {
	json: ['list', 'doctor', 'run', 'check', 'lint', 'cleanup'],
	watch: ['open', 'check'],
	replay: ['open', 'run'],
	record: ['run'],
	network: ['run'],
	platform: ['pack'],
	engine: ['lint'],
	report: ['open', 'run'],
};

/**
 * Throws a `UserError` for the first thing on a command line that the program can't do as it is asked.
 * `given`: the flags as meow names them; `input`: all words that are no flags, the subcommand first.
 */
export const assertUsage = (given: Record<string, unknown>, input: string[], argv: string[]): void => {
	const name = isCommandName(input[0]) ? input[0] : 'open';
	assertKnownFlags(given, argv);
	if (name === 'open' && input[0] !== undefined) assertKnownCommand(input[0]);
	assertFlagValues(given, argv);
	assertFlagsApply(given, name);
	assertParameterCount(name, name === 'open' ? input : input.slice(1));
};

const isCommandName = (word: string | undefined): word is CommandName =>
	word !== undefined && word !== 'open' && Object.hasOwn(parameterCounts, word);

const assertKnownFlags = (given: object, argv: string[]): void => {
	const unknown = Object.keys(given).find(name => !Object.hasOwn(flags, name));
	if (unknown === undefined) return;
	const written = argv.find(argument => parseFlagNames(argument).includes(unknown)) ?? `--${unknown}`;
	const option = written.split('=')[0] ?? written;
	failUsage(`There is no option \`${option}\`.${didYouMean(option, flagNames())}`);
};

/** All flags as they are written. */
const flagNames = (): string[] =>
	['help', 'version', ...Object.keys(flags)].map(name => (name === 'network' ? '--no-network' : `--${name}`));

/** A word that is no workshop at hand, and probably a command. */
const assertKnownCommand = (word: string): void => {
	const workshops = shippedNames();
	if (/[\\/]|^\.+$/.test(word) || workshops.includes(word) || isFolder(word)) return;
	const commands = Object.keys(parameterCounts).filter(isCommandName);
	const meant = findNearest(word, [...commands, ...workshops, 'help', 'version']);
	if (meant === null || workshops.includes(meant)) return;
	const written = isCommandName(meant) ? meant : `--${meant}`;
	failUsage(`There is no command or workshop called \`${word}\`. Did you mean \`${written}\`?`);
};

/** A folder of which the name alone may be given: others are taken for the name of a workshop. */
const isFolder = (word: string): boolean =>
	!isWorkshopName(word) && (statSync(word, {throwIfNoEntry: false})?.isDirectory() ?? false);

/** What meow may call a flag that is written like this: `--no-such`, `--no-such=1` and `-abc` have several names. */
const parseFlagNames = (argument: string): string[] => {
	const [, long] = /^--([^=]+)/.exec(argument) ?? [];
	if (long === undefined) return /^-[^-]/.test(argument) ? [...argument.slice(1)] : [];
	return [long, long.replace(/^no-/, '')].map(name =>
		name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase()),
	);
};

/** meow takes an empty text, or false, where a value is missing, and no where a switch is given any other word. */
const assertFlagValues = (given: Record<string, unknown>, argv: string[]): void => {
	for (const [name, {type}] of Object.entries(flags)) {
		const value = given[name];
		if (type === 'string' && value !== undefined && (typeof value !== 'string' || value === ''))
			failUsage(`\`--${name}\` needs a value, and has none.`);
		const word = argv.find(argument => argument.startsWith(`--${name}=`))?.slice(name.length + 3);
		if (type === 'boolean' && word !== undefined && !/^(?:true|false)$/.test(word))
			failUsage(`\`--${name}\` is a switch and takes no value, so \`${word}\` means nothing.`);
	}
};

const assertFlagsApply = (given: Record<string, unknown>, name: CommandName): void => {
	for (const [flag, commands] of Object.entries(flagUsers)) {
		const {default: usual} = {default: undefined, ...flags[flag as Flag]};
		if (given[flag] === usual || commands.includes(name)) continue;
		const written = flag === 'network' ? '--no-network' : `--${flag}`;
		failUsage(
			`\`${written}\` is for ${formatList(commands.map(describeCommand))}, not for ${describeCommand(name)}.`,
		);
	}
};

const assertParameterCount = (name: CommandName, parameters: string[]): void => {
	const extra = parameters[parameterCounts[name]];
	if (extra === undefined) return;
	const takes = ['nothing more', 'one name at a time'][parameterCounts[name]];
	failUsage(
		name === 'open'
			? `One workshop is opened at a time, and \`${extra}\` is one word too many.`
			: `\`${name}\` takes ${takes}, and \`${extra}\` is one word too many.`,
	);
};

const describeCommand = (name: CommandName): string =>
	name === 'open' ? 'opening a workshop' : `\`${name}\``;

const failUsage = (message: string): never => {
	throw new UserError(message, {next: 'see `multistage-workshop --help`', exitCode: 2});
};
