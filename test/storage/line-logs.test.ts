import {existsSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {createLineLogs} from '../../source/storage/line-logs.js';
import {createLogFile, createMemoryFile, type LogFile} from '../../source/storage/run-log.js';
import {UserError} from '../../source/text/user-error.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {createRandom} from '../tools/create-random.js';
import {deep} from '../tools/deep.js';

const onDisk = (folder = temporaryFolder()) =>
	createLineLogs(runId => createLogFile(path.join(folder, `${runId}.lines`)));
const inMemory = () => createLineLogs(createMemoryFile);
const never = new AbortController().signal;
const build = {runId: 'run', stage: 'build'};

const numbered = (count: number) => Array.from({length: count}, (_, index) => `line ${index}`);

/** A log that holds these lines and waits for more. */
const filled = (lines: string[], logs = onDisk()) => {
	const writer = logs.open('run');
	for (const line of lines) writer.append('build', line);
	return {logs, writer};
};

const reads = test.macro((t, from: number, count: number, expected: string[]) => {
	const {logs, writer} = filled(numbered(2500));
	t.deepEqual(logs.read(build, from, count), expected, 'while it is written');
	writer.end();
	t.deepEqual(logs.read(build, from, count), expected, 'after the end');
});

test('the first lines are read', reads, 0, 2, ['line 0', 'line 1']);
test('lines are read across the places where the file was written', reads, 998, 4, [
	'line 998',
	'line 999',
	'line 1000',
	'line 1001',
]);
test('the last lines are read', reads, 2498, 10, ['line 2498', 'line 2499']);
test('behind the end there is nothing', reads, 2500, 10, []);
test('no lines are read when none are asked for', reads, 5, 0, []);

const turns = deep(6000, 30_000);
for (const [name, create] of Object.entries({'on disk': onDisk, 'in memory': inMemory})) {
	test(`${name}, every line is in its place, whatever was read while lines came`, t => {
		const random = createRandom(7);
		const pick = (length: number) => Math.floor(random() * length);
		const logs = create();
		const writer = logs.open('run');
		const model = new Map<string | null, string[]>([
			['base', []],
			['build.x-1', []],
			[null, []],
		]);
		const compare = (from: number, count: number) => {
			for (const [stage, lines] of model) {
				const log = {runId: 'run', stage};
				t.deepEqual(logs.size(log), {lineCount: lines.length, problem: null});
				t.deepEqual(logs.read(log, from, count), lines.slice(from, from + count));
			}
		};
		for (let turn = 0; turn < turns; turn++) {
			const [stage, lines] = [...model][pick(model.size)] ?? [null, []];
			const line = `${'構建 🚀 x'.repeat(pick(4))}${pick(9) === 0 ? '' : turn}`;
			writer.append(stage, line);
			lines.push(line);
			if (pick(300) === 0) compare(pick(lines.length), pick(3000));
		}
		writer.end();
		compare(0, turns);
	});
}

const takesBytes = test.macro((t, text: string, piece: number, expected: string[]) => {
	const logs = onDisk();
	const writer = logs.open('run');
	const bytes = Buffer.from(text);
	const buffer = Buffer.alloc(piece);
	for (let from = 0; from < bytes.length; from += piece) {
		const length = bytes.copy(buffer, 0, from, from + piece);
		writer.appendBytes('stdout', buffer.subarray(0, length));
	}
	writer.end();
	const log = {runId: 'run', stage: null};
	t.is(logs.size(log).lineCount, expected.length);
	t.deepEqual(logs.read(log, 0, expected.length + 1), expected);
});
const flood = Array.from({length: 40_000}, (_, index) => `構建 ${index}`);

test('bytes are lines', takesBytes, 'a\n\nb\n', 100, ['a', '', 'b']);
test('an unfinished last line is a line', takesBytes, 'a\r\nb', 100, ['a', 'b']);
test('bytes may be cut anywhere', takesBytes, 'ä\n\n構建\n', 1, ['ä', '', '構建']);
test('a flood in one piece', takesBytes, flood.join('\n'), 1_000_000, flood);
test('a flood in pieces', takesBytes, `${flood.join('\n')}\n`, 777, flood);
test('of a line without end the beginning is kept', takesBytes, `${'x'.repeat(200_000)}\nb`, 1000, [
	'x'.repeat(65_536),
	'b',
]);

test("two streams do not cut each other's lines", t => {
	const logs = onDisk();
	const writer = logs.open('run');
	writer.appendBytes('stdout', Buffer.from('out'));
	writer.appendBytes('stderr', Buffer.from('error\n'));
	writer.appendBytes('stdout', Buffer.from('put\n'));
	t.deepEqual(logs.read({runId: 'run', stage: null}, 0, 9), ['error', 'output']);
});

test('lines are shown clean, with their colours', t => {
	const {logs} = filled(['10 %\r100 %', '\u001B[31mred\u001B[0m\u001B]0;title\u0007', 'a\tb']);
	t.deepEqual(logs.read(build, 0, 3), ['100 %', '\u001B[31mred\u001B[0m', 'a       b']);
});

test('what nobody printed has no lines', t => {
	const logs = onDisk();
	const none = {lineCount: 0, problem: null};
	t.deepEqual(logs.size({runId: 'other', stage: null}), none);
	logs.open('run').end();
	t.deepEqual(logs.size(build), none);
	t.deepEqual(logs.read(build, 0, 10), []);
});

const special = [
	'Step one',
	'step TWO',
	'\u001B[31mre\u001B[32md\u001B[0m',
	'old\rnew words',
	'a\tb',
	'step one',
];
const finds = test.macro(
	async (t, wanted: {text: string; from: number; direction: 1 | -1}, expected: number | null) => {
		const lines = [...special, ...numbered(5000)];
		t.is(await filled(lines).logs.search(build, wanted, never), expected);
	},
);

test('a search begins with the line it starts from', finds, {text: 'step', from: 1, direction: 1}, 1);
test('a search goes to the beginning too', finds, {text: 'step', from: 4, direction: -1}, 1);
test('small letters find capitals', finds, {text: 'two', from: 0, direction: 1}, 1);
test('capitals find only capitals', finds, {text: 'Step', from: 1, direction: 1}, null);
test('colours do not hide a word', finds, {text: 'red', from: 0, direction: 1}, 2);
test('what was overwritten is not found', finds, {text: 'old', from: 0, direction: 1}, null);
test('what stands there in the end is found', finds, {text: 'new', from: 0, direction: 1}, 3);
test('a tab is spaces', finds, {text: 'a   ', from: 0, direction: 1}, 4);
test('a line far away is found', finds, {text: 'line 4321', from: 3, direction: 1}, 4327);
test('a line far away is found from the end', finds, {text: 'line 7', from: 5005, direction: -1}, 805);
test('what is not there is not found', finds, {text: 'line 5000', from: 0, direction: 1}, null);
test('two lines are not one', finds, {text: 'one\nstep', from: 0, direction: 1}, null);

test('a search that nobody waits for any more ends', async t => {
	const abort = new AbortController();
	const {logs} = filled(numbered(300_000));
	const found = logs.search(build, {text: 'line 299999', from: 0, direction: 1}, abort.signal);
	abort.abort();
	t.is(await found, null);
});

test('a log whose file is gone says so, and takes more lines', t => {
	const folder = temporaryFolder();
	const {logs, writer} = filled(numbered(2000), onDisk(folder));
	writer.end();
	rmSync(path.join(folder, 'run.lines'));
	t.deepEqual(logs.read(build, 0, 10), []);
	t.regex(logs.size(build).problem ?? '', /no longer on the disk/);
	t.notThrows(() => writer.append('build', 'more'));
});

test('a log whose folder is gone before its first line breaks nothing', t => {
	const {logs, writer} = filled(numbered(3000), onDisk('/nowhere/at/all'));
	writer.end();
	t.deepEqual(logs.size(build), {
		lineCount: 0,
		problem: 'No further lines could be saved: its folder has been removed.',
	});
});

/** A real file that gets its bytes from the system's full device once it is so long. */
const smallDisk = (length: number): LogFile => {
	const file = createLogFile(path.join(temporaryFolder(), 'lines'));
	const full = createLogFile('/dev/full');
	return {
		...file,
		write: (bytes, offset) => (offset + bytes.length > length ? full : file).write(bytes, offset),
	};
};

(existsSync('/dev/full') ? test : test.skip)('a full disk ends the log with a whole line, and says so', t => {
	const logs = createLineLogs(() => smallDisk(25_000));
	const {writer} = filled(numbered(5000), logs);
	writer.append('test', 'another stage');
	writer.end();
	const {lineCount, problem} = logs.size(build);
	t.is(lineCount, 2000);
	t.is(problem, 'No further lines could be saved: the disk is full.');
	t.deepEqual(logs.read(build, 1998, 10), ['line 1998', 'line 1999']);
});

const copy = async (logs: ReturnType<typeof onDisk>, ...folders: string[]) =>
	logs.copy(build, {folders, name: 'step-build'});

test('a copy has every line, without colours', async t => {
	const {logs} = filled([...numbered(2500), '\u001B[31mred\u001B[0m']);
	const folder = temporaryFolder();
	const file = path.join(folder, 'step-build.log');
	t.deepEqual(await copy(logs, folder), {file, lineCount: 2501});
	t.is(readFileSync(file, 'utf8'), `${[...numbered(2500), 'red'].join('\n')}\n`);
});

test('a copy never replaces a file', async t => {
	const {logs} = filled(['mine']);
	const folder = temporaryFolder();
	const first = path.join(folder, 'step-build.log');
	writeFileSync(first, 'yours');
	t.is((await copy(logs, folder)).file, path.join(folder, 'step-build-2.log'));
	t.is((await copy(logs, folder)).file, path.join(folder, 'step-build-3.log'));
	t.is(readFileSync(first, 'utf8'), 'yours');
});

test('a copy goes to the next folder when the first one does not take it', async t => {
	const {logs} = filled(['mine']);
	const folder = temporaryFolder();
	t.is((await copy(logs, '/nowhere/at/all', folder)).file, path.join(folder, 'step-build.log'));
});

test('a copy that no folder takes is an error that the learner can read', async t => {
	const {logs} = filled(['mine']);
	const error = await t.throwsAsync(copy(logs, '/nowhere/at/all'), {instanceOf: UserError});
	t.is(error?.message, 'The log can’t be copied to /nowhere/at/all (ENOENT).');
});

const many = deep(100_000, 1_000_000);
test(`${many} lines are taken`, t => {
	const logs = onDisk();
	const writer = logs.open('run');
	const line = '\u001B[32m[ 50%]\u001B[0m Building CXX object src/module.cc.o';
	for (let count = 0; count < many; count++) writer.append('build', line);
	writer.end();
	t.is(logs.size(build).lineCount, many);
});
