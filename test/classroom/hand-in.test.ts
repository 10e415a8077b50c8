import {isDeepStrictEqual} from 'node:util';
import test from 'ava';
import {type Answer, readHandIn, writeHandIn} from '../../source/classroom/hand-in.js';
import {createRandom} from '../tools/create-random.js';
import {deep} from '../tools/deep.js';
import {chainOf, createSeatKey, resultOf} from '../tools/results.js';

const key = createSeatKey();
const results = chainOf(
	key,
	['first-build', 'second-build', 'lab-port'].map((step, index) =>
		resultOf({step, attempts: index + 1, verdict: index === 1 ? 'failed' : 'passed'}),
	),
);
const answer: Answer = {
	workshop: {id: 'multi-stage', hash: 'a'.repeat(64)},
	challenge: 'lab-port',
	mode: 'real',
	verdict: 'passed',
	finding: null,
	files: [
		{path: 'lab/Dockerfile', text: 'FROM alpine:3.13\nRUN echo "ü"\n'},
		{path: 'lab/notes', text: null},
	],
	commands: [['docker', 'run', '-d', '-p', '5000', 'whoami']],
};
const text = writeHandIn(key, {name: 'Ada Lovelace', results, answers: [answer]});
const read = (given: string) => readHandIn(Buffer.from(given));

test.serial('a hand-in file is read as it was written', t => {
	t.deepEqual(read(text), {
		handIn: {name: 'Ada Lovelace', key: key.publicKey, results, answers: [answer]},
		problem: null,
	});
	t.deepEqual(read(writeHandIn(key, {name: 'Ada', results: [], answers: []})).problem, null);
});

for (const [what, {change, entries, problem}] of Object.entries<{
	change: (text: string) => string;
	/** How many results can be trusted; null if nothing of the file can. */
	entries: number | null;
	problem: object;
}>({
	'another name': {
		change: file => file.replace('Ada', 'Eve'),
		entries: 3,
		problem: {entry: null, problem: 'unsealed'},
	},
	'another file in an answer': {
		change: file => file.replace('RUN echo', 'RUN true'),
		entries: 3,
		problem: {entry: null, problem: 'unsealed'},
	},
	'a better verdict of an answer': {
		change: file =>
			file.replace(
				'"mode":"real","verdict":"passed","finding":null,"files"',
				'"mode":"real","verdict":"failed","finding":null,"files"',
			),
		entries: 3,
		problem: {entry: null, problem: 'unsealed'},
	},
	'a missing last result': {
		change: file => file.replace(/,\n\{"number":3.*\n/, '\n'),
		entries: 2,
		problem: {entry: null, problem: 'unsealed'},
	},
	'a better verdict': {
		change: file => file.replace('"failed"', '"passed"'),
		entries: 1,
		problem: {entry: 2, problem: 'altered'},
	},
	'the key of another seat': {
		change: file => file.replace(key.publicKey, createSeatKey().publicKey),
		entries: 0,
		problem: {entry: 1, problem: 'foreign'},
	},
	'a cut in the third result': {
		change: file => file.slice(0, file.indexOf('"number":3') + 20),
		entries: 2,
		problem: {entry: 2, problem: 'torn'},
	},
	'a cut in the answers': {
		change: file => file.slice(0, file.indexOf('"answers"') + 30),
		entries: 3,
		problem: {entry: 3, problem: 'torn'},
	},
	'a cut before the key': {
		change: file => file.slice(0, 30),
		entries: null,
		problem: {entry: null, problem: 'torn'},
	},
	'a newer format': {
		change: file => file.replace('"format":1', '"format":2'),
		entries: null,
		problem: {entry: null, problem: 'other-format'},
	},
	'something else in it': {
		change: file => file.replace('"seal"', '"more":1,"seal"'),
		entries: 3,
		problem: {entry: null, problem: 'not-ours'},
	},
	'a file outside of the lab folder': {
		change: file => file.replace('lab/Dockerfile', 'lab/../../Dockerfile'),
		entries: 3,
		problem: {entry: null, problem: 'not-ours'},
	},
	'another document': {change: () => '{"a":1}', entries: null, problem: {entry: null, problem: 'not-ours'}},
	'no document': {change: () => 'Dear teacher', entries: null, problem: {entry: null, problem: 'not-ours'}},
})) {
	test.serial(`of a file with ${what}, ${entries ?? 'no'} results count, and it is named`, t => {
		const changed = change(text);
		t.not(changed, text);
		const {handIn, problem: found} = read(changed);
		t.deepEqual(found, problem as typeof found);
		t.is(handIn?.results.length ?? null, entries);
		t.deepEqual(handIn?.results ?? [], results.slice(0, entries ?? 0));
		t.deepEqual(handIn?.answers ?? [], []);
	});
}

test.serial('bytes that are no UTF-8 are no hand-in file', t => {
	t.is(readHandIn(Buffer.from([0xff, 0xfe])).problem?.problem, 'not-ours');
});

test.serial('each altered byte is named, or changes nothing: the JSON document is the same', t => {
	const bytes = Buffer.from(text);
	const random = createRandom(17);
	const tries = deep(100, 2000);
	let same = 0;
	for (let index = 0; index < tries; index++) {
		const at = Math.floor(random() * bytes.length);
		const altered = Buffer.from(bytes);
		altered[at] = ((altered[at] ?? 0) + 1 + Math.floor(random() * 255)) % 256;
		const {handIn, problem} = readHandIn(altered);
		const place = `byte ${at}: ${JSON.stringify(altered.subarray(Math.max(0, at - 20), at + 20).toString())}`;
		if (problem === null) {
			t.true(isDeepStrictEqual(JSON.parse(altered.toString()), JSON.parse(text)), place);
			same++;
		}
		// What is still taken from the file is what was signed.
		t.deepEqual(handIn?.results ?? [], results.slice(0, handIn?.results.length ?? 0), place);
	}
	t.true(same < tries / 20, `${same} of ${tries}`);
});
