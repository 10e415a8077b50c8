import {mkdirSync, renameSync, rmSync, unlinkSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {watchFolder} from '../../source/storage/watch-folder.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {settled} from '../tools/settled.js';

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

/** Watches a folder. The function makes a change, and resolves with whether it was told. */
const watchIn = (t: ExecutionContext, folder: string) => {
	const abort = new AbortController();
	t.teardown(() => abort.abort());
	let calls = 0;
	watchFolder(folder, () => calls++, abort.signal);
	return async (change: () => void): Promise<boolean> => {
		const before = calls;
		change();
		return settled(() => calls > before, Boolean);
	};
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
		const tells = watchIn(t, folder);
		for (let time = 0; time < 8; time++) {
			for (const file of how.includes('folder') ? ['a/inner'] : ['top', 'a/inner', 'a/b/deep']) {
				t.true(await tells(() => save(path.join(folder, file), `${time}`)), `${file}, save ${time}`);
			}
		}
	});
}

test('what is made in a new folder is seen, time and again', async t => {
	const folder = newFolder();
	const tells = watchIn(t, folder);
	const inner = path.join(folder, 'new', 'newer');
	t.true(await tells(() => mkdirSync(inner, {recursive: true})));
	for (const text of ['one', 'two', 'three'])
		t.true(await tells(() => styles['renaming a new one over it']?.(path.join(inner, 'file'), text)), text);
});

test('a folder is followed that is put in the place of the watched one', async t => {
	const folder = newFolder();
	const tells = watchIn(t, folder);
	for (const name of ['one', 'two']) {
		const other = newFolder();
		const replace = () => {
			renameSync(folder, path.join(path.dirname(folder), name));
			renameSync(other, folder);
		};
		t.true(await tells(replace), name);
		t.true(await tells(() => writeFileSync(path.join(folder, 'a', 'inner'), name)), name);
	}
});

test('a folder that is made later is seen', async t => {
	const folder = path.join(temporaryFolder(), 'later');
	const tells = watchIn(t, folder);
	t.true(await tells(() => mkdirSync(folder)));
	t.true(await tells(() => writeFileSync(path.join(folder, 'file'), 'x')));
});
