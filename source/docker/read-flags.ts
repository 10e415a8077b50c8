/** Which flags a command has. */
export type FlagTable = {
	/** Long names of flags without a value. */
	alone: ReadonlySet<string>;
	/** Long names of flags with a value. */
	valued: ReadonlySet<string>;
	/** Long name by letter. */
	short: Readonly<Record<string, string>>;
	/** Flags may follow operands: true for `docker build`, false for `docker run`, whose operands end them. */
	interspersed: boolean;
};

/** The flags of one command, by long name. */
export type Flags = {
	/** Every flag in the order of typing; one without a value is `true` or `false`. */
	given: ReadonlyArray<{name: string; value: string}>;
	/** The value that counts where a flag has one value; null when it is not given. */
	last(name: string): string | null;
	all(name: string): string[];
	/** Whether a flag without a value is given and not `=false`. */
	isOn(name: string): boolean;
};

export type ReadFlags = {
	flags: Flags;
	operands: string[];
	/** The sentence with which the Docker CLI refuses these flags; null when it takes them. */
	refusal: string | null;
};

const truths = new Set(['1', 't', 'T', 'true', 'TRUE', 'True']);
const untruths = new Set(['0', 'f', 'F', 'false', 'FALSE', 'False']);

/**
 * Reads flags and operands as the Docker CLI does. After a flag that is unknown or wrong it reads on, so that most of
 * a command for a newer CLI is still understood.
 */
export const readFlags = (args: readonly string[], table: FlagTable): ReadFlags => {
	const given: Array<{name: string; value: string}> = [];
	const operands: string[] = [];
	const words = [...args];
	let refusal: string | null = null;
	for (let word = words.shift(); word !== undefined; word = words.shift()) {
		if (word === '--') {
			operands.push(...words);
			break;
		}
		if (!word.startsWith('-') || word === '-') {
			operands.push(word);
			if (table.interspersed) continue;
			operands.push(...words);
			break;
		}
		const read = word.startsWith('--') ? readLong(word, words, table) : readShort(word, words, table);
		refusal ??= read.refusal;
		given.push(...read.flags);
	}
	const wrong = given.find(
		({name, value}) => table.alone.has(name) && !truths.has(value) && !untruths.has(value),
	);
	if (wrong) {
		const parsing = `strconv.ParseBool: parsing "${wrong.value}": invalid syntax`;
		refusal ??= `invalid argument "${wrong.value}" for "--${wrong.name}" flag: ${parsing}`;
	}
	const normal = given.map(flag =>
		table.alone.has(flag.name) ? {...flag, value: String(truths.has(flag.value))} : flag,
	);
	return {flags: flagsOf(normal), operands, refusal};
};

const flagsOf = (given: Flags['given']): Flags => ({
	given,
	last: name => given.findLast(flag => flag.name === name)?.value ?? null,
	all: name => given.filter(flag => flag.name === name).map(({value}) => value),
	isOn: name => given.findLast(flag => flag.name === name)?.value === 'true',
});

type Read = {flags: Array<{name: string; value: string}>; refusal: string | null};

const readLong = (word: string, words: string[], {alone, valued}: FlagTable): Read => {
	const at = word.indexOf('=');
	const name = word.slice(2, at < 0 ? undefined : at);
	if (!alone.has(name) && !valued.has(name)) return {flags: [], refusal: `unknown flag: --${name}`};
	if (at >= 0) return {flags: [{name, value: word.slice(at + 1)}], refusal: null};
	if (alone.has(name)) return {flags: [{name, value: 'true'}], refusal: null};
	const value = words.shift();
	return value === undefined
		? {flags: [], refusal: `flag needs an argument: --${name}`}
		: {flags: [{name, value}], refusal: null};
};

/** `-dP`, `-p80`, `-p=80` and `-p 80`. */
const readShort = (word: string, words: string[], {alone, short}: FlagTable): Read => {
	const flags: Read['flags'] = [];
	for (let letters = word.slice(1); letters !== ''; letters = letters.slice(1)) {
		const letter = letters[0] ?? '';
		const name = short[letter];
		if (name === undefined) {
			return {flags, refusal: `unknown shorthand flag: '${letter}' in -${letters}`};
		}
		if (letters[1] === '=') return {flags: [...flags, {name, value: letters.slice(2)}], refusal: null};
		if (alone.has(name)) {
			flags.push({name, value: 'true'});
			continue;
		}
		const value = letters.length > 1 ? letters.slice(1) : words.shift();
		if (value === undefined) {
			return {flags, refusal: `flag needs an argument: '${letter}' in -${letters}`};
		}
		return {flags: [...flags, {name, value}], refusal: null};
	}
	return {flags, refusal: null};
};
