import {existsSync, mkdirSync, readdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {createCleaner} from '../../source/app/cleaner.js';
import type {LedgerEntry} from '../../source/ownership/ledger.js';
import type {Engine} from '../../source/session/ports.js';
import {fingerprintPaths} from '../../source/storage/hashes.js';
import {createLabFolder} from '../../source/storage/lab-folder.js';
import {createLedger} from '../../source/storage/ledger.js';
import {createTranscripts} from '../../source/storage/transcripts.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {writeFiles} from '../tools/write-files.js';

/** An engine with nothing on it. */
const emptyEngine: Engine = {
	identity: async () => ({
		...{id: 'e', version: '26.1.5', endpoint: 'unix:///x', local: true, address: '127.0.0.1'},
		...{
			context: 'default',
			environment: {},
			store: 'graphdriver',
			cli: {version: '26.1.5', buildx: null},
			recorded: null,
		},
	}),
	facts: async () => [],
	images: async () => ({ids: [], names: {}}),
	things: async () => ({containers: {}, volumes: {}, networks: {}}),
	describeBuild: async () => null,
	changes() {},
};

/** A lab folder of two files, a solution that changes one and adds one, and a ledger: nothing on the engine. */
const open = (volumes: Record<string, string> = {}) => {
	const [shipped, state, home] = [temporaryFolder(), temporaryFolder(), temporaryFolder()];
	writeFiles(shipped, {
		'app/Dockerfile': 'FROM scratch\n',
		'app/notes.txt': 'notes\n',
		'solutions/slim/run.yaml': 'finding: passed\ncommands: []\n',
		'solutions/slim/app/Dockerfile': 'FROM scratch\n# solved\n',
		'solutions/slim/app/.dockerignore': '*\n',
	});
	const lab = createLabFolder(path.join(home, 'lab'), {shipped, contexts: ['app'], stateFolder: state});
	const ledger = createLedger(state);
	const cleaner = createCleaner({
		engine: {...emptyEngine, things: async () => ({containers: {}, volumes, networks: {}})},
		ledger,
		lab,
		transcripts: createTranscripts(state),
		carryOut: async ({kept, volumes: planned}) => ({
			removed: planned.map(({name}) => ({kind: 'volume', id: name, name})),
			kept,
		}),
		readBuildCache: async () => null,
	});
	lab.ensure();
	/** As a command of a step does that writes there. */
	const noteWritten = (...places: string[]) => {
		const prints = lab.fingerprintsOf(places.map(place => path.join(lab.path, place)));
		for (const [id, print] of Object.entries(prints)) {
			if (!id.endsWith('app')) ledger.append({kind: 'file', engine: 'e', id, print} satisfies LedgerEntry);
		}
	};
	return {lab, ledger, cleaner, home, noteWritten};
};

const names = (items: Array<{name: string}>) => items.map(({name}) => name).sort();

test('files that a solution put into the lab folder go as long as they are as it put them', async t => {
	const {lab, cleaner, home} = open();
	lab.applyOverlay('solutions/slim');
	const {remove, keep} = await cleaner.preview();
	t.deepEqual(names(remove), ['app/.dockerignore', 'app/Dockerfile', 'app/notes.txt']);
	t.deepEqual(keep, []);
	t.deepEqual(names((await cleaner.clean()).removed), names(remove));
	t.deepEqual(readdirSync(home), []);
});

test('what the learner wrote stays, even if it equals the solution', async t => {
	const {lab, cleaner} = open();
	writeFiles(lab.path, {'app/Dockerfile': 'FROM scratch\n# solved\n', 'app/.dockerignore': '*\n'});
	const {remove, keep} = await cleaner.preview();
	t.deepEqual(names(remove), ['app/notes.txt']);
	t.deepEqual(names(keep), ['app/Dockerfile']);
	await cleaner.clean();
	t.deepEqual(readdirSync(path.join(lab.path, 'app')), ['.dockerignore', 'Dockerfile']);
});

test('a file that the learner had changed before stays beside the solution', async t => {
	const {lab, cleaner} = open();
	writeFileSync(path.join(lab.path, 'app', 'Dockerfile'), 'FROM mine\n');
	lab.applyOverlay('solutions/slim');
	await cleaner.clean();
	t.deepEqual(readdirSync(path.join(lab.path, 'app')), ['Dockerfile.mine']);
});

test('what commands wrote goes, with the folders and links in it', async t => {
	const {lab, cleaner, home, noteWritten} = open();
	mkdirSync(path.join(lab.path, 'out', 'deep', 'empty'), {recursive: true});
	writeFileSync(path.join(lab.path, 'out', 'deep', 'words'), 'words');
	writeFileSync(path.join(lab.path, 'app', 'saved.tar'), 'tar');
	noteWritten('out', 'app/saved.tar');
	const {removed, kept} = await cleaner.clean();
	t.deepEqual(kept, []);
	t.deepEqual(names(removed).slice(2), [
		'app/saved.tar',
		'out',
		'out/deep',
		'out/deep/empty',
		'out/deep/words',
	]);
	t.deepEqual(readdirSync(home), []);
});

test('what the learner changed or put there since stays', async t => {
	const {lab, cleaner, noteWritten} = open();
	mkdirSync(path.join(lab.path, 'out'));
	writeFileSync(path.join(lab.path, 'out', 'a'), 'ours');
	writeFileSync(path.join(lab.path, 'out', 'b'), 'ours');
	noteWritten('out');
	writeFileSync(path.join(lab.path, 'out', 'b'), 'theirs');
	writeFileSync(path.join(lab.path, 'out', 'c'), 'theirs');
	const {kept} = await cleaner.clean();
	t.deepEqual(readdirSync(path.join(lab.path, 'out')), ['b', 'c']);
	t.deepEqual(
		kept.map(({kind, name, reason}) => `${kind} ${name}: ${reason}`),
		['file out/b: it was changed since a command of the workshop wrote it'],
	);
});

test('what was written into another lab folder is left to a clean-up there', async t => {
	const {ledger, cleaner} = open();
	const elsewhere = temporaryFolder();
	const other = path.join(elsewhere, 'file');
	writeFileSync(other, '');
	ledger.append({
		kind: 'file',
		engine: 'e',
		id: other,
		print: fingerprintPaths(elsewhere, [other])[other] ?? '',
	});
	await cleaner.clean();
	t.true(existsSync(other));
});

test('a volume whose time has changed since goes with what was made since, and else stays', async t => {
	const {ledger, cleaner} = open({data: '2026-11-30T00:00:09Z', old: '2026-11-30T00:00:09Z'});
	const note = (id: string) =>
		ledger.append({kind: 'volume', engine: 'e', id, createdAt: '2026-11-30T00:00:01Z'});
	note('old');
	note('data');
	t.deepEqual(names((await cleaner.cleanSince(1)).removed), ['data']);
	t.deepEqual(names((await cleaner.clean()).kept), ['data', 'old']);
});
