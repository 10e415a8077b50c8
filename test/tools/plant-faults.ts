// Tests the tests: plants one-line faults, one at a time, in a copy of the checkout, and runs type checks and tests on
// each: `npm run faults -- [count] [seed] [room…]`. Faults are drawn from all folders of `source/`, each kind equally
// often. Runs the tests of the fault's folder first, then all. Exits with 1 if a fault was not found.
import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {cp, mkdtemp, rm, symlink} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {execa} from 'execa';
import {createRandom} from './create-random.js';

/** Common mistakes in a line. They can be found by patterns because the code is formatted. */
const operators: Record<string, [pattern: RegExp, replacement: (found: string) => string]> = {
	'an equality turned round': [/ [!=]== /, other => (other === ' === ' ? ' !== ' : ' === ')],
	'and in the place of or': [/ \|\| /, () => ' && '],
	'or in the place of and': [/ && /, () => ' || '],
	'a bound off by one': [/ [<>] (?=[\w(])/, sign => `${sign.trimEnd()}= `],
	'a bound that is left out': [/ [<>]= /, sign => sign.replace('=', '')],
	'a sum off by one': [/ [-+] 1(?=[;,)\]])/, () => ''],
	'a condition without its not': [/(?<=[ (])!(?=[a-z(])/, () => ''],
	'a way out that is left out': [/^\t+if \(.*\) (?:return\b.*|continue);$/, () => ''],
	'a call that is left out': [/^\t+[a-z][\w.?]*\(.*\);$/, () => ''],
	'an await forgotten': [/\bawait (?!import)/, () => ''],
	'a list that is not filtered': [/\.filter\(\w+ => [^()]*(?:\([^()]*\)[^()]*)?\)/, () => ''],
	'true in the place of false': [/\bfalse\b/, () => 'true'],
};
type Fault = {kind: string; file: string; line: number; before: string; after: string};

const rooms = () =>
	readdirSync('source')
		.filter(room => room !== 'messages')
		.sort();

const faultsIn = (room: string): Fault[] =>
	readdirSync(path.join('source', room), {recursive: true, encoding: 'utf8'})
		.filter(file => /\.tsx?$/.test(file))
		.sort()
		.flatMap(name => {
			const file = path.join('source', room, name);
			return readFileSync(file, 'utf8')
				.split('\n')
				.flatMap((before, index) => faultsOf(before).map(fault => ({...fault, file, line: index + 1})));
		});

const faultsOf = (before: string): Omit<Fault, 'file' | 'line'>[] =>
	/^\s*(?:\/?\*|\/\/|import |export type |type |\| )/.test(before)
		? []
		: Object.entries(operators)
				.map(([kind, [pattern, replacement]]) => ({
					kind,
					before,
					after: before.replace(pattern, replacement),
				}))
				.filter(({after}) => after !== before);

/** Draws at least two faults from each folder, and more by its size; within a folder each kind is equally likely. */
const draw = (count: number, seed: number, only: string[]): Fault[] => {
	const random = createRandom(seed);
	const pick = <Value>(values: Value[]): Value => values[Math.floor(random() * values.length)] as Value;
	const candidates = rooms()
		.filter(room => only.length === 0 || only.includes(room))
		.map(faultsIn)
		.filter(faults => faults.length > 0);
	const total = candidates.reduce((sum, faults) => sum + faults.length, 0);
	const chosen = candidates.flatMap(faults => {
		const wanted = Math.max(2, Math.round((count * faults.length) / total));
		return Array.from({length: wanted}, () => {
			const kind = pick([...new Set(faults.map(fault => fault.kind))]);
			return pick(faults.filter(fault => fault.kind === kind));
		});
	});
	return [...new Set(chosen)];
};

/** What found the fault; null if nothing did. */
const findFault = async (folder: string, {file}: Fault): Promise<string | null> => {
	const [, room = ''] = file.split(path.sep);
	// Without engines, as `npm test` must find it without one.
	const env = {ENGINES_DIR: path.join(folder, 'no-engines'), NODE_ENV: ''};
	const run = async (command: string, args: string[]) =>
		(await execa(command, args, {cwd: folder, env, reject: false, timeout: 600_000})).exitCode === 0;
	if (!(await run('npx', ['tsc', '--noEmit']))) return 'types';
	if (!(await run('npm', ['run', 'build', '--silent']))) return 'build';
	const near = readdirSync('test').filter(name => name === `${room}.test.ts` || name === room);
	if (near.length > 0 && !(await run('npx', ['ava', '--fail-fast', ...near.map(name => `test/${name}`)]))) {
		return `tests of ${room}`;
	}
	return (await run('npx', ['ava', '--fail-fast'])) ? null : 'other tests';
};

const [count = '60', seed = '2026', ...only] = process.argv.slice(2);
const folder = await mkdtemp(path.join(tmpdir(), 'faults-'));
const missed: Fault[] = [];
try {
	for (const name of readdirSync('.')) {
		if (['node_modules', 'distribution', '.git'].includes(name)) continue;
		await cp(name, path.join(folder, name), {recursive: true});
	}
	await symlink(path.resolve('node_modules'), path.join(folder, 'node_modules'));
	for (const fault of draw(Number(count), Number(seed), only)) {
		const text = readFileSync(fault.file, 'utf8');
		const lines = text.split('\n');
		lines[fault.line - 1] = fault.after;
		writeFileSync(path.join(folder, fault.file), lines.join('\n'));
		const found = await findFault(folder, fault);
		writeFileSync(path.join(folder, fault.file), text);
		if (found === null) missed.push(fault);
		console.log(
			`${found ?? 'NOT FOUND'}: ${fault.kind}, ${fault.file}:${fault.line}\n- ${fault.before.trim()}\n+ ${fault.after.trim()}\n`,
		);
	}
} finally {
	await rm(folder, {recursive: true, force: true});
}
console.log(`${missed.length} not found`);
process.exitCode = missed.length === 0 ? 0 : 1;
