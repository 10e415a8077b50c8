// Decides which test files share a process, as starting one takes longer than the tests of most files: a folder with a
// test file of its name beside it, e.g. `checks/` and `checks.test.ts`, is run by that file.
import {execFileSync} from 'node:child_process';
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';

/** One JSON document per line for each engine, up or down; empty if the scripts can't run. */
export const listAllEngines = () =>
	process.platform === 'linux'
		? ['engine', 'podman'].flatMap(script =>
				execFileSync(path.resolve('test/engine', script), ['list'], {encoding: 'utf8'}).trim().split('\n'),
			)
		: [];

/** The imports of files with tests for a part. */
const marks = {deep: /\/(?:deep|browser|windows)\.js'/, engines: /\/(?:engines|on-podman)\.js'/};

/** The paths of test files with tests that `npm test` skips: `deep`, without engines, or `engines`. */
export const filesOfPart = part =>
	readdirSync('test', {recursive: true})
		.filter(
			file => file.endsWith('.test.ts') && marks[part].test(readFileSync(path.join('test', file), 'utf8')),
		)
		.map(file => `test/${file}`);

/** Whether an engine was up when ava listed them, once for all files. */
export const isEngineUp = () => /"up": true/.test(process.env.LISTED_ENGINES ?? '');

/** Files with snapshots, and those that say so in a comment. */
const needsOwnProcess = /\bt\.snapshot\(|windowsTest|browserTest|\/\/ In a process of its own: /;

/** Tests that run the program wait for it, which would delay others. */
const runsProgram = /openTerminal|runCli/;

const canShare = (folder, file) => {
	const text = readFileSync(path.join('test', folder, file), 'utf8');
	const isAboutEngines = marks.engines.test(text);
	if (isAboutEngines && isEngineUp()) return false;
	// Without an engine, these tests only report that it is down.
	if (isAboutEngines && !/^import test\b/m.test(text)) return true;
	// End-to-end tests all wait for the program. With deep tests they would take too long together.
	const canWait = folder === 'end-to-end' && process.env.TEST_DEEP !== '1';
	return !needsOwnProcess.test(text) && (canWait || !runsProgram.test(text));
};

/** Folders can have several shared processes: `end-to-end-2.test.ts`. */
const partName = /^(.+?)(?:-(\d+))?\.test\.ts$/;

const readParts = () =>
	readdirSync('test').flatMap(file => {
		const [, folder, part = '1'] = partName.exec(file) ?? [];
		return folder && existsSync(path.join('test', folder)) ? [{file, folder, part: Number(part)}] : [];
	});

/** The files in a folder of `test/` that share a process, or one part of them, as paths in it. */
export const filesTogether = (folder, part) => {
	const parts = readParts().filter(one => one.folder === folder).length;
	return readdirSync(path.join('test', folder), {recursive: true})
		.filter(file => file.endsWith('.test.ts') && canShare(folder, file))
		.sort()
		.filter((_, index) => part === undefined || index % parts === part - 1);
};

/** The test files that run other files in their process. */
export const sharedProcesses = () => readParts().map(({file}) => file);

/** The folders whose files share a process. */
export const sharedFolders = () => [...new Set(readParts().map(({folder}) => folder))];
