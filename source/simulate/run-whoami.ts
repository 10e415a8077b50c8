/** What whoami does with its arguments: `port` 0 is one of the system's choice; `complaint`: the line of its log that says most. */
export type WhoamiRun = {listens: true; port: number} | {listens: false; exitCode: number; complaint: string};

const usage = '    \tport to listen on (default 80)';
const fails = (complaint: string, exitCode: number): WhoamiRun => ({listens: false, exitCode, complaint});

/** Reads whoami's arguments as Go's flag package does: up to the first that is no flag; the last `-port` counts. */
export const runWhoami = (args: string[]): WhoamiRun => {
	let port = 80;
	const words = [...args];
	for (let word = words.shift(); word?.startsWith('-'); word = words.shift()) {
		if (word === '-' || word === '--') break;
		const [, name = '', given] = /^--?([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
		// What is wrong stands above the usage, and says more.
		if (name === '' || name.startsWith('-')) return fails(`bad flag syntax: ${word}`, 2);
		if (name === 'h' || name === 'help') return fails(usage, 0);
		if (name !== 'port') return fails(`flag provided but not defined: -${name}`, 2);
		const text = given ?? words.shift();
		if (text === undefined) return fails('flag needs an argument: -port', 2);
		const number = readInteger(text);
		if (number === null) {
			const why = /^[+-]?\d+$/.test(text) ? 'value out of range' : 'parse error';
			return fails(`invalid value "${text}" for flag -port: ${why}`, 2);
		}
		port = number;
	}
	return port < 0 || port > 65_535
		? fails(`listen tcp: address ${port}: invalid port`, 1)
		: {listens: true, port};
};

/** As Go reads integers: `5000`, `0x1388`, `0b1`, `0o17`, `017`, `5_000`; null when it is none. */
const readInteger = (text: string): number | null => {
	const [, sign, digits] = /^([+-]?)(\d\w*)$/.exec(text) ?? [];
	if (digits === undefined) return null;
	const bare = digits.replace(/(?<=\w)_(?=\w)/g, '');
	const number = /^0\d+$/.test(bare) ? Number(`0o${bare.slice(1)}`) : Number(bare);
	return Number.isSafeInteger(number) ? (sign === '-' ? -number : number) : null;
};
