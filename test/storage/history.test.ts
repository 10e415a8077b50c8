import {appendFileSync, mkdtempSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test from 'ava';
import {createHistory} from '../../source/storage/history.js';

test('lines come back as they were typed, also those of several rows, and what is broken is passed over', t => {
	const folder = mkdtempSync(path.join(tmpdir(), 'history-'));
	const history = createHistory(folder);
	t.deepEqual(history.load(), []);
	history.append('docker ps');
	history.append('docker build \\\n  -t "a" .');
	appendFileSync(path.join(folder, 'history'), '{"broken\n42\n');
	history.append('ls');
	t.deepEqual(createHistory(folder).load(), ['docker ps', 'docker build \\\n  -t "a" .', 'ls']);
});

test('a history that has grown long is cut to the newest 500 lines', t => {
	const folder = mkdtempSync(path.join(tmpdir(), 'history-'));
	const history = createHistory(folder);
	for (let line = 1; line <= 1001; line++) history.append(String(line));
	t.is(history.load().length, 500);
	t.is(createHistory(folder).load().at(-1), '1001');
	t.is(createHistory(folder).load()[0], '502');
});

test('a folder that can’t be written keeps nobody from typing', t => {
	const file = path.join(mkdtempSync(path.join(tmpdir(), 'history-')), 'file');
	appendFileSync(file, '');
	t.notThrows(() => createHistory(file).append('docker ps'));
});
