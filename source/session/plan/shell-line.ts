import path from 'node:path';
import {type ParseEntry, parse} from 'shell-quote';
import type {Dialect} from '../../workshop/model.js';

/** A file that output is redirected to. */
export type Redirection = {
	/** As typed. */
	file: string;
	streams: Array<'stdout' | 'stderr'>;
	/** Whether output is appended. */
	isAppended: boolean;
};

/** One command of a line, according to its words. Patterns are kept as typed. */
export type SimpleCommand = {
	words: string[];
	/** Each `NAME=value` before the first word. */
	settings: Record<string, string>;
	/** Files that its output is redirected to. */
	outputs: Redirection[];
	/** The file that its input is redirected from; null if none. */
	input: string | null;
	/** The operator between it and the previous command: `&&`, `||`, `;`, `|`, `&`, …; null for the first command. */
	joinedBy: string | null;
};

/** The program of a command, without folder and `.exe`. */
export const programName = ([program = '']: string[]): string =>
	program.replace(/^.*[\\/]/, '').replace(/\.exe$/i, '');

/** A typed line, parsed but not run. */
export type ShellLine = {
	commands: SimpleCommand[];
	/** Whether it is a single command without output redirection and command substitution. */
	isPlain: boolean;
};

/** The escape character of each dialect; not `\` in those of Windows, whose paths contain it. */
export const escapes: Record<Dialect, string> = {sh: '\\', powershell: '`', cmd: '^'};

/**
 * Parses a line in a shell's dialect. Skips unknown syntax, as the shell alone decides what runs. `environment`: the
 * shell's variables; if undefined, variables stay as typed.
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

/** Environment variables in the dialects that don't write them as `$NAME`. */
const variablePatterns: Record<Dialect, RegExp | null> = {
	sh: null,
	powershell: /\$env:(\w+)|\$\{env:(\w+)\}/gi,
	cmd: /%(\w+)%/g,
};

const fillVariables = (text: string, dialect: Dialect, environment: Record<string, string>): string => {
	const pattern = variablePatterns[dialect];
	if (!pattern) return text;
	// On Windows, variable names are case-insensitive.
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
		// It throws if `${…}` contains more than a name. The `;` marks the line as not plain.
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

/** `2>` is parsed as the word `2`, followed by `>`. */
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

/** A change that a line with only settings makes. */
export type ShellSetting =
	| {setting: 'variable'; name: string /** Null: unset. */; value: string | null}
	/** Null: the lab folder. `-`: the previous folder. */
	| {setting: 'folder'; folder: string | null};

/**
 * Parses a line that is only `export`, `unset`, `cd` or a dialect's counterpart; null for any other line. The program
 * applies such lines itself, as a new shell would forget them at once.
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
	// Command substitutions need a shell.
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
 * The arguments that run a typed line in the learner's shell. `exact`: passes them unquoted, as cmd parses the whole
 * line by rules of its own.
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
			// Otherwise PowerShell would exit with 1 for every failure of a program.
			const whole = `${line}\nif ($null -ne $LASTEXITCODE) { exit $LASTEXITCODE }`;
			return {argv: [program, '-NoLogo', '-NoProfile', '-Command', whole], exact: false};
		}
		case 'cmd':
			// cmd accepts a single line, so pasted lines are joined.
			return {argv: ['cmd.exe', '/d', '/s', '/c', `"${line.replaceAll('\n', ' & ')}"`], exact: true};
	}
};

/** The learner's shell; `sh` if `SHELL` is not usable. */
const posixShell = (platform: NodeJS.Platform, {SHELL}: Record<string, string>): string =>
	platform !== 'win32' && SHELL?.startsWith('/') ? SHELL : 'sh';
