import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test from 'ava';
import type {Recording} from '../../source/session/ports.js';
import {isRecorded, readRecording, recordedEngines, writeRecording} from '../../source/storage/recordings.js';

const recording: Recording = {
	stepId: 'build',
	argv: ['docker', 'build', '.'],
	builder: 'legacy',
	format: 'legacy',
	engine: {
		id: 'e',
		version: '26.1.5',
		context: 'default',
		environment: {},
		endpoint: 'unix:///var/run/docker.sock',
		local: true,
		address: '127.0.0.1',
		store: 'graphdriver',
		cli: {version: '26.1.5', buildx: '0.13.1'},
		recorded: {date: '2026-01-01', standIn: true},
	},
	factsBefore: [],
	chunks: [
		{t: 1, stream: 'stdout', bytes: Buffer.from('Grüße\n')},
		{t: 2, stream: 'stderr', bytes: Buffer.from([0xff, 0x00, 0xc3])},
	],
	outcome: {ended: 'exited', exitCode: 0, seconds: 1.5},
	facts: [{fact: 'ledger', imageIds: []}],
};

test('a recording is read as it was written, bytes that are no UTF-8 included', t => {
	const folder = mkdtempSync(path.join(tmpdir(), 'recordings-'));
	writeRecording(folder, recording);
	t.deepEqual(readRecording(folder, '26', recording), recording);
});

test('each engine and each builder has recordings of its own', t => {
	const folder = mkdtempSync(path.join(tmpdir(), 'recordings-'));
	t.deepEqual(recordedEngines(folder), []);
	const old: Recording = {...recording, engine: {...recording.engine, version: '20.10.24'}};
	const other: Recording = {...recording, builder: 'buildkit', format: 'plain'};
	for (const one of [old, recording, other]) writeRecording(folder, one);
	t.deepEqual(recordedEngines(folder), ['26', '20']);
	t.deepEqual(readRecording(folder, '20', recording), old);
	t.deepEqual(readRecording(folder, '26', other), other);
	t.false(isRecorded(folder, '20', other));
});

test('a step that was not recorded has none, a damaged one is an error', t => {
	const folder = mkdtempSync(path.join(tmpdir(), 'recordings-'));
	t.is(readRecording(folder, '26', recording), null);
	writeRecording(folder, recording);
	writeFileSync(path.join(folder, 'recordings', '26', 'build.legacy.jsonl'), '{"rec');
	t.throws(() => readRecording(folder, '26', recording), {message: /is damaged/});
});
