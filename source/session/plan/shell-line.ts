import path from 'node:path';
import {type ParseEntry, parse} from 'shell-quote';
import type {Dialect} from '../../workshop/model.js';

/** A file that output goes to. */
export type Redirection = {
	/** As it was typed. */
	file: string;
	streams: Array<'stdout' | 'stderr'>;
	/** It is appended. */
	isAppended: boolean;
};

/** One command of a line, as far as its words tell. Patterns in it are left as they were typed. */
export type SimpleCommand = {
	words: string[];
	/** `NAME=value` before the first word. */
	settings: Record<string, string>;
	/** Files that its output goes to. */
	outputs: Redirection[];
	/** The file that its input comes from; null when it comes from elsewhere. */
	input: string | null;
	/** What joins it to the command before it: `&&`, `||`, `;`, `|`, `&`, …; null at the beginning. */
	joinedBy: string | null;
};

/** The program of a command, without its folder and `.exe`. */
export const programName = ([program = '']: string[]): string =>
	program.replace(/^.*[\\/]/, '').replace(/\.exe$/i, '');

/** A line that the learner typed, read without running it. */
export type ShellLine = {
	commands: SimpleCommand[];
	/** One command, no output redirected, nothing joined, nothing put in by the shell. */
	isPlain: boolean;
};

/** The escape character. In Windows paths `\` is none. */
export const escapes: Record<Dialect, string> = {sh: '\\', powershell: '`', cmd: '^'};

/**
 * Reads a line of a shell's dialect. What it does not understand it leaves out: the shell alone decides what runs.
 * `environment`: the variables of the shell; left out: variables stay as they were typed.
 */
