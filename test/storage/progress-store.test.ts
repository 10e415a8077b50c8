import {mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test from 'ava';
import type {Progress} from '../../source/session/passed-steps.js';
import {createProgressStore, progressFile, progressName} from '../../source/storage/progress-store.js';

const newFolder = () => mkdtempSync(path.join(tmpdir(), 'progress-'));
const progress: Progress = {
	format: 1,
	workshop: 'tiny',
	stepId: 'two',
	passed: {one: {at: '2026-01-01T00:00:00.000Z', finding: 'passed'}},
	hints: {one: 1},
	captured: {port: '32768'},
	builder: 'legacy',
	labFolder: '/lab',
	engineId: null,
};

test('what is saved is loaded by the next start', t => {
	const folder = newFolder();
	const store = createProgressStore(folder, 'tiny');
	t.deepEqual(store.load(), {progress: null, problem: null, readOnly: false});
	t.is(store.save(progress), null);
	t.deepEqual(createProgressStore(folder, 'tiny').load().progress, progress);
});

const broken = test.macro((t, text: string) => {
	const folder = newFolder();
	const store = createProgressStore(folder, 'tiny');
	store.load();
	store.save(progress);
	writeFileSync(progressFile(folder, 'tiny'), text);
	const loaded = createProgressStore(folder, 'tiny').load();
	t.is(loaded.progress, null);
	t.regex(loaded.problem ?? '', /it is kept as .*tiny\.json\.broken-/);
	const kept = readdirSync(path.join(folder, 'progress')).find(name => name.includes('broken'));
	t.is(readFileSync(path.join(folder, 'progress', kept ?? ''), 'utf8'), text);
});

test('a truncated file is kept aside and said so', broken, '{"format":1,"work');
test('an empty file is kept aside and said so', broken, '');
test('a file of a newer version is kept aside and said so', broken, '{"format":2}');

test('a second copy of the program reads and does not write', t => {
	const folder = newFolder();
	const first = createProgressStore(folder, 'tiny');
	first.load();
	first.save(progress);
	const lock = `${progressFile(folder, 'tiny')}.lock`;
	t.is(readFileSync(lock, 'utf8'), String(process.pid));
	// The parent of this process lives for as long as this test does.
	writeFileSync(lock, String(process.ppid));
	const second = createProgressStore(folder, 'tiny');
	const loaded = second.load();
	t.deepEqual(loaded.progress, progress);
	t.regex(loaded.problem ?? '', /Another copy of this program/);
	t.true(loaded.readOnly);
	second.save({...progress, stepId: 'three'});
	t.is(createProgressStore(folder, 'tiny').load().progress?.stepId, 'two');
});

test('a folder that cannot be written is a problem in one sentence, not a crash', t => {
	const file = path.join(newFolder(), 'file');
	writeFileSync(file, '');
	const store = createProgressStore(file, 'tiny');
	t.regex(store.load().problem ?? '', /^Progress can’t be saved: /);
	t.is(store.save(progress), null);
});

const loadsPredictions = test.macro((t, kept: unknown, expected: unknown) => {
	const folder = newFolder();
	const store = createProgressStore(folder, 'tiny');
	store.load();
	store.save(progress);
	writeFileSync(progressFile(folder, 'tiny'), JSON.stringify({...progress, predictions: kept}));
	const loaded = createProgressStore(folder, 'tiny').load();
	t.deepEqual(loaded.progress?.predictions, expected);
	t.deepEqual(loaded.progress?.passed, progress.passed);
});

test('predictions are loaded', loadsPredictions, {one: ['base']}, {one: ['base']});
test('a file of an earlier version has none', loadsPredictions, undefined, undefined);
test('predictions that make no sense are left out, and nothing else', loadsPredictions, {one: 'base'}, {});

test('a folder with the id of another workshop has progress of its own', t => {
	const [one, other] = [newFolder(), newFolder()];
	const names = [
		{folder: one, shipped: true},
		{folder: one, shipped: false},
		{folder: other, shipped: false},
	].flatMap(open => (['live', 'recorded'] as const).map(kind => progressName({id: 'tiny', ...open}, kind)));
	t.is(new Set(names).size, 6);
	t.is(names[0], 'tiny', 'that of a shipped workshop is where earlier versions kept it');
	t.is(names[1], 'tiny-recorded');
});

test('a folder has the same progress by whatever path', t => {
	const folder = newFolder();
	const link = path.join(newFolder(), 'link');
	symlinkSync(folder, link);
	const nameOf = (place: string) => progressName({id: 'tiny', folder: place, shipped: false}, 'live');
	t.is(nameOf(link), nameOf(folder));
});

test('of which command a step was passed is kept', t => {
	const folder = newFolder();
	const store = createProgressStore(folder, 'tiny');
	store.load();
	const passed = {one: {at: '', finding: 'passed', of: '0123456789abcdef'}};
	store.save({...progress, passed});
	t.deepEqual(createProgressStore(folder, 'tiny').load().progress?.passed, passed);
});
