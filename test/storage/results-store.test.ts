import {appendFileSync, existsSync, readFileSync, statSync, truncateSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import type {SeatState, StepReport} from '../../source/classroom/protocol.js';
import {verifyChain} from '../../source/classroom/results.js';
import {createResultsStore} from '../../source/storage/results-store.js';
import {loadSeatKey, seatKeyFile} from '../../source/storage/seat-key.js';
import {temporaryFolder} from '../tools/child-environment.js';

const report = (content: Partial<StepReport> = {}): StepReport => ({
	step: 'first-build',
	verdict: 'passed',
	finding: null,
	seconds: 10,
	attempts: 1,
	hints: 0,
	prediction: null,
	...content,
});

const seat = (steps: StepReport[], content: Partial<SeatState> = {}): SeatState => ({
	workshop: {id: 'multi-stage', hash: 'b'.repeat(64)},
	mode: 'real',
	step: 'first-build',
	steps,
	ready: [],
	hand: false,
	handedIn: false,
	...content,
});

const fileIn = (folder: string) => path.join(folder, 'class', 'results.jsonl');
const isWhole = (folder: string) => {
	const chain = createResultsStore(folder).load();
	return verifyChain(loadSeatKey(folder).publicKey, chain).problem === null;
};

for (const [what, {later, entries}] of Object.entries<{later: SeatState; entries: number}>({
	'the same again': {later: seat([report()]), entries: 1},
	'more seconds': {later: seat([report({seconds: 99})]), entries: 1},
	'another page': {later: seat([report()], {step: 'other', hand: true}), entries: 1},
	'one more attempt': {later: seat([report({attempts: 2})]), entries: 2},
	'a hint': {later: seat([report({hints: 1})]), entries: 2},
	'a prediction': {later: seat([report({prediction: 'wrong'})]), entries: 2},
	'another finding': {later: seat([report({verdict: 'failed', finding: 'failed'})]), entries: 2},
	'another step': {later: seat([report(), report({step: 'two'})]), entries: 2},
	'a step that is not judged yet': {
		later: seat([report(), report({step: 'two', verdict: null, hints: 2})]),
		entries: 1,
	},
	'an engine that is gone': {later: seat([report({verdict: 'unknown', finding: 'engine-gone'})]), entries: 1},
	'the same in a recording': {later: seat([report()], {mode: 'recorded'}), entries: 2},
	'the same of another version': {
		later: seat([report()], {workshop: {id: 'multi-stage', hash: 'c'.repeat(64)}}),
		entries: 2,
	},
})) {
	test.serial(`after a pass, ${what}: ${entries === 2 ? 'one more entry' : 'no entry'}`, t => {
		const folder = temporaryFolder();
		const store = createResultsStore(folder);
		t.is(store.record(seat([report()])), null);
		t.is(store.record(later), null);
		t.is(store.load().length, entries);
		t.true(isWhole(folder));
	});
}

test.serial('before the first verdict, nothing is written', t => {
	const folder = temporaryFolder();
	t.is(createResultsStore(folder).record(seat([report({verdict: null})])), null);
	t.false(existsSync(path.join(folder, 'class')));
});

test.serial('the chain goes on in the next session, and only its owner can read it', t => {
	const folder = temporaryFolder();
	createResultsStore(folder).record(seat([report()]));
	createResultsStore(folder).record(seat([report()]));
	createResultsStore(folder).record(seat([report({attempts: 2})]));
	t.deepEqual(
		createResultsStore(folder)
			.load()
			.map(({number}) => number),
		[1, 2],
	);
	t.true(isWhole(folder));
	for (const file of [fileIn(folder), seatKeyFile(folder)]) t.is(statSync(file).mode & 0o777, 0o600);
});

for (const [what, damage] of Object.entries<(file: string) => void>({
	'is cut off': file => truncateSync(file, statSync(file).size - 20),
	'is cut off at its end': file => truncateSync(file, statSync(file).size - 1),
	'is nonsense': file => appendFileSync(file, '{"number":'),
	'is altered': file =>
		writeFileSync(file, readFileSync(file, 'utf8').replace(/"attempts":2/, '"attempts":9')),
})) {
	test.serial(`when the last line ${what}, the chain goes on behind the last whole one`, t => {
		const folder = temporaryFolder();
		const store = createResultsStore(folder);
		store.record(seat([report()]));
		store.record(seat([report({attempts: 2})]));
		damage(fileIn(folder));
		const next = createResultsStore(folder);
		next.record(seat([report({attempts: 3})]));
		t.is(next.load().at(-1)?.attempts, 3);
		t.true(isWhole(folder));
	});
}

test.serial('two copies of the program append to one chain', t => {
	const folder = temporaryFolder();
	const copies = [createResultsStore(folder), createResultsStore(folder)];
	for (let attempts = 1; attempts <= 6; attempts++)
		copies[attempts % 2]?.record(seat([report({step: attempts % 2 === 0 ? 'even' : 'odd', attempts})]));
	t.deepEqual(
		createResultsStore(folder)
			.load()
			.map(({attempts}) => attempts),
		[1, 2, 3, 4, 5, 6],
	);
	t.true(isWhole(folder));
});

test.serial('what another copy keeps from being written is written the next time', t => {
	const folder = temporaryFolder();
	const store = createResultsStore(folder);
	store.record(seat([report()]));
	const lock = `${fileIn(folder)}.lock`;
	writeFileSync(lock, String(process.ppid));
	t.is(store.record(seat([report({attempts: 2})])), null);
	t.is(store.load().length, 1);
	writeFileSync(lock, '');
	t.is(store.record(seat([report({attempts: 2})])), null);
	t.is(store.load().length, 2);
});

test.serial('a key that can’t be read is told, and not replaced', t => {
	const folder = temporaryFolder();
	createResultsStore(folder).record(seat([report()]));
	for (const text of ['', '{}', '{"kty":"OKP","crv":"X25519","d":"AA","x":"AA"}']) {
		writeFileSync(seatKeyFile(folder), text);
		t.regex(
			createResultsStore(folder).record(seat([report({attempts: 2})])) ?? '',
			/^Your results can’t be saved: Your key for classes, .*key\.json, can’t be read: /,
		);
		t.is(readFileSync(seatKeyFile(folder), 'utf8'), text);
	}
});

test.serial('the key is made once', t => {
	const folder = temporaryFolder();
	t.is(loadSeatKey(folder).publicKey, loadSeatKey(folder).publicKey);
	t.not(loadSeatKey(folder).publicKey, loadSeatKey(temporaryFolder()).publicKey);
});