export const parseShellLine = (
	line: string,
	dialect: Dialect,
	environment?: Record<string, string>,
): ShellLine => {
	const sign = escapes[dialect];
	const joined = line.replaceAll(`${sign}\n`, ' ').replaceAll('\n', ' ; ');
	const entries = parseWords(environment ? fillVariables(joined, dialect, environment) : joined, {
		sign,
		readVariable: name => (dialect === 'sh' && environment ? (environment[name] ?? '') : `$${name}`),
	});
	const commands = splitCommands(entries).filter(
		({words, settings}) => words.length + Object.keys(settings).length > 0,
	);
	const [only, ...others] = commands;
	return {
		commands,
		isPlain:
			only !== undefined &&
			others.length === 0 &&
			entries.every(entry => typeof entry === 'string' || isPattern(entry) || isInput(entry)) &&
			!/\$\(|`/.test(dialect === 'sh' ? joined : ''),
	};
};

/** How variables of the environment are written where `$NAME` is none. */
const variablePatterns: Record<Dialect, RegExp | null> = {
	sh: null,
	powershell: /\$env:(\w+)|\$\{env:(\w+)\}/gi,
	cmd: /%(\w+)%/g,
};

const fillVariables = (text: string, dialect: Dialect, environment: Record<string, string>): string => {
	const pattern = variablePatterns[dialect];
	if (!pattern) return text;
	// On Windows, the names of variables are case-insensitive.
	const values = new Map(Object.entries(environment).map(([name, value]) => [name.toLowerCase(), value]));
	return text.replace(pattern, (written, name: string, braced?: string) => {
		const value = values.get((name ?? braced ?? '').toLowerCase());
		return value ?? (dialect === 'cmd' ? written : '');
	});
};

const parseWords = (
	text: string,
	{sign, readVariable}: {sign: string; readVariable: (name: string) => string},
): ParseEntry[] => {
	try {
		return parse(text, readVariable, {escape: sign});
	} catch {
		// It throws at `${…}` with more than a name in it. Such a line is not plain.
		return parse(text.replaceAll('$', ''), {}, {escape: sign}).concat({op: ';'});
	}
};

const redirectionOperators = new Set(['>', '>>', '>|', '&>', '&>>', '>&', '<', '<<', '<<<', '<&', '<<-']);

const isPattern = (entry: ParseEntry): entry is {op: 'glob'; pattern: string} =>
	typeof entry === 'object' && 'op' in entry && entry.op === 'glob';

const isInput = (entry: ParseEntry): boolean =>
	typeof entry === 'object' && 'op' in entry && entry.op === '<';

const createEmptyCommand = (joinedBy: string | null): SimpleCommand => ({
	words: [],
	settings: {},
	outputs: [],
	input: null,
	joinedBy,
});

const splitCommands = (entries: ParseEntry[]): SimpleCommand[] => {
	let current = createEmptyCommand(null);
	const commands = [current];
	for (let index = 0; index < entries.length; index++) {
		const entry = entries[index];
		if (typeof entry === 'string') addWord(current, entry);
		else if (entry && isPattern(entry)) addWord(current, entry.pattern);
		else if (entry && 'op' in entry && redirectionOperators.has(entry.op)) {
			const target = entries[index + 1];
			addRedirection(current, entry.op, typeof target === 'string' ? target : null);
			index++;
		} else if (entry && 'op' in entry) {
			current = createEmptyCommand(entry.op);
			commands.push(current);
		}
	}
	return commands;
};

const addWord = ({words, settings}: SimpleCommand, word: string): void => {
	const setting = words.length === 0 ? /^([A-Za-z_]\w*)=(.*)$/s.exec(word) : null;
	if (setting) settings[setting[1] ?? ''] = setting[2] ?? '';
	else words.push(word);
};

/** `2>` arrives as the word `2` before the sign. */
const addRedirection = (command: SimpleCommand, sign: string, target: string | null): void => {
	const {words, outputs} = command;
	if (sign === '<') command.input = target;
	if (target === null || !sign.includes('>')) return;
	const stream = words.at(-1) === '1' || words.at(-1) === '2' ? words.pop() : '1';
	if (sign === '>&' && /^\d$/.test(target)) {
		const joins = outputs.find(({streams}) => streams.includes(target === '1' ? 'stdout' : 'stderr'));
		joins?.streams.push(stream === '1' ? 'stdout' : 'stderr');
		return;
	}
	const both = sign.startsWith('&') || sign === '>&';
	const one = stream === '1' ? 'stdout' : 'stderr';
	outputs.push({
		file: target,
		streams: both ? ['stdout', 'stderr'] : [one],
		isAppended: sign.endsWith('>>'),
	});
};

/** What a line that only sets something asks for. */
export type ShellSetting =
	| {setting: 'variable'; name: string /** Null: it is taken away. */; value: string | null}
	/** Null: back to the lab folder. `-`: back to the folder before. */
	| {setting: 'folder'; folder: string | null};

/**
 * Reads a line that is nothing but `export`, `unset`, `cd`, or what a dialect has for them: such a line is taken by the
 * program, because a shell of its own would forget it at once. Null for any other line.
 */
export const parseShellSettings = (
	line: string,
	dialect: Dialect,
	environment: Record<string, string>,
): ShellSetting[] | null => {
	const text = line.trim();
	if (text.includes('\n')) return null;
	switch (dialect) {
		case 'sh':
			return parsePosixSettings(text, environment);
		case 'powershell':
			return parsePowerShellSettings(text, environment);
		case 'cmd':
			return parseCmdSettings(text);
	}
};

const parsePosixSettings = (text: string, environment: Record<string, string>): ShellSetting[] | null => {
	// A command substitution has to be run by the shell.
	if (!/^(?:export|unset|cd)(?:\s|$)/.test(text) || /\$\(|\$\{|`/.test(text)) return null;
	const entries = parse(text, name => environment[name] ?? '');
	const words = entries.filter(entry => typeof entry === 'string');
	if (words.length !== entries.length) return null;
	const [verb, ...rest] = words;
	if (verb === 'cd') {
		const [folder, ...others] = rest;
		if (others.length > 0) return null;
		return [{setting: 'folder', folder: folder ? expandHome(folder, environment) : null}];
	}
	const settings = rest.flatMap((word): ShellSetting[] => {
		const [, name, value] = /^([A-Za-z_]\w*)(?:=(.*))?$/s.exec(word) ?? [];
		if (name === undefined || (verb === 'unset' && value !== undefined)) return [];
		const set = verb === 'unset' ? null : (value ?? environment[name] ?? '');
		return [{setting: 'variable', name, value: set}];
	});
	return settings.length === rest.length && settings.length > 0 ? settings : null;
};

const expandHome = (folder: string, {HOME, USERPROFILE}: Record<string, string>): string => {
	const home = HOME || USERPROFILE;
	return home && /^~(?=[\\/]|$)/.test(folder) ? path.join(home, folder.slice(1)) : folder;
};

const parsePowerShellSettings = (
	text: string,
	environment: Record<string, string>,
): ShellSetting[] | null => {
	const set = /^\$env:(\w+)\s*=\s*(?:'([^']*)'|"([^"$`]*)"|(\d+))$/i.exec(text);
	if (set?.[1]) return [{setting: 'variable', name: set[1], value: set[2] ?? set[3] ?? set[4] ?? ''}];
	const removed = /^(?:remove-item|ri|del)\s+env:\\?(\w+)$/i.exec(text);
	if (removed?.[1]) return [{setting: 'variable', name: removed[1], value: null}];
	const folder = /^(?:cd|set-location|sl|chdir)(?:\s+(.+))?$/i.exec(text);
	if (!folder || /[;|$&]/.test(text)) return null;
	const target = unquote(folder[1]);
	return [{setting: 'folder', folder: target === null ? null : expandHome(target, environment)}];
};

