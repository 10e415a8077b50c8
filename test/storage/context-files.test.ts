import {chmodSync, mkdirSync, symlinkSync, utimesSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {readIgnoreRules} from '../../source/explain/ignore-patterns.js';
import {hashContextFiles, readContextFiles} from '../../source/storage/context-files.js';
import {sha256} from '../../source/storage/hashes.js';
import {UserError} from '../../source/text/user-error.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {writeFiles} from '../tools/write-files.js';

const createContext = (files: Record<string, string>): string => {
	const folder = temporaryFolder();
	writeFiles(folder, files);
	return folder;
};

const pathsOf = (folder: string, rules: string): string[] =>
	readContextFiles(folder, readIgnoreRules(rules)).entries.map(entry => entry.path);

test('files, folders and links are read, each folder before what is in it', t => {
	const folder = createContext({'b/c.txt': 'four', a: '', 'b.txt': 'x'});
	symlinkSync('../a', path.join(folder, 'b', 'link'));
	mkdirSync(path.join(folder, 'empty'));
	chmodSync(path.join(folder, 'a'), 0o4755);
	const {entries} = readContextFiles(folder, readIgnoreRules(''));
	t.deepEqual(
		entries.map(({path: file, kind, bytes, target}) => [file, kind, bytes, target]),
		[
			['a', 'file', 0, ''],
			['b', 'folder', 0, ''],
			['b/c.txt', 'file', 4, ''],
			['b/link', 'link', 0, '../a'],
			['b.txt', 'file', 1, ''],
			['empty', 'folder', 0, ''],
		],
	);
	t.is(entries[0]?.mode, 0o4755);
});

test('what is ignored is counted, and ignored folders are not entered', t => {
	const folder = createContext({'x.log': '12', 'd/y.log': '3', 'modules/deep/z': '', 'd/kept': ''});
	chmodSync(path.join(folder, 'modules'), 0);
	const {entries, ignored} = readContextFiles(folder, readIgnoreRules('modules\n**/*.log'));
	t.deepEqual(
		entries.map(entry => entry.path),
		['d', 'd/kept'],
	);
	t.deepEqual(ignored, {folders: 1, folderPaths: ['modules'], files: 2, bytes: 3});
});

test('an ignored folder is kept if something in it is not ignored', t => {
	const folder = createContext({'d/a.go': '', 'd/b': '', 'e/b': ''});
	t.deepEqual(pathsOf(folder, '*\n!*/*.go'), ['d', 'd/a.go']);
});

test('a file that was just written has no stamp, as the next change may not show', t => {
	const folder = createContext({old: 'x', new: 'x'});
	utimesSync(path.join(folder, 'old'), 1_700_000_000, 1_700_000_000);
	const stamps = () =>
		new Map(
			readContextFiles(folder, readIgnoreRules('')).entries.map(({path: file, stamp}) => [file, stamp]),
		);
	const before = stamps();
	t.is(before.get('new'), '');
	t.regex(before.get('old') ?? '', /^\d+ 1700000000000 1$/);
	utimesSync(path.join(folder, 'old'), 1_700_000_001, 1_700_000_001);
	t.not(stamps().get('old'), before.get('old'));
});

test('files of any size are hashed', async t => {
	const folder = createContext({});
	const sizes = [0, 1, 131_071, 131_072, 131_073, 500_000];
	for (const size of sizes) writeFileSync(path.join(folder, String(size)), Buffer.alloc(size, size % 251));
	const hashes = await hashContextFiles(
		folder,
		sizes.map(bytes => ({path: String(bytes), bytes})),
	);
	for (const size of sizes) {
		const hash = Buffer.from(hashes.get(String(size)) ?? '', 'base64url').toString('hex');
		t.is(hash, sha256(Buffer.alloc(size, size % 251)), String(size));
	}
});

test('a file that can’t be read is named', async t => {
	const folder = createContext({});
	const error = await t.throwsAsync(hashContextFiles(folder, [{path: 'gone', bytes: 1}]), {
		instanceOf: UserError,
	});
	t.regex(error.message, /gone can’t be read, and a build would fail on it/);
});
