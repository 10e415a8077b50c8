import {closeSync, mkdtempSync, readdirSync, readFileSync, writeFileSync, writeSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test from 'ava';
import type {RunRequest} from '../../source/session/ports.js';
import {createTranscripts} from '../../source/storage/transcripts.js';

const request = (runId: string): RunRequest => ({
	runId,
	stepId: 'step',
	argv: ['true'],
	cwd: '/',
	env: {},
	builder: null,
	format: null,
});

test('each run has its files, and the last 20 runs are kept', t => {
	const transcripts = createTranscripts(mkdtempSync(path.join(tmpdir(), 'transcripts-')));
	for (let run = 10; run < 35; run++) {
		const files = transcripts.open(request(`run-${run}`));
		writeSync(files.stdout.descriptor, `output ${run}`);
		files.close();
	}
	const kept = readdirSync(transcripts.folder).sort();
	t.is(kept.length, 20);
	t.is(kept[0], 'run-15');
	t.is(readFileSync(path.join(transcripts.folder, 'run-34', 'stdout'), 'utf8'), 'output 34');
});

const newTranscripts = () => createTranscripts(mkdtempSync(path.join(tmpdir(), 'transcripts-')));

test('a run is running until it is closed or its process has died', t => {
	const transcripts = newTranscripts();
	t.is(transcripts.state('run'), 'missing');
	const files = transcripts.open(request('run'));
	t.is(transcripts.state('run'), 'running');
	files.started(process.pid);
	t.is(transcripts.state('run'), 'running');
	files.close();
	t.is(transcripts.state('run'), 'over');
	// No system gives out a number as high as this.
	writeFileSync(path.join(transcripts.folder, 'run', 'pid'), '999999999');
	t.is(transcripts.state('run'), 'over');
});

(process.platform === 'linux' ? test : test.skip)(
	'a run whose process ID was never noted runs for as long as somebody holds its output open',
	t => {
		const transcripts = newTranscripts();
		const files = transcripts.open(request('run'));
		// As a program leaves it that died right after it had started the command.
		files.started(999_999_999);
		t.is(transcripts.state('run'), 'running');
		closeSync(files.stdout.descriptor);
		t.is(transcripts.state('run'), 'over');
		closeSync(files.stderr.descriptor);
	},
);

test('a transcript that is still written does not make room', t => {
	const transcripts = newTranscripts();
	const running = transcripts.open(request('run-00'));
	for (let run = 10; run < 35; run++) transcripts.open(request(`run-${run}`)).close();
	t.true(transcripts.runIds().includes('run-00'));
	t.false(transcripts.runIds().includes('run-10'));
	running.close();
});

test('what was printed is handed over whole, and goes when it is removed', async t => {
	const transcripts = newTranscripts();
	const files = transcripts.open(request('run'));
	const long = 'x'.repeat(200_000);
	writeSync(files.stdout.descriptor, long);
	writeSync(files.stderr.descriptor, 'problem');
	files.close();
	const printed = {stdout: '', stderr: ''};
	await transcripts.read('run', (stream, bytes) => {
		printed[stream] += Buffer.from(bytes).toString('utf8');
	});
	t.deepEqual(printed, {stdout: long, stderr: 'problem'});
	transcripts.remove('run');
	t.deepEqual(transcripts.runIds(), []);
	await t.notThrowsAsync(transcripts.read('run', () => t.fail()));
});
