import {mkdtempSync, readdirSync, readFileSync, writeSync} from 'node:fs';
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
