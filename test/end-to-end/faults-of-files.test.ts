import {chmodSync, chownSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import test from 'ava';
import {temporaryFolder} from '../tools/child-environment.js';
import {sampleOf} from '../tools/deep.js';
import {byQ, hasLeft, openToLeave} from '../tools/leave.js';
import {readOnlyFolder} from '../tools/own-disk.js';
import {keys} from '../tools/terminal.js';
import {progressPath, writeProgress} from '../tools/write-progress.js';

/** Somebody who owns nothing here. */
const nobody = 65_534;

/** What is wrong with the files before the program starts, and what it says. */
type Fault = {
	name: string;
	/** Returns what the program is run through. */
	arrange(file: string, home: string): string[];
	says: RegExp;
	/** It can keep what is done from then on. */
	goesOn?: true;
};

const ownFolders = (file: string, home: string) => {
	for (let folder = path.dirname(file); folder.startsWith(home); folder = path.dirname(folder)) {
		chownSync(folder, nobody, nobody);
	}
};

/** Other users, and disks of one's own, take root. */
const asRoot = process.getuid?.() === 0 ? test.serial : test.serial.skip;

const asNobody = ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups'];

const faults: Fault[] = [
	{
		name: 'a folder in the place of the progress',
		arrange(file) {
			renameSync(file, `${file}.other`);
			mkdirSync(file);
			return [];
		},
		says: /The saved progress can’t be read \(a folder is in the place of a file\): it is kept as .*, and the workshop starts from the beginning\./,
		goesOn: true,
	},
	{
		name: 'a progress file that is somebody else’s',
		arrange(file, home) {
			ownFolders(file, home);
			chmodSync(file, 0o600);
			return asNobody;
		},
		says: /The saved progress can’t be read \(permission denied \(.*\)\): it is kept as .*, and the workshop starts from the beginning\./,
		goesOn: true,
	},
	{
		name: 'a progress folder that is somebody else’s',
		arrange(file) {
			chmodSync(path.dirname(file), 0o700);
			return asNobody;
		},
		says: /Progress can’t be saved: permission denied \(/,
	},
	{
		name: 'a file in the place of the state folder',
		arrange(file) {
			const state = path.dirname(path.dirname(file));
			renameSync(state, `${state}.other`);
			writeFileSync(state, '');
			return [];
		},
		says: /Progress can’t be saved: a file is in the place of a folder \(/,
	},
	{
		name: 'a folder in the place of the lock',
		arrange(file) {
			mkdirSync(`${file}.lock`);
			return [];
		},
		says: /Progress can’t be saved: a folder is in the place of a file\./,
	},
	{
		name: 'a disk that may only be read',
		arrange: (_, home) => readOnlyFolder(home),
		says: /Progress can’t be saved: the disk is read-only \(/,
	},
];

const words = (rows: string[]): string => rows.join(' ').replaceAll(/\s+/g, ' ');

/** What stands in all files of a home. */
const textsIn = (home: string): string[] =>
	readdirSync(home, {recursive: true, withFileTypes: true})
		.filter(entry => entry.isFile())
		.map(entry => readFileSync(path.join(entry.parentPath, entry.name), 'utf8'));

for (const {name, arrange, says, goesOn} of sampleOf(faults, 3)) {
	asRoot(`${name} is told in a sentence, and the workshop goes on`, async t => {
		const home = temporaryFolder();
		writeProgress(home, 'read-simple', ['read-reference']);
		const before = readFileSync(progressPath(home), 'utf8');
		const through = arrange(progressPath(home), home);
		const cwd = temporaryFolder();
		// Whoever runs it may have a lab folder.
		chmodSync(cwd, 0o777);
		const terminal = openToLeave({args: ['--replay'], home, cwd, through});
		await terminal.waitUntil(shown => says.test(words(shown)), String(says));
		terminal.press(keys.enter);
		await terminal.waitFor('enter play');
		terminal.press(keys.right);
		await terminal.waitFor('Build it in two stages');
		await byQ.leave(terminal, false);
		const rows = await hasLeft(t, terminal, byQ);
		t.is(rows.length, 2, rows.join('\n'));
		t.regex(
			rows[1] ?? '',
			goesOn ? /^Next time you continue at “/ : /^Nothing from this session was kept\.$/,
		);
		t.true(textsIn(home).includes(before));
	});
}
