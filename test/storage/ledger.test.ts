import {appendFileSync, mkdtempSync, readdirSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test from 'ava';
import type {LedgerEntry} from '../../source/ownership/ledger.js';
import {createLedger} from '../../source/storage/ledger.js';

const newFolder = () => mkdtempSync(path.join(tmpdir(), 'ledger-'));
const image = (id: string, engine = 'one'): LedgerEntry => ({kind: 'image', engine, id});

test('entries of one process are read by the next, per engine', t => {
	const folder = newFolder();
	const ledger = createLedger(folder);
	ledger.append(image('a'));
	ledger.append(image('b', 'two'));
	t.deepEqual(createLedger(folder).entries('one'), [image('a')]);
	t.deepEqual(createLedger(folder).entries('three'), []);
});

test('an intent comes back with the images that were there before', t => {
	const folder = newFolder();
	const entries: LedgerEntry[] = [
		{
			kind: 'intent',
			engine: 'one',
			id: 'run',
			stepId: 'build-simple',
			build: {tags: ['simple:latest'], format: 'legacy', before: {ids: ['a'], names: {'mine:latest': 'a'}}},
		},
		{kind: 'intent', engine: 'one', id: 'other', stepId: null, build: null},
		{kind: 'settled', engine: 'one', id: 'run'},
	];
	const ledger = createLedger(folder);
	for (const entry of entries) ledger.append(entry);
	t.deepEqual(createLedger(folder).entries('one'), entries);
});

test('a line that a crash cut off and one of a newer version lose nothing else', t => {
	const folder = newFolder();
	const ledger = createLedger(folder);
	ledger.append(image('a'));
	const [file = ''] = readdirSync(path.join(folder, 'ledger', 'one'));
	appendFileSync(
		path.join(folder, 'ledger', 'one', file),
		'{"kind":"later","engine":"one","id":"x"}\n{"kind":"ima',
	);
	t.deepEqual(ledger.entries('one'), [image('a')]);
});

test('an engine’s ID with separators in it stays inside the folder', t => {
	const folder = newFolder();
	createLedger(folder).append(image('a', '../../x'));
	t.deepEqual(readdirSync(path.join(folder, 'ledger')), ['______x']);
});
