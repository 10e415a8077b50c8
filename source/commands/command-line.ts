import {statSync} from 'node:fs';
import {messages} from '../messages/index.js';
import {isWorkshopName, shippedNames} from '../storage/workshop-files.js';
import {UserError} from '../text/user-error.js';
import {didYouMean, findNearest} from '../text/wording.js';
import {flagNames, flags, formatFlag} from './flags.js';
import {type CommandRow, commands, openCommand} from './table.js';

/** What `--help` prints. */
export const helpText = (): string => {
	const usage = commands.map(({name, parameters, summary}) => {
		const words = name === 'open' ? parameters : `${name} ${parameters}`;
		return `  $ multistage-workshop ${words.padEnd(17)} ${summary}`;
	});
	const options = flagNames.flatMap(name => {
		const {placeholder, summary} = flags[name];
		const written = placeholder === null ? formatFlag(name) : `${formatFlag(name)} ${placeholder}`;
		return summary === null ? [] : [`  ${written.padEnd(19)} ${summary}`];
	});
	return `Usage
${usage.join('\n')}

Options
${options.join('\n')}
  --version, --help

Examples
  $ multistage-workshop
  $ multistage-workshop run buildkit --yes
  $ multistage-workshop check lab-port --watch`;
};

/** The command that the words of a command line name, and its parameters. */
export const selectCommand = (input: string[]): {command: CommandRow; parameters: string[]} => {
	const [name, ...parameters] = input;
	const command = findCommand(name);
	return command ? {command, parameters} : {command: openCommand, parameters: input};
};

const findCommand = (word: string | undefined): CommandRow | undefined =>
	commands.find(command => command !== openCommand && command.name === word);

/**
 * Throws a `UserError` for the first thing on a command line that the program can't do as it is asked.
 * `given`: the flags as meow names them; `input`: all words that are no flags, the command first.
 */
export const assertUsage = (given: Record<string, unknown>, input: string[], argv: string[]): void => {
	const {command, parameters} = selectCommand(input);
	assertKnownFlags(given, argv);
	if (command === openCommand && input[0] !== undefined) assertKnownCommand(input[0]);
	assertFlagValues(given, argv);
	assertFlagsApply(given, command);
	assertParameterCount(command, parameters);
};

const assertKnownFlags = (given: object, argv: string[]): void => {
	const unknown = Object.keys(given).find(name => !Object.hasOwn(flags, name));
	if (unknown === undefined) return;
	const written = argv.find(argument => parseFlagNames(argument).includes(unknown)) ?? `--${unknown}`;
	const option = written.split('=')[0] ?? written;
	const known = ['help', 'version', ...flagNames].map(formatFlag);
	failUsage(`There is no option \`${option}\`.${didYouMean(option, known)}`);
};

/** Rejects a word that is not a workshop, and is probably a misspelt command. */
const assertKnownCommand = (word: string): void => {
	const workshops = shippedNames();
	if (/[\\/]|^\.+$/.test(word) || workshops.includes(word) || isFolder(word)) return;
	const names = commands.filter(command => command !== openCommand).map(({name}) => name);
	const nearest = findNearest(word, [...names, ...workshops, 'help', 'version']);
	if (nearest === null || workshops.includes(nearest)) return;
	const written = names.includes(nearest) ? nearest : `--${nearest}`;
	failUsage(`There is no command or workshop called \`${word}\`. Did you mean \`${written}\`?`);
};

/** A folder that may be given by its name alone: other words are taken for the name of a workshop. */
const isFolder = (word: string): boolean =>
	!isWorkshopName(word) && (statSync(word, {throwIfNoEntry: false})?.isDirectory() ?? false);

/** The names meow may give a flag: `--no-such`, `--no-such=1` and `-abc` have several. */
const parseFlagNames = (argument: string): string[] => {
	const [, long] = /^--([^=]+)/.exec(argument) ?? [];
	if (long === undefined) return /^-[^-]/.test(argument) ? [...argument.slice(1)] : [];
	return [long, long.replace(/^no-/, '')].map(name =>
		name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase()),
	);
};

/** meow reads a missing value as an empty text or false, and any other word after a switch as no. */
const assertFlagValues = (given: Record<string, unknown>, argv: string[]): void => {
	for (const name of flagNames) {
		const {type} = flags[name];
		const value = given[name];
		if (type === 'string' && value !== undefined && (typeof value !== 'string' || value === ''))
			failUsage(`\`--${name}\` needs a value, and has none.`);
		const word = argv.find(argument => argument.startsWith(`--${name}=`))?.slice(name.length + 3);
		if (type === 'boolean' && word !== undefined && !/^(?:true|false)$/.test(word))
			failUsage(`\`--${name}\` is a switch and takes no value, so \`${word}\` means nothing.`);
	}
};

/** Otherwise a flag that another command takes would be ignored without a word. */
const assertFlagsApply = (given: Record<string, unknown>, command: CommandRow): void => {
	for (const flag of flagNames) {
		const takers = commands.filter(({flags: own}) => own.includes(flag));
		if (given[flag] === flags[flag].default || takers.length === 0 || takers.includes(command)) continue;
		failUsage(
			`\`${formatFlag(flag)}\` is for ${messages.text.list(takers.map(describeCommand))}, not for ${describeCommand(command)}.`,
		);
	}
};

const assertParameterCount = (command: CommandRow, parameters: string[]): void => {
	const {maxParameters} = command;
	const extra = parameters[maxParameters];
	if (extra === undefined) return;
	failUsage(
		command === openCommand
			? `One workshop is opened at a time, and \`${extra}\` is one word too many.`
			: `\`${command.name}\` takes ${maxParameters === 0 ? 'nothing more' : 'one name at a time'}, and \`${extra}\` is one word too many.`,
	);
};

const describeCommand = (command: CommandRow): string =>
	command === openCommand ? 'opening a workshop' : `\`${command.name}\``;

const failUsage = (message: string): never => {
	throw new UserError(message, {next: 'see `multistage-workshop --help`', exitCode: 2});
};
