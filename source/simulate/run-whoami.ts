/** What whoami does with its arguments: `port` 0 is one of the system's choice. */
export type WhoamiRun = {listens: true; port: number} | {listens: false; exitCode: number; lastLine: string};

const usage = '    \tport to listen on (default 80)';
const fails = (lastLine: string, exitCode: number): WhoamiRun => ({listens: false, exitCode, lastLine});

/** Reads whoami's arguments as Go's flag package does: up to the first that is no flag; the last `-port` counts. */
export const runWhoami = (args: string[]): WhoamiRun => {
	let port = 80;
	const words = [...args];
	for (let word = words.shift(); word?.startsWith('-'); word = words.shift()) {
		if (word === '-' || word === '--') break;
		const [, name = '', given] = /^--?([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
		// Whatever is wrong: the usage is what is printed last.
		if (name === '' || name.startsWith('-')) return fails(usage, 2);
		if (name === 'h' || name === 'help') return fails(usage, 0);
		if (name !== 'port') return fails(usage, 2);
		const number = readInteger(given ?? words.shift());
		if (number === null) return fails(usage, 2);
		port = number;
	}
	return port < 0 || port > 65_535
		? fails(`listen tcp: address ${port}: invalid port`, 1)
		: {listens: true, port};
};

/** As Go reads integers: `5000`, `0x1388`, `0b1`, `0o17`, `017`, `5_000`; null when it is none. */
const readInteger = (text: string | undefined): number | null => {
	const [, sign, digits] = /^([+-]?)(\d\w*)$/.exec(text ?? '') ?? [];
	if (digits === undefined) return null;
	const bare = digits.replace(/(?<=\w)_(?=\w)/g, '');
	const number = /^0\d+$/.test(bare) ? Number(`0o${bare.slice(1)}`) : Number(bare);
	return Number.isSafeInteger(number) ? (sign === '-' ? -number : number) : null;
};
