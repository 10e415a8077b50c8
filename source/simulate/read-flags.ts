/** Which flags a command has: `alone` are those without a value. Short names lead to long ones. */
export type FlagTable = {
	alone: ReadonlySet<string>;
	valued: ReadonlySet<string>;
	short: Record<string, string>;
};

/** `flags`: in the order of typing; those without a value as `true` or `false`. `rest`: from the first word that is none. */
export type ReadFlags = {flags: Array<{name: string; value: string}>; rest: string[]};

const truths = new Set(['1', 't', 'T', 'true', 'TRUE', 'True']);
const untruths = new Set(['0', 'f', 'F', 'false', 'FALSE', 'False']);

/**
 * Reads flags as the Docker CLI does, up to the first word that is none. Hands back the CLI's sentence instead when it
 * would refuse them. `interspersed`: flags may stand behind other words too.
 */
export const readFlags = (
	args: string[],
	table: FlagTable,
	{interspersed = false}: {interspersed?: boolean} = {},
): ReadFlags | {refusal: string} => {
	const flags: ReadFlags['flags'] = [];
	const rest: string[] = [];
	const words = [...args];
	for (let word = words.shift(); word !== undefined; word = words.shift()) {
		if (word === '--') {
			rest.push(...words);
			break;
		}
		if (!word.startsWith('-') || word === '-') {
			rest.push(word);
			if (interspersed) continue;
			rest.push(...words);
			break;
		}
		const read = word.startsWith('--') ? readLong(word, words, table) : readShort(word, words, table);
		if ('refusal' in read) return read;
		flags.push(...read.flags);
	}
	const wrong = flags.find(
		({name, value}) => table.alone.has(name) && !truths.has(value) && !untruths.has(value),
	);
	if (wrong) {
		const parsing = `strconv.ParseBool: parsing "${wrong.value}": invalid syntax`;
		return {refusal: `invalid argument "${wrong.value}" for "--${wrong.name}" flag: ${parsing}`};
	}
	return {
		flags: flags.map(flag =>
			table.alone.has(flag.name) ? {...flag, value: String(truths.has(flag.value))} : flag,
		),
		rest,
	};
};

type Read = Pick<ReadFlags, 'flags'> | {refusal: string};

const readLong = (word: string, words: string[], {alone, valued}: FlagTable): Read => {
	const at = word.indexOf('=');
	const name = word.slice(2, at < 0 ? undefined : at);
	if (!alone.has(name) && !valued.has(name)) return {refusal: `unknown flag: --${name}`};
	if (at >= 0) return {flags: [{name, value: word.slice(at + 1)}]};
	if (alone.has(name)) return {flags: [{name, value: 'true'}]};
	const value = words.shift();
	return value === undefined ? {refusal: `flag needs an argument: --${name}`} : {flags: [{name, value}]};
};

/** `-dP`, `-p80`, `-p=80` and `-p 80`. */
const readShort = (word: string, words: string[], {alone, short}: FlagTable): Read => {
	const flags: ReadFlags['flags'] = [];
	for (let letters = word.slice(1); letters !== ''; letters = letters.slice(1)) {
		const letter = letters[0] ?? '';
		const name = short[letter];
		if (name === undefined) return {refusal: `unknown shorthand flag: '${letter}' in -${letters}`};
		if (letters[1] === '=') return {flags: [...flags, {name, value: letters.slice(2)}]};
		if (alone.has(name)) {
			flags.push({name, value: 'true'});
			continue;
		}
		const value = letters.length > 1 ? letters.slice(1) : words.shift();
		if (value === undefined) return {refusal: `flag needs an argument: '${letter}' in -${letters}`};
		return {flags: [...flags, {name, value}]};
	}
	return {flags};
};
