/** Thrown for a word that can't be expanded; the builder rejects it, too. */
class ExpansionError extends Error {}

/**
 * Expands a word of a Dockerfile as BuildKit does: removes quotes and escapes, and replaces `$NAME`, `${NAME}` and the
 * operators `-`, `+`, `?` (also with a colon), `#`, `##`, `%`, `%%`, `/` and `//`. Unknown names are empty. A word that
 * the builder rejects is returned as written.
 */
export const expandArgs = (text: string, args: ReadonlyMap<string, string>, escapeMark = '\\'): string => {
	try {
		return readUntil({text, at: 0, args, escapeMark}, null, false);
	} catch (error) {
		if (error instanceof ExpansionError) return text;
		throw error;
	}
};

type Scan = {text: string; at: number; args: ReadonlyMap<string, string>; escapeMark: string};

/** Reads up to `end`, and skips it; null: to the end of the text. `isRaw`: keeps escapes, for a pattern. */
const readUntil = (scan: Scan, end: string | null, isRaw: boolean): string => {
	let result = '';
	while (scan.at < scan.text.length) {
		const sign = next(scan);
		if (sign === end) return result;
		if (sign === '$') result += readVariable(scan);
		else if (sign === "'") result += readSingleQuoted(scan);
		else if (sign === '"') result += readDoubleQuoted(scan, isRaw);
		else if (sign === scan.escapeMark) result += (isRaw ? sign : '') + next(scan);
		else result += sign;
	}
	if (end !== null) throw new ExpansionError();
	return result;
};

const next = (scan: Scan): string => scan.text[scan.at++] ?? '';

const readSingleQuoted = (scan: Scan): string => {
	const end = scan.text.indexOf("'", scan.at);
	if (end < 0) throw new ExpansionError();
	const quoted = scan.text.slice(scan.at, end);
	scan.at = end + 1;
	return quoted;
};

const readDoubleQuoted = (scan: Scan, isRaw: boolean): string => {
	let result = '';
	while (scan.at < scan.text.length) {
		const sign = next(scan);
		if (sign === '"') return result;
		if (sign === '$') result += readVariable(scan);
		else if (sign !== scan.escapeMark) result += sign;
		else {
			const isEscaping = ['"', '$', scan.escapeMark].includes(scan.text[scan.at] ?? '');
			result += (isRaw || !isEscaping ? sign : '') + next(scan);
		}
	}
	throw new ExpansionError();
};

/** Expands the variable after a `$`. */
const readVariable = (scan: Scan): string => {
	if (scan.text[scan.at] !== '{') {
		const name = readName(scan);
		return name === '' ? '$' : (scan.args.get(name) ?? '');
	}
	scan.at++;
	const name = readName(scan);
	const value = scan.args.get(name);
	const sign = next(scan);
	if (sign === '}' && name !== '') return value ?? '';
	const isColon = sign === ':';
	const operator = isColon ? next(scan) : sign;
	if (name === '' || (isColon && !'-+?'.includes(operator))) throw new ExpansionError();
	if (operator === '/') return replace(scan, value ?? '');
	const word = readUntil(scan, '}', operator === '#' || operator === '%');
	const isSet = value !== undefined && !(isColon && value === '');
	switch (operator) {
		case '-':
			return isSet ? value : word;
		case '+':
			return isSet ? word : '';
		case '?':
			if (!isSet) throw new ExpansionError();
			return value;
		case '#':
		case '%':
			return trim(value ?? '', word, operator);
		default:
			throw new ExpansionError();
	}
};

