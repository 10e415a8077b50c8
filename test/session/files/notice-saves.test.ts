import {rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {createSaveWatcher} from '../../../source/session/features/files.js';
import type {SessionDependencies} from '../../../source/session/run-context.js';
import {createStore} from '../../../source/session/store.js';
import {createLabFolder} from '../../../source/storage/lab-folder.js';
import {temporaryFolder} from '../../tools/child-environment.js';
import {writeFiles} from '../../tools/write-files.js';
import {sampleState} from '../../tui/sample-state.js';

const editorFiles = [
	'.Dockerfile.swp',
	'Dockerfile~',
	'4913',
	'#Dockerfile#',
	'.#Dockerfile',
	'.goutputstream-A1B2C3',
];

/** A lab folder with one file of the workshop; nothing watches it: the test says when something has changed. */
const open = (t: {teardown(end: () => void): void}) => {
	const shipped = temporaryFolder();
	writeFiles(shipped, {'app/Dockerfile': 'FROM scratch\n'});
	const onDisk = createLabFolder(path.join(temporaryFolder(), 'lab'), {
		shipped,
		contexts: ['app'],
		stateFolder: temporaryFolder(),
	});
	onDisk.ensure();
	let tell = () => {};
	const lab = {
		...onDisk,
		watch(onChange: () => void) {
			tell = onChange;
		},
	};
	const changed: string[] = [];
	const abort = new AbortController();
	t.teardown(() => abort.abort());
	const store = createStore(sampleState());
	const saves = createSaveWatcher(store, {lab} as unknown as SessionDependencies, {
		prompt: {ask: async () => 'no', answer() {}},
		runShown() {},
		runLine() {},
		onChange: file => void changed.push(file),
		signal: abort.signal,
	});
	return {lab, store, saves, changed, look: () => tell()};
};

test('what editors put beside a file is not listed', t => {
	const {lab} = open(t);
	for (const name of [...editorFiles, '.dockerignore', '.env', 'notes.txt'])
		writeFileSync(path.join(lab.path, 'app', name), '');
	t.deepEqual(lab.listAll(), ['app/.dockerignore', 'app/.env', 'app/Dockerfile', 'app/notes.txt']);
});

test('a file that is removed is noticed', t => {
	const {lab, saves, changed, look} = open(t);
	writeFileSync(path.join(lab.path, 'notes.txt'), 'mine');
	saves.follow();
	look();
	t.deepEqual(changed, []);
	rmSync(path.join(lab.path, 'notes.txt'));
	look();
	t.deepEqual(changed, ['notes.txt']);
});

test('what was saved before a command began is no news after it', t => {
	const {lab, store, saves, changed, look} = open(t);
	saves.follow();
	writeFiles(lab.path, {'simple/Dockerfile': 'FROM mine\n'});
	store.dispatch({action: 'begin-run', stepId: 'build'});
	look();
	store.dispatch({action: 'end-run', stepId: 'build', captured: {}, isJudged: false});
	look();
	t.deepEqual(changed, []);
	t.is(store.getState().notice, null);
});

test('what is said of a file that was saved too late is over with the run', t => {
	const {lab, store, saves, look} = open(t);
	saves.follow();
	store.dispatch({action: 'begin-run', stepId: 'build'});
	writeFiles(lab.path, {'simple/Dockerfile': 'FROM mine\n'});
	look();
	t.regex(store.getState().notice ?? '', /may not see this change/);
	store.dispatch({action: 'end-run', stepId: 'build', captured: {}, isJudged: false});
	t.is(store.getState().notice, null);
});
