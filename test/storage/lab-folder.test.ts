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
	mkdirSync(path.join(shipped, 'solutions', 'it', 'app'), {recursive: true});
	writeFileSync(path.join(shipped, 'solutions', 'it', 'run.yaml'), 'finding: passed\n');
	writeFileSync(path.join(shipped, 'solutions', 'it', 'app', 'Dockerfile'), 'FROM solved\n');
	writeFileSync(path.join(shipped, 'solutions', 'it', 'app', '.dockerignore'), 'notes\n');
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

test('a second changed file does not take the place of the first', t => {
	const {lab, inLab} = setUp();
	for (const text of ['one', 'two']) {
		lab.ensure();
		writeFileSync(inLab('app', 'Dockerfile'), text);
		lab.restore('app/Dockerfile');
	}
	t.is(readFileSync(inLab('app', 'Dockerfile.mine'), 'utf8'), 'one');
	t.is(readFileSync(inLab('app', 'Dockerfile.mine-2'), 'utf8'), 'two');
});

test('a solution’s files take the place of the shipped ones, and are ours', t => {
	const {lab, inLab} = setUp();
	lab.ensure();
	lab.applyOverlay('solutions/it');
	t.is(lab.read('app/Dockerfile'), 'FROM solved\n');
	t.false(existsSync(inLab('run.yaml')));
	t.deepEqual(
		lab.files().map(({path: file, state}) => `${file} ${state}`),
		['app/Dockerfile solution', 'app/inner/a.txt ours', 'app/.dockerignore solution'],
	);
	for (const {path: file} of lab.files()) lab.restore(file);
	t.is(lab.read('app/Dockerfile'), 'FROM scratch\n');
	t.false(existsSync(inLab('app', '.dockerignore')));
	t.false(existsSync(inLab('app', 'Dockerfile.mine')));
});

test('what the learner wrote is kept when a solution takes its place, and a file of the learner’s own stays hers', t => {
	const {lab, inLab} = setUp();
	lab.ensure();
	writeFileSync(inLab('app', 'Dockerfile'), 'FROM mine\n');
	writeFileSync(inLab('app', '.dockerignore'), 'all\n');
	t.false(lab.files().some(({path: file}) => file === 'app/.dockerignore'));
	lab.applyOverlay('solutions/it');
	t.is(readFileSync(inLab('app', 'Dockerfile.mine'), 'utf8'), 'FROM mine\n');
	t.is(readFileSync(inLab('app', '.dockerignore.mine'), 'utf8'), 'all\n');
	t.is(lab.read('app/.dockerignore'), 'notes\n');
});

test('a line is added and taken away again, never the same twice', async t => {
	const {lab} = setUp();
	lab.ensure();
	const before = lab.fingerprint();
	const undo = lab.addLine('app/inner/a.txt', '# changed at');
	t.regex(lab.read('app/inner/a.txt') ?? '', /^a\n# changed at \d{4}-\S+Z\n$/);
	t.not(lab.fingerprint(), before);
	undo();
	t.is(lab.read('app/inner/a.txt'), 'a\n');
	t.is(lab.fingerprint(), before);
	t.throws(() => lab.addLine('app/none.txt', '#'), {instanceOf: UserError});
});

test('what is saved while a line is added stays', t => {
	const {lab, inLab} = setUp();
	lab.ensure();
	const undo = lab.addLine('app/inner/a.txt', '#');
	writeFileSync(inLab('app', 'inner', 'a.txt'), 'saved\n');
	undo();
	t.is(lab.read('app/inner/a.txt'), 'saved\n');
});

test('a piece of a file is replaced and restored, and what is saved meanwhile stays', t => {
	const {lab, inLab} = setUp();
	lab.ensure();
	const file = inLab('app', 'inner', 'a.txt');
	writeFileSync(file, 'one two one\n');
	const undo = lab.replaceText('app/inner/a.txt', 'one', 'three');
	t.is(lab.read('app/inner/a.txt'), 'three two one\n');
	undo();
	t.is(lab.read('app/inner/a.txt'), 'one two one\n');
	const again = lab.replaceText('app/inner/a.txt', 'one', 'three');
	writeFileSync(file, 'saved\n');
	again();
	t.is(lab.read('app/inner/a.txt'), 'saved\n');
	t.throws(() => lab.replaceText('app/inner/a.txt', 'one', 'three'), {message: /no longer contains `one`/});
	t.throws(() => lab.replaceText('app/none.txt', 'one', 'three'), {instanceOf: UserError});
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
	t.regex(error.message, new RegExp(`can’t be written to ${root}`));
	t.is((error as UserError).next, 'choose another folder with `--dir <folder>`');
});

test('what a repair breaks is ours, and a file of the learner’s stays if it should', t => {
	const {root, lab} = setUp();
	const broken = path.join(root, 'shipped', 'broken', 'it', 'app');
	mkdirSync(broken, {recursive: true});
	writeFileSync(path.join(broken, 'Dockerfile'), 'FROM broken\n');
	writeFileSync(path.join(broken, 'more.txt'), 'more\n');
	lab.follow(['app'], []);
	lab.ensure();
	t.deepEqual(lab.changedUnder('broken/it'), []);
	lab.applyOverlay('broken/it');
	t.deepEqual(
		lab.files().map(({path: file, state}) => `${file} ${state}`),
		['app/Dockerfile solution', 'app/inner/a.txt ours', 'app/more.txt solution'],
	);
	writeFileSync(path.join(lab.path, 'app', 'Dockerfile'), 'FROM mine\n');
	writeFileSync(path.join(lab.path, 'app', 'more.txt'), 'mine\n');
	t.deepEqual(lab.changedUnder('broken/it'), ['app/Dockerfile', 'app/more.txt']);
	lab.applyOverlay('broken/it', ['app/Dockerfile']);
	t.is(lab.read('app/Dockerfile'), 'FROM mine\n');
	t.is(lab.read('app/more.txt'), 'more\n');
	t.is(lab.read('app/more.txt.mine'), 'mine\n');
});
