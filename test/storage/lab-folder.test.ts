import {existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test from 'ava';
import {createLabFolder} from '../../source/storage/lab-folder.js';
import {UserError} from '../../source/text/user-error.js';

const setUp = () => {
	const root = mkdtempSync(path.join(tmpdir(), 'lab-'));
	const shipped = path.join(root, 'shipped');
	mkdirSync(path.join(shipped, 'app', 'inner'), {recursive: true});
	writeFileSync(path.join(shipped, 'app', 'Dockerfile'), 'FROM scratch\n');
	writeFileSync(path.join(shipped, 'app', 'inner', 'a.txt'), 'a\n');
	symlinkSync('/etc/passwd', path.join(shipped, 'app', 'link'));
	const lab = createLabFolder(path.join(root, 'lab'), {
		shipped,
		contexts: ['app'],
		stateFolder: path.join(root, 'state'),
	});
	return {root, lab, inLab: (...parts: string[]) => path.join(root, 'lab', ...parts)};
};

test('missing files are written, links in a workshop are not followed', t => {
	const {lab, inLab} = setUp();
	lab.ensure();
	t.is(readFileSync(inLab('app', 'inner', 'a.txt'), 'utf8'), 'a\n');
	t.false(existsSync(inLab('app', 'link')));
	t.deepEqual(
		lab.files().map(({path: file, state}) => `${file} ${state}`),
		['app/Dockerfile ours', 'app/inner/a.txt ours'],
	);
});

test('a workshop without files has a lab folder too', t => {
	const {root, inLab} = setUp();
	createLabFolder(inLab(), {shipped: root, contexts: [], stateFolder: root}).ensure();
	t.true(existsSync(inLab()));
});

test('a file of the learner’s is never touched', t => {
	const {lab, inLab} = setUp();
	lab.ensure();
	writeFileSync(inLab('app', 'Dockerfile'), 'FROM alpine\n');
	lab.ensure();
	t.is(lab.read('app/Dockerfile'), 'FROM alpine\n');
	t.is(lab.files()[0]?.state, 'changed');
});

test('restoring a changed file keeps it under another name, and what was kept before too', t => {
	const {lab, inLab} = setUp();
	lab.ensure();
	writeFileSync(inLab('app', 'Dockerfile'), 'FROM alpine\n');
	lab.restore('app/Dockerfile');
	t.is(lab.read('app/Dockerfile'), 'FROM scratch\n');
	t.is(readFileSync(inLab('app', 'Dockerfile.mine'), 'utf8'), 'FROM alpine\n');
	writeFileSync(inLab('app', 'Dockerfile'), 'FROM busybox\n');
	lab.restore('app/Dockerfile');
	t.is(readFileSync(inLab('app', 'Dockerfile.mine'), 'utf8'), 'FROM alpine\n');
	t.is(readFileSync(inLab('app', 'Dockerfile.mine-2'), 'utf8'), 'FROM busybox\n');
});

test('removing our files removes the folders that become empty, and no other', t => {
	const {lab, inLab} = setUp();
	lab.ensure();
	writeFileSync(inLab('app', 'mine.txt'), 'mine');
	for (const {path: file} of lab.files()) lab.remove(file);
	t.false(existsSync(inLab('app', 'inner')));
	t.true(existsSync(inLab('app', 'mine.txt')));
});

test('a lab folder that cannot be written is an error that names the way out', t => {
	const {root, inLab, lab} = setUp();
	writeFileSync(inLab(), 'a file');
	const error = t.throws(() => lab.ensure(), {instanceOf: UserError});
	t.regex(error.message, new RegExp(`can't be written to ${root}`));
	t.is((error as UserError).next, 'choose another folder with `--dir <folder>`');
});
