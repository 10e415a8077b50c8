import {chmodSync, mkdirSync, statSync, symlinkSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import test from 'ava';
import {createTrustedHashes} from '../../source/storage/hashes.js';
import {createHistory} from '../../source/storage/history.js';
import {createLabFolder} from '../../source/storage/lab-folder.js';
import {createLedger} from '../../source/storage/ledger.js';
import {acquireLock} from '../../source/storage/process-locks.js';
import {createProgressStore} from '../../source/storage/progress-store.js';
import {createLogFile} from '../../source/storage/run-log.js';
import {makePrivate} from '../../source/storage/state-folder.js';
import {createTranscripts} from '../../source/storage/transcripts.js';
import {createWrittenTexts} from '../../source/storage/written-texts.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {openToOthers} from '../tools/open-to-others.js';

// Windows has no modes.
const modesTest = process.platform === 'win32' ? test.skip : test.serial;

/** Each makes its files in a state folder. */
const writers: Record<string, (state: string) => void> = {
	progress(state) {
		const store = createProgressStore(state, 'tiny');
		store.load();
		store.save({
			format: 1,
			workshop: 'tiny',
			stepId: null,
			passed: {},
			hints: {},
			captured: {},
			builder: null,
			labFolder: '/lab',
			engineId: null,
		});
	},
	'the ledger': state => createLedger(state).append({kind: 'image', engine: 'e', id: 'i'}),
	'a transcript': state => {
		const request = {
			runId: 'run',
			stepId: null,
			argv: ['true'],
			cwd: '/',
			env: {},
			builder: null,
			format: null,
		};
		const transcripts = createTranscripts(state);
		transcripts.open(request);
		const lines = createLogFile(path.join(transcripts.folder, 'run', 'lines'));
		lines.write(Buffer.from('x'), 0);
		lines.close();
	},
	'the history': state => createHistory(state).append('docker login -p secret'),
	'a history that is cut': state => {
		const history = createHistory(state);
		for (let line = 0; line < 1001; line++) history.append('true');
		history.load();
	},
	'a trusted hash': state => void createTrustedHashes(state).add('abc', '/course'),
	'a lock': state => void acquireLock(path.join(state, 'progress', 'tiny.json.lock')),
	'what a solution has put in place': state =>
		createWrittenTexts(state).note('/lab/Dockerfile', Buffer.from('FROM scratch')),
	'the ID of a container': state => {
		const lab = {shipped: temporaryFolder(), contexts: [], stateFolder: state};
		createLabFolder(temporaryFolder(), lab).cidFile('run');
	},
};

for (const [what, write] of Object.entries(writers)) {
	modesTest(`${what} is for its owner alone, whatever the umask`, t => {
		const state = path.join(temporaryFolder(), 'state', 'workshop');
		const before = process.umask(0);
		try {
			write(state);
		} finally {
			process.umask(before);
		}
		t.deepEqual(openToOthers(path.dirname(state)), []);
	});
}

modesTest('what stood there before is made private, and what a link leads to is left alone', t => {
	const state = path.join(temporaryFolder(), 'workshop');
	mkdirSync(path.join(state, 'transcripts', 'run'), {recursive: true});
	const stdout = path.join(state, 'transcripts', 'run', 'stdout');
	writeFileSync(stdout, 'x');
	const elsewhere = path.join(temporaryFolder(), 'notes');
	writeFileSync(elsewhere, 'x');
	for (const place of [state, path.dirname(stdout), stdout, elsewhere]) chmodSync(place, 0o777);
	symlinkSync(elsewhere, path.join(state, 'link'));
	makePrivate(state);
	t.is(statSync(state).mode & 0o777, 0o700);
	t.is(statSync(path.dirname(stdout)).mode & 0o777, 0o700);
	t.is(statSync(stdout).mode & 0o777, 0o600);
	t.is(statSync(elsewhere).mode & 0o777, 0o777);
});

test('a folder that is not there is nothing to be made private', t => {
	t.notThrows(() => makePrivate(path.join(temporaryFolder(), 'nothing')));
});
