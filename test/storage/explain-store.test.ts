import {readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import type {ExplainRecord} from '../../source/explain/record.js';
import {createExplainStore, type ExplainKey} from '../../source/storage/explain-store.js';
import {temporaryFolder} from '../tools/child-environment.js';

const record: ExplainRecord = {
	at: 12,
	context: '/project',
	stages: [{name: 'final', image: 'alpine:3.13', base: null, platform: ''}],
	instructions: [
		{
			stage: 'final',
			line: 2,
			text: 'RUN make',
			written: 'w',
			definition: 'd',
			settings: {$A: 'digest'},
			args: ['A'],
			before: 'b',
			key: 'k',
			looseKey: 'l',
		},
	],
	images: {'alpine:3.13': {id: 'sha256:1', print: 'p'}},
	files: new Map([['a "name"\nof two lines', {print: 'f644 hash', stamp: '1 2 3'}]]),
};

const keyOf = (changed: Partial<ExplainKey> = {}): ExplainKey => ({
	dockerfile: '/project/Dockerfile',
	target: '',
	buildArgs: new Map([['TOKEN', 'secret']]),
	contexts: new Map(),
	...changed,
});

test('a record is kept for one Dockerfile, target and build arguments', t => {
	const store = createExplainStore(temporaryFolder());
	t.is(store.load(keyOf()), null);
	t.is(store.keep(keyOf(), record), null);
	t.deepEqual(store.load(keyOf()), {record, isOther: false});
	t.is(store.load(keyOf({dockerfile: '/other/Dockerfile'})), null);
	store.keep(keyOf({target: 'build'}), {...record, at: 13});
	t.is(store.load(keyOf({target: 'build'}))?.record.at, 13);
	t.is(store.load(keyOf())?.record.at, 12);
	store.keep(keyOf(), {...record, at: 14});
	t.is(store.load(keyOf())?.record.at, 14);
});

test('without a record of a build, there is that of another target, or of other build arguments', t => {
	const store = createExplainStore(temporaryFolder());
	store.keep(keyOf(), record);
	for (const other of [{target: 'build'}, {buildArgs: new Map([['TOKEN', 'other']])}])
		t.deepEqual(store.load(keyOf(other)), {record, isOther: true});
});

test('only its owner can read a record, and it does not have the values of build arguments', t => {
	const folder = temporaryFolder();
	createExplainStore(folder).keep(keyOf(), record);
	const [name = ''] = readdirSync(path.join(folder, 'explain'));
	const file = path.join(folder, 'explain', name);
	t.is(statSync(file).mode & 0o777, 0o600);
	t.false(`${name}${readFileSync(file, 'utf8')}`.includes('secret'));
});

test('a damaged record counts as none', t => {
	const folder = temporaryFolder();
	const store = createExplainStore(folder);
	store.keep(keyOf(), record);
	const [name = ''] = readdirSync(path.join(folder, 'explain'));
	const file = path.join(folder, 'explain', name);
	for (const text of ['', '{', '{"format":2}\n', readFileSync(file, 'utf8').slice(0, -20)]) {
		writeFileSync(file, text);
		t.is(store.load(keyOf()), null, text);
	}
});

test('the oldest records are removed', t => {
	const folder = temporaryFolder();
	const store = createExplainStore(folder);
	for (let index = 0; index < 25; index++) store.keep(keyOf({target: `${index}`}), record);
	t.is(readdirSync(path.join(folder, 'explain')).length, 20);
	t.not(store.load(keyOf({target: '24'})), null);
});

test('a record that can’t be kept is a problem in a sentence', t => {
	const folder = temporaryFolder();
	writeFileSync(path.join(folder, 'explain'), '');
	t.regex(createExplainStore(folder).keep(keyOf(), record) ?? '', /^The fingerprints can’t be saved/);
});
