import {statSync} from 'node:fs';
import {joinNames} from '../checks/join-names.js';
import {isWorkshopName, shippedNames} from '../storage/workshop-files.js';
import {didYouMean, nearest} from '../text/did-you-mean.js';
import {UserError} from '../text/user-error.js';
import {flags} from './options.js';

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
const takers: Partial<Record<Flag, CommandName[]>> = {
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
export const refuseWrongUsage = (given: Record<string, unknown>, input: string[], argv: string[]): void => {
	const name = isCommandName(input[0]) ? input[0] : 'open';
	refuseUnknownFlags(given, argv);
	if (name === 'open' && input[0] !== undefined) refuseUnknownCommand(input[0]);
	refuseWrongValues(given, argv);
	refuseFlagsOfOthers(given, name);
	refuseExtraParameters(name, name === 'open' ? input : input.slice(1));
};

const isCommandName = (word: string | undefined): word is CommandName =>
	word !== undefined && word !== 'open' && Object.hasOwn(parameterCounts, word);

const refuseUnknownFlags = (given: object, argv: string[]): void => {
	const unknown = Object.keys(given).find(name => !Object.hasOwn(flags, name));
	if (unknown === undefined) return;
	const written = argv.find(argument => namesOf(argument).includes(unknown)) ?? `--${unknown}`;
	const option = written.split('=')[0] ?? written;
	refuse(`There is no option \`${option}\`.${didYouMean(option, flagNames())}`);
};

/** All flags as they are written. */
const flagNames = (): string[] =>
	['help', 'version', ...Object.keys(flags)].map(name => (name === 'network' ? '--no-network' : `--${name}`));

/** A word that is no workshop at hand, and probably a command. */
const refuseUnknownCommand = (word: string): void => {
	const workshops = shippedNames();
	if (/[\\/]|^\.+$/.test(word) || workshops.includes(word) || isFolder(word)) return;
	const commands = Object.keys(parameterCounts).filter(isCommandName);
	const meant = nearest(word, [...commands, ...workshops, 'help', 'version']);
	if (meant === null || workshops.includes(meant)) return;
	const written = isCommandName(meant) ? meant : `--${meant}`;
	refuse(`There is no command or workshop called \`${word}\`. Did you mean \`${written}\`?`);
};

/** A folder of which the name alone may be given: others are taken for the name of a workshop. */
const isFolder = (word: string): boolean =>
	!isWorkshopName(word) && (statSync(word, {throwIfNoEntry: false})?.isDirectory() ?? false);

/** What meow may call a flag that is written like this: `--no-such`, `--no-such=1` and `-abc` have several names. */
const namesOf = (argument: string): string[] => {
	const [, long] = /^--([^=]+)/.exec(argument) ?? [];
	if (long === undefined) return /^-[^-]/.test(argument) ? [...argument.slice(1)] : [];
	return [long, long.replace(/^no-/, '')].map(name =>
		name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase()),
	);
};

/** meow takes an empty text, or false, where a value is missing, and no where a switch is given any other word. */
const refuseWrongValues = (given: Record<string, unknown>, argv: string[]): void => {
	for (const [name, {type}] of Object.entries(flags)) {
		const value = given[name];
		if (type === 'string' && value !== undefined && (typeof value !== 'string' || value === ''))
			refuse(`\`--${name}\` needs a value, and has none.`);
		const word = argv.find(argument => argument.startsWith(`--${name}=`))?.slice(name.length + 3);
		if (type === 'boolean' && word !== undefined && !/^(?:true|false)$/.test(word))
			refuse(`\`--${name}\` is a switch and takes no value, so \`${word}\` means nothing.`);
	}
};

const refuseFlagsOfOthers = (given: Record<string, unknown>, name: CommandName): void => {
	for (const [flag, commands] of Object.entries(takers)) {
		const {default: usual} = {default: undefined, ...flags[flag as Flag]};
		if (given[flag] === usual || commands.includes(name)) continue;
		const written = flag === 'network' ? '--no-network' : `--${flag}`;
		refuse(`\`${written}\` is for ${joinNames(commands.map(placeOf))}, not for ${placeOf(name)}.`);
	}
};

const refuseExtraParameters = (name: CommandName, parameters: string[]): void => {
	const extra = parameters[parameterCounts[name]];
	if (extra === undefined) return;
	const takes = ['nothing more', 'one name at a time'][parameterCounts[name]];
	refuse(
		name === 'open'
			? `One workshop is opened at a time, and \`${extra}\` is one word too many.`
			: `\`${name}\` takes ${takes}, and \`${extra}\` is one word too many.`,
	);
};

const placeOf = (name: CommandName): string => (name === 'open' ? 'opening a workshop' : `\`${name}\``);

const refuse = (message: string): never => {
	throw new UserError(message, {next: 'see `multistage-workshop --help`', exitCode: 2});
};
