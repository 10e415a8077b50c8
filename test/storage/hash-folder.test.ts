import {mkdirSync, renameSync, rmSync, symlinkSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {execa} from 'execa';
import {hashFolder} from '../../source/storage/hashes.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {soundWorkshop} from '../tools/sound-workshop.js';
import {writeFiles} from '../tools/write-files.js';

const writeSound = (): string => {
	const folder = temporaryFolder();
	// Sorted by bytes, not by the parts of a path or by a language.
	writeFiles(folder, {...soundWorkshop, 'app.md': '', 'app/é': 'x', 'app/Z': '', 'app/a b': ''});
	return folder;
};

test('the hash is what sha256sum makes of all files', async t => {
	const folder = writeSound();
	const line = 'find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum';
	const {stdout} = await execa('sh', ['-c', line], {cwd: folder});
	t.is(hashFolder(folder).hash, stdout.slice(0, 64));
});

const changes: Record<string, (folder: string) => void> = {
	'a byte of a page': folder => writeFiles(folder, {'01-first.md': `${soundWorkshop['01-first.md']} `}),
	'a byte of a Dockerfile': folder => writeFiles(folder, {'app/Dockerfile': 'FROM alpine:3.14\n'}),
	'a byte of a recording': folder => writeFiles(folder, {'recordings/26/build-it.legacy.jsonl': '{}\n'}),
	'a new file': folder => writeFiles(folder, {'app/empty': ''}),
	'a new hidden file': folder => writeFiles(folder, {'.git/hooks/x': ''}),
	'a file that has gone': folder => rmSync(path.join(folder, 'app/Z')),
	'a new name': folder => renameSync(path.join(folder, 'app/Z'), path.join(folder, 'app/Y')),
};
for (const [what, change] of Object.entries(changes)) {
	test(`${what} changes the hash`, t => {
		const folder = writeSound();
		const before = hashFolder(folder).hash;
		t.is(hashFolder(folder).hash, before);
		change(folder);
		t.not(hashFolder(folder).hash, before);
	});
}

test('the place of the folder does not matter', t => {
	t.is(hashFolder(writeSound()).hash, hashFolder(writeSound()).hash);
});

test('a link is not hashed: it could lead to other bytes tomorrow', t => {
	const folder = writeSound();
	symlinkSync('Dockerfile', path.join(folder, 'app', 'link'));
	t.throws(() => hashFolder(folder), {message: /app\/link is not a plain file, so there is no way to know/});
});

test('a name with a line end is refused: two folders could look alike', t => {
	const folder = writeSound();
	mkdirSync(path.join(folder, 'a\nb'));
	writeFiles(folder, {'a\nb/c': ''});
	t.throws(() => hashFolder(folder), {message: /line break/});
});
