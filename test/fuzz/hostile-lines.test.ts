import test from 'ava';
import {createLineSplitter} from '../../source/text/lines.js';
import {cleanLine, stripColours} from '../../source/text/terminal-text.js';
import {createRandom} from '../tools/create-random.js';
import {deep} from '../tools/deep.js';
import {attacks} from './attacks.js';
import {hostileBytes} from './hostile-bytes.js';
import {createWidthFilter, openPane} from './show-in-pane.js';

type Cleaner = (line: string) => string;

/** The lines of these inputs, each in two pieces, as a cleaner leaves them. */
function* cleanLines(inputs: Iterable<Uint8Array>, clean: Cleaner): Generator<string> {
	const lines: string[] = [];
	for (const bytes of inputs) {
		const splitter = createLineSplitter(line => lines.push(line));
		splitter.push(bytes.subarray(0, bytes.length / 2));
		splitter.push(bytes.subarray(bytes.length / 2));
		splitter.end();
		yield* lines.splice(0).map(clean);
	}
}

/** What the first harmful one of these inputs does; null when none does harm. */
const harmOf = async (inputs: Iterable<Uint8Array>, clean: Cleaner): Promise<string | null> => {
	const pane = openPane();
	const filter = createWidthFilter();
	let batch: string[] = [];
	const flush = async (): Promise<string | null> => {
		const harm = await pane.show(batch);
		const shown = JSON.stringify(batch);
		batch = [];
		return harm && `${harm}, from ${shown}`;
	};
	for (const line of cleanLines(inputs, clean)) {
		if (/[\p{Cc}\p{Default_Ignorable_Code_Point}]/u.test(stripColours(line)))
			return `a control character is left in ${JSON.stringify(line)}`;
		batch.push(await filter(line));
		const harm = batch.length === pane.rows ? await flush() : null;
		if (harm) return harm;
	}
	return flush();
};

function* generated(count: number, seed: number): Generator<Uint8Array> {
	const random = createRandom(seed);
	for (let index = 0; index < count; index++) yield hostileBytes(random);
}

/** Every attack, whole and cut at every byte, with text around it. */
function* corpus(): Generator<Uint8Array> {
	for (const attack of attacks) {
		const bytes = Buffer.from(attack);
		for (let end = 1; end <= bytes.length; end++)
			yield Buffer.concat([Buffer.from('before '), bytes.subarray(0, end), Buffer.from(' after')]);
	}
}

test.serial('no attack, cut at any byte, acts on the terminal', async t => {
	t.is(await harmOf(corpus(), cleanLine), null);
});

const inputs = deep(2000, 200_000);
test.serial(`none of ${inputs} hostile inputs acts on the terminal`, async t => {
	t.is(await harmOf(generated(inputs, 20_211), cleanLine), null);
});

/** Cleaners as they would be with one fault each. */
const faulty: Record<string, Cleaner> = {
	'that does nothing': line => line,
	'that forgets strings for the system': line =>
		line.includes('\u001B]') || line.includes('\u009D') ? line : cleanLine(line),
	'that forgets one-byte controls': line =>
		cleanLine(line.replaceAll('\u009B', '')).concat(/\u009B[^\u001B]*/.exec(line)?.[0] ?? ''),
	'that forgets what is malformed': line =>
		cleanLine(line) + (/\u001B\[[0-9;?]*(?![0-9;?m])/.exec(line)?.[0] ?? ''),
	'that forgets direction overrides': line =>
		cleanLine(line) + (/[\u202A-\u202E\u2066-\u2069]/.exec(line)?.[0] ?? ''),
	'that forgets carriage returns': line => cleanLine(line) + (line.includes('\r') ? '\r' : ''),
};

for (const [name, clean] of Object.entries(faulty)) {
	test.serial(`a cleaner ${name} is found out`, async t => {
		t.not(await harmOf(corpus(), clean), null, 'by the attacks');
		t.not(await harmOf(generated(5000, 20_211), clean), null, 'by generated inputs');
	});
}

/** Without looking for control characters: the emulator alone has to see what they do. */
test.serial('a planted fault is seen on the screen itself', async t => {
	const pane = openPane();
	t.regex((await pane.show(['a\u001B[1;1Hb'])) ?? '', /row|above/);
	t.regex((await openPane().show(['\u001B[6n'])) ?? '', /answers/);
	t.regex((await openPane().show(['\u001B]0;owned\u0007'])) ?? '', /mode/);
	t.regex((await openPane().show(['\u001B[?1049h'])) ?? '', /mode|row/);
	t.is(await openPane().show(['\u001B[31mred\u001B[0m 漢字 🎉']), null);
});
