import {mkdirSync, renameSync, rmSync, unlinkSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {watchFolder} from '../../source/storage/watch-folder.js';
import {temporaryFolder} from '../tools/child-environment.js';

/** How editors save a file. */
const styles: Record<string, (file: string, text: string) => void> = {
	'writing into it': (file, text) => writeFileSync(file, text),
	'renaming a new one over it': (file, text) => {
		writeFileSync(`${file}.tmp`, text);
		renameSync(`${file}.tmp`, file);
	},
	'renaming the old one away': (file, text) => {
		renameSync(file, `${file}~`);
		writeFileSync(file, text);
		unlinkSync(`${file}~`);
	},
	'removing it and making it anew': (file, text) => {
		unlinkSync(file);
		writeFileSync(file, text);
	},
	'replacing the folder around it': (file, text) => {
		rmSync(path.dirname(file), {recursive: true});
		mkdirSync(path.dirname(file));
		writeFileSync(file, text);
	},
};

/** `next`: resolves after the next call. */
const watchIn = (folder: string) => {
	const abort = new AbortController();
	let resolve = () => {};
	watchFolder(folder, () => resolve(), abort.signal);
	const next = () =>
		new Promise<void>(done => {
			resolve = done;
		});
	return {next, stop: () => abort.abort()};
};

const newFolder = (): string => {
	const folder = path.join(temporaryFolder(), 'lab');
	mkdirSync(path.join(folder, 'a', 'b'), {recursive: true});
	for (const file of ['top', 'a/inner', 'a/b/deep']) writeFileSync(path.join(folder, file), 'first');
	return folder;
};

for (const [how, save] of Object.entries(styles)) {
	test(`a file is followed for ever that is saved by ${how}`, async t => {
		const folder = newFolder();
		const {next, stop} = watchIn(folder);
		for (let time = 0; time < 8; time++) {
			for (const file of how.includes('folder') ? ['a/inner'] : ['top', 'a/inner', 'a/b/deep']) {
				const seen = next();
				save(path.join(folder, file), `${time}`);
				await seen;
			}
		}
		stop();
		t.pass();
	});
}

test('what is made in a new folder is seen, time and again', async t => {
	const folder = newFolder();
	const {next, stop} = watchIn(folder);
	const inner = path.join(folder, 'new', 'newer');
	const made = next();
	mkdirSync(inner, {recursive: true});
	await made;
	for (const text of ['one', 'two', 'three']) {
		const seen = next();
		styles['renaming a new one over it']?.(path.join(inner, 'file'), text);
		await seen;
	}
	stop();
	t.pass();
});

test('a folder is followed that is put in the place of the watched one', async t => {
	const folder = newFolder();
	const {next, stop} = watchIn(folder);
	for (const name of ['one', 'two']) {
		const replaced = next();
		const other = newFolder();
		renameSync(folder, path.join(path.dirname(folder), name));
		renameSync(other, folder);
		await replaced;
		const seen = next();
		writeFileSync(path.join(folder, 'a', 'inner'), name);
		await seen;
	}
	stop();
	t.pass();
});

test('a folder that is made later is seen', async t => {
	const folder = path.join(temporaryFolder(), 'later');
	const {next, stop} = watchIn(folder);
	for (const save of [() => mkdirSync(folder), () => writeFileSync(path.join(folder, 'file'), 'x')]) {
		const seen = next();
		save();
		await seen;
	}
	stop();
	t.pass();
});
