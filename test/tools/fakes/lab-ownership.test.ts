import path from 'node:path';
import test from 'ava';
import {createLabFolder, type LabFolderOnDisk} from '../../../source/storage/lab-folder.js';
import type {FilePatch} from '../../../source/workshop/model.js';
import {temporaryFolder} from '../child-environment.js';
import {writeFiles} from '../write-files.js';
import {createFakeLab, type FakeLab} from './fake-lab.js';

// The fake lab folder knows who wrote its files as the real one does: each test here runs with both.

const file = 'app/Dockerfile';
const shipped = {[file]: 'FROM one\n', 'app/a.txt': 'a\n'};

/** Each changes the line that the one before it has left. */
const patches: FilePatch[] = [
	['one', 'two'],
	['two', 'three'],
].map(([from, to]) => {
	const lines = [`-FROM ${from}`, `+FROM ${to}`];
	return {file, hunks: [{oldStart: 1, oldLines: 1, newStart: 1, newLines: 1, lines}]};
});

const overlays = {'solutions/it': {[file]: 'FROM solved\n', 'app/.dockerignore': 'notes\n'}};

const createReal = (): LabFolderOnDisk => {
	const root = temporaryFolder();
	writeFiles(path.join(root, 'shipped'), shipped);
	writeFiles(path.join(root, 'shipped', 'solutions', 'it'), overlays['solutions/it']);
	const [folder, stateFolder] = [path.join(root, 'lab'), path.join(root, 'state')];
	return createLabFolder(folder, {
		shipped: path.join(root, 'shipped'),
		contexts: ['app'],
		patches,
		stateFolder,
	});
};

/** Writes a file as the learner does. */
const write = (lab: LabFolderOnDisk, text: string, name = file): void =>
	'write' in lab ? (lab as FakeLab).write(name, text) : writeFiles(lab.path, {[name]: text});

const labs = {real: createReal, fake: () => createFakeLab({shipped, overlays, patches})};
for (const [name, create] of Object.entries(labs)) {
	test(`${name}: a patched file is not the learner’s, and is restored without a copy`, t => {
		const lab = create();
		lab.ensure();
		const [first, second] = [patches.slice(0, 1), patches.slice(1)];
		t.deepEqual(lab.applyPatches(first, []), []);
		t.is(lab.read(file), 'FROM two\n');
		t.deepEqual(lab.applyPatches(second, first), []);
		t.is(lab.read(file), 'FROM three\n');
		const states = lab.files().map(one => `${one.path} ${one.state}`);
		t.deepEqual(states, [`${file} solution`, 'app/a.txt ours']);
		lab.restore(file);
		t.is(lab.read(file), 'FROM one\n');
		t.is(lab.read(`${file}.mine`), null);
	});

	test(`${name}: what the learner has changed as a patch does is hers, and stays so when it is patched further`, t => {
		const lab = create();
		lab.ensure();
		write(lab, 'FROM two\n');
		t.is(lab.files()[0]?.state, 'changed');
		t.deepEqual(lab.applyPatches(patches.slice(1), patches.slice(0, 1)), []);
		t.is(lab.read(file), 'FROM three\n');
		t.is(lab.files()[0]?.state, 'changed');
	});

	test(`${name}: what the learner writes as the solution does is hers, even after the program did`, t => {
		const lab = create();
		lab.ensure();
		for (const [name, text] of Object.entries(overlays['solutions/it'])) write(lab, text, name);
		const states = () => lab.files().map(one => `${one.path} ${one.state}`);
		t.deepEqual(states(), [`${file} changed`, 'app/a.txt ours']);
		lab.restore(file);
		t.is(lab.read(`${file}.mine`), 'FROM solved\n');
		lab.applyOverlay('solutions/it');
		t.is(states()[0], `${file} solution`);
		lab.restore(file);
		write(lab, 'FROM solved\n');
		t.is(states()[0], `${file} changed`);
	});

	test(`${name}: if patches do not fit one file, no file is changed`, t => {
		const lab = create();
		lab.ensure();
		const other = {file: 'app/a.txt', hunks: patches[0]?.hunks ?? []};
		t.deepEqual(lab.applyPatches([...patches, other], []), ['app/a.txt']);
		t.is(lab.read(file), 'FROM one\n');
		t.is(lab.read('app/a.txt'), 'a\n');
	});
}