const parseCmdSettings = (text: string): ShellSetting[] | null => {
	if (/[&|<>%]/.test(text)) return null;
	const set = /^set\s+(?:"([^"=]+)=([^"]*)"|([^"=\s]+)=(.*))$/i.exec(text);
	const name = set?.[1] ?? set?.[3];
	if (name) return [{setting: 'variable', name, value: (set?.[2] ?? set?.[4]) || null}];
	const folder = /^(?:cd|chdir)(?:\s+\/d)?(?:\s+(.+))?$/i.exec(text);
	return folder ? [{setting: 'folder', folder: unquote(folder[1])}] : null;
};

const unquote = (text: string | undefined): string | null =>
	text?.replace(/^(["'])(.*)\1$/, '$2').trim() || null;

/**
 * How a typed line is given to the learner's shell. `exact`: the arguments go to the program as they stand, because
 * cmd reads the whole line by rules of its own.
 */
export const shellArgv = (
	line: string,
	dialect: Dialect,
	{platform, environment}: {platform: NodeJS.Platform; environment: Record<string, string>},
): {argv: string[]; exact: boolean} => {
	switch (dialect) {
		case 'sh':
			return {argv: [posixShell(platform, environment), '-c', line], exact: false};
		case 'powershell': {
			const program = platform === 'win32' ? 'powershell.exe' : 'pwsh';
			// Otherwise every failure of a program would be exit code 1.
			const whole = `${line}\nif ($null -ne $LASTEXITCODE) { exit $LASTEXITCODE }`;
			return {argv: [program, '-NoLogo', '-NoProfile', '-Command', whole], exact: false};
		}
		case 'cmd':
			// cmd takes a single line: several pasted ones are joined.
			return {argv: ['cmd.exe', '/d', '/s', '/c', `"${line.replaceAll('\n', ' & ')}"`], exact: true};
	}
};

/** The learner's own shell; `sh` where there is none to speak of. */
const posixShell = (platform: NodeJS.Platform, {SHELL}: Record<string, string>): string =>
	platform !== 'win32' && SHELL?.startsWith('/') ? SHELL : 'sh';