/** Reads a name: letters, digits and `_`, or one of the shell's special parameters, like `1` or `@`. */
const readName = (scan: Scan): string => {
	const name = /^(?:\d+|[@*#?$!-]|[\p{L}_][\p{L}\p{Nd}_]*)/u.exec(scan.text.slice(scan.at))?.[0] ?? '';
	scan.at += name.length;
	return name;
};

/** Expands `${NAME/pattern/replacement}`; `//` replaces every match. */
const replace = (scan: Scan, value: string): string => {
	const isForAll = scan.text[scan.at] === '/';
	if (isForAll) scan.at++;
	const pattern = patternSource(readUntil(scan, '/', true), true);
	const replacement = readUntil(scan, '}', true);
	return value.replace(new RegExp(pattern, isForAll ? 'gsu' : 'su'), () => replacement);
};

/** Removes the shortest match of a pattern from the front (`#`) or the back (`%`); doubled: the longest. */
const trim = (value: string, word: string, operator: '#' | '%'): string => {
	const isLongest = word.startsWith(operator);
	const source = patternSource(isLongest ? word.slice(1) : word, isLongest);
	if (operator === '#') return value.replace(new RegExp(`^${source}`, 'su'), '');
	const fits = new RegExp(`^(?:${source})$`, 'su');
	const starts = Array.from({length: value.length + 1}, (_, index) =>
		isLongest ? index : value.length - index,
	);
	const start = starts.find(at => fits.test(value.slice(at)));
	return start === undefined ? value : value.slice(0, start);
};

/** Returns the regular expression for a pattern with the wildcards `*` and `?`. */
const patternSource = (pattern: string, isGreedy: boolean): string =>
	pattern.replace(/\\([\s\S]?)|[\s\S]/gu, (sign, escaped?: string) => {
		if (escaped !== undefined) {
			if (!['*', '?', '\\', '}', '/'].includes(escaped)) throw new ExpansionError();
			return `\\${escaped}`;
		}
		if (sign === '*') return isGreedy ? '.*' : '.*?';
		if (sign === '?') return '.';
		return /[\w\s]/.test(sign) || sign.length > 1 ? sign : sign.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');
	});

/** Returns the keyword of an instruction in capitals: `COPY`. */
export const readKeyword = (text: string): string => /^\w+/.exec(text)?.[0].toUpperCase() ?? '';

/**
 * Joins the lines of an instruction into one, without comments. `rest`: the lines after it, which are its heredocs.
 */
export const joinLines = (lines: string[], escapeMark: string): {text: string; rest: string[]} => {
	const parts: string[] = [];
	for (const [index, line] of lines.entries()) {
		if (parts.length > 0 && /^\s*(#|$)/.test(line)) continue;
		const trimmed = line.trimEnd();
		const continues = trimmed.endsWith(escapeMark);
		parts.push(continues ? trimmed.slice(0, -1) : trimmed);
		if (!continues) return {text: parts.join('').trim(), rest: lines.slice(index + 1)};
	}
	return {text: parts.join('').trim(), rest: []};
};

/** Returns the flags of an instruction, without quotes. */
export const listFlags = (text: string): string[] =>
	(/^\w+((?:\s+--\S+)*)/.exec(text)?.[1] ?? '').replaceAll(/["']/g, '').split(/\s+/);

/** Returns the stage or image of a `COPY --from=…`; null for any other instruction. */
export const findCopySource = (text: string): string | null =>
	readKeyword(text) === 'COPY'
		? (listFlags(text)
				.find(flag => /^--from=./.test(flag))
				?.slice('--from='.length) ?? null)
		: null;

/** Returns the stages and images that the mounts of a `RUN` name; none for any other instruction. */
export const listMountSources = (text: string): string[] =>
	readKeyword(text) === 'RUN'
		? listFlags(text).flatMap(flag => /^--mount=(?:.*,)?from=([^,]+)/.exec(flag)?.[1] ?? [])
		: [];

/** Splits an instruction that takes `NAME=value` into words; keeps quotes and escapes. */
export const splitWords = (text: string, escapeMark = '\\'): string[] => {
	const escaped = escapeMark === '`' ? '`' : '\\\\';
	const word = new RegExp(`(?:${escaped}.|'[^']*'|"(?:${escaped}.|[^"])*"|\\S)+`, 'gsu');
	return text.match(word) ?? [];
};
