import {type ParseEntry, parse} from 'shell-quote';
import type {Dialect} from '../../workshop/model.js';

/** A file that output goes to. */
export type Redirection = {
	/** As it was typed. */
	file: string;
	streams: Array<'stdout' | 'stderr'>;
	/** It goes behind what is there. */
	isAppended: boolean;
};

/** One command of a line, as far as its words tell. Patterns in it are left as they were typed. */
export type SimpleCommand = {
	words: string[];
	/** What stands before the first word: `NAME=value`. */
	settings: Record<string, string>;
	/** Files that its output goes to. */
	outputs: Redirection[];
	/** The file that its input comes from; null when it comes from elsewhere. */
	input: string | null;
	/** What joins it to the command before it: `&&`, `||`, `;`, `|`, `&`, …; null at the beginning. */
	joinedBy: string | null;
};

/** A line that the learner typed, read without running it. */
export type ReadLine = {
	commands: SimpleCommand[];
	/** One command, no output redirected, nothing joined, nothing put in by the shell. */
	isPlain: boolean;
};

/** The character that takes the meaning from the one behind it. In paths of Windows `\` has no such meaning. */
export const escapes: Record<Dialect, string> = {sh: '\\', powershell: '`', cmd: '^'};

/**
 * Reads a line of a shell's dialect. What it does not understand it leaves out: the shell alone decides what runs.
 * `environment`: the variables of the shell; left out: variables stay as they were typed.
 */
export const readLine = (line: string, dialect: Dialect, environment?: Record<string, string>): ReadLine => {
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
const variables: Record<Dialect, RegExp | null> = {
	sh: null,
	powershell: /\$env:(\w+)|\$\{env:(\w+)\}/gi,
	cmd: /%(\w+)%/g,
};

const fillVariables = (text: string, dialect: Dialect, environment: Record<string, string>): string => {
	const pattern = variables[dialect];
	if (!pattern) return text;
	// Windows tells no small letters from capitals in these names.
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

const redirections = new Set(['>', '>>', '>|', '&>', '&>>', '>&', '<', '<<', '<<<', '<&', '<<-']);

const isPattern = (entry: ParseEntry): entry is {op: 'glob'; pattern: string} =>
	typeof entry === 'object' && 'op' in entry && entry.op === 'glob';

const isInput = (entry: ParseEntry): boolean =>
	typeof entry === 'object' && 'op' in entry && entry.op === '<';

const empty = (joinedBy: string | null): SimpleCommand => ({
	words: [],
	settings: {},
	outputs: [],
	input: null,
	joinedBy,
});

const splitCommands = (entries: ParseEntry[]): SimpleCommand[] => {
	let current = empty(null);
	const commands = [current];
	for (let index = 0; index < entries.length; index++) {
		const entry = entries[index];
		if (typeof entry === 'string') takeWord(current, entry);
		else if (entry && isPattern(entry)) takeWord(current, entry.pattern);
		else if (entry && 'op' in entry && redirections.has(entry.op)) {
			const target = entries[index + 1];
			redirect(current, entry.op, typeof target === 'string' ? target : null);
			index++;
		} else if (entry && 'op' in entry) {
			current = empty(entry.op);
			commands.push(current);
		}
	}
	return commands;
};

const takeWord = ({words, settings}: SimpleCommand, word: string): void => {
	const setting = words.length === 0 ? /^([A-Za-z_]\w*)=(.*)$/s.exec(word) : null;
	if (setting) settings[setting[1] ?? ''] = setting[2] ?? '';
	else words.push(word);
};

/** `2>` arrives as the word `2` before the sign. */
const redirect = (command: SimpleCommand, sign: string, target: string | null): void => {
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
