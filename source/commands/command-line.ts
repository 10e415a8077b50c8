import {statSync} from 'node:fs';
import {messages} from '../messages/index.js';
import {findShippedFolder, isWorkshopName, shippedNames} from '../storage/workshop-files.js';
import {UserError} from '../text/user-error.js';
import {didYouMean, findNearest} from '../text/wording.js';
import {flagNames, flags, formatFlag} from './flags.js';
import {type CommandRow, commands, openCommand} from './table.js';

/** The text that `--help` prints. */
export const helpText = (): string => {
	const {help} = messages.commands;
	const rows = commands.map(({name}) => {
		const {parameters, summary} = help.commands[name];
		return {
			isGrouped: name.includes(' '),
			words: name === 'open' ? parameters : `${name} ${parameters}`,
			summary,
		};
	});
	const usage = rows.map(({isGrouped, words, summary}) => {
		const others = rows.filter(row => row.isGrouped === isGrouped);
		const width = Math.max(...others.map(other => other.words.length));
		return `  $ multistage-workshop ${words.padEnd(width)} ${summary}`;
	});
	const options = Object.entries(help.flags).map(
		([name, [value, summary]]) => `  ${`${formatFlag(name)} ${value}`.padEnd(19)} ${summary}`,
	);
	return help.page(usage.join('\n'), options.join('\n'));
};

/** Finds the command on a command line, and its parameters. */
export const selectCommand = (input: string[]): {command: CommandRow; parameters: string[]} => {
	const isNamed = ({name}: CommandRow) => name.split(' ').every((word, index) => word === input[index]);
	const command = commands.find(row => row !== openCommand && isNamed(row)) ?? openCommand;
	return {command, parameters: command === openCommand ? input : input.slice(command.name.split(' ').length)};
};

/**
 * Throws a `UserError` for the first mistake on a command line. `given`: the flags by meow's names; `input`: all other
 * words, including the command.
 */
export const assertUsage = (given: Record<string, unknown>, input: string[], argv: string[]): void => {
	const {command, parameters} = selectCommand(input);
	assertKnownFlags(given, argv);
	if (command === openCommand && input[0] !== undefined) assertKnownCommand(input[0], input[1] ?? '');
	assertFlagValues(given, argv);
	assertFlagsApply(given, command);
	assertOneWorkshop(given, command);
	assertParameterCount(command, parameters);
};

const assertKnownFlags = (given: object, argv: string[]): void => {
	const unknown = Object.keys(given).find(name => !Object.hasOwn(flags, name));
	if (unknown === undefined) return;
	const written = argv.find(argument => parseFlagNames(argument).includes(unknown)) ?? `--${unknown}`;
	const option = written.split('=')[0] ?? written;
	const known = ['help', 'version', ...flagNames].map(formatFlag);
	failUsage(messages.commands.usage.unknownOption(option) + didYouMean(option, known));
};

/** Throws if a word is not a workshop and is probably a misspelt command, or the first word of one. */
const assertKnownCommand = (word: string, second: string): void => {
	// A program that is a single file gets them from a pack.
	const workshops = findShippedFolder() ? shippedNames() : [];
	if (/[\\/]|^\.+$/.test(word) || workshops.includes(word) || isFolder(word)) return;
	const names: string[] = commands.filter(command => command !== openCommand).map(({name}) => name);
	const group = names.filter(name => name.startsWith(`${word} `));
	const {unknownInGroup, groupNeedsWord} = messages.commands.usage;
	if (group.length > 0 && second === '') failUsage(groupNeedsWord(word, group));
	if (group.length > 0) failUsage(unknownInGroup(`${word} ${second}`, group));
	const nearest = findNearest(word, [...names, ...workshops, 'help', 'version']);
	if (nearest === null || workshops.includes(nearest)) return;
	const written = names.includes(nearest) ? nearest : `--${nearest}`;
	failUsage(messages.commands.usage.unknownCommand(word, written));
};

/** Whether a word is a folder that can be given without a path; other words are names of workshops. */
const isFolder = (word: string): boolean =>
	!isWorkshopName(word) && (statSync(word, {throwIfNoEntry: false})?.isDirectory() ?? false);

/** The names that meow may give a flag; `--no-such`, `--no-such=1` and `-abc` have several. */
const parseFlagNames = (argument: string): string[] => {
	const [, long] = /^--([^=]+)/.exec(argument) ?? [];
	if (long === undefined) return /^-[^-]/.test(argument) ? [...argument.slice(1)] : [];
	return [long, long.replace(/^no-/, '')].map(name =>
		name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase()),
	);
};

/**
 * Throws for values that meow accepts: it reads a missing one as an empty string or false, or leaves it out of a list,
 * and any word after a switch as false.
 */
const assertFlagValues = (given: Record<string, unknown>, argv: string[]): void => {
	for (const name of flagNames) {
		const {type} = flags[name];
		const value = given[name];
		const values = Array.isArray(value) ? value : value === undefined ? [] : [value];
		const isMissing = values.some(one => typeof one !== 'string' || one === '');
		if (type === 'string' && (isMissing || (Array.isArray(value) && values.length < countFlag(name, argv))))
			failUsage(messages.commands.usage.noValue(formatFlag(name)));
		const word = argv.find(argument => argument.startsWith(`--${name}=`))?.slice(name.length + 3);
		if (type === 'boolean' && word !== undefined && !/^(?:true|false)$/.test(word))
			failUsage(messages.commands.usage.switchWithValue(name, word));
	}
};

const countFlag = (name: string, argv: string[]): number =>
	argv.filter(argument => argument === formatFlag(name) || argument.startsWith(`${formatFlag(name)}=`))
		.length;

/** Throws for a flag of another command, which would be ignored otherwise. */
const assertFlagsApply = (given: Record<string, unknown>, command: CommandRow): void => {
	for (const flag of flagNames) {
		const takers = commands.filter(({flags: own}) => own.includes(flag));
		const value = given[flag];
		const isGiven = value !== flags[flag].default && !(Array.isArray(value) && value.length === 0);
		if (!isGiven || takers.length === 0 || takers.includes(command)) continue;
		const {otherCommand} = messages.commands.usage;
		failUsage(otherCommand(formatFlag(flag), takers.map(describeCommand), describeCommand(command)));
	}
};

const assertOneWorkshop = ({workshop}: Record<string, unknown>, command: CommandRow): void => {
	const [, second] = Array.isArray(workshop) ? workshop : [];
	if (second === undefined || command.severalWorkshops) return;
	failUsage(messages.commands.usage.otherWorkshop(second, describeCommand(command)));
};

const assertParameterCount = (command: CommandRow, parameters: string[]): void => {
	const {name, maxParameters} = command;
	const extra = parameters[maxParameters];
	if (extra === undefined) return;
	const {secondWorkshop, takesNothing, takesOneName, takesWords} = messages.commands.usage;
	if (command === openCommand) failUsage(secondWorkshop(extra));
	if (maxParameters > 1) failUsage(takesWords(name, maxParameters, extra));
	failUsage((maxParameters === 0 ? takesNothing : takesOneName)(name, extra));
};

const describeCommand = (command: CommandRow): string =>
	command === openCommand ? messages.commands.usage.openingAWorkshop : `\`${command.name}\``;

const failUsage = (message: string): never => {
	throw new UserError(message, {next: messages.commands.seeHelp, exitCode: 2});
};
