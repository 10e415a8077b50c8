// Which test files share a process. To start one takes longer than most files need for their tests: so a folder with a
// test file of its name beside it, as `checks/` with `checks.test.ts`, is run by that file.
import {execFileSync} from 'node:child_process';
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';

/** One document a line for each engine that there is, up or not; none where the scripts can't run. */
export const listAllEngines = () =>
	process.platform === 'linux'
		? ['engine', 'podman'].flatMap(script =>
				execFileSync(path.resolve('test/engine', script), ['list'], {encoding: 'utf8'}).trim().split('\n'),
			)
		: [];

/** What a file imports that has something for this part. */
const marks = {deep: /\/(?:deep|browser|windows)\.js'/, engines: /\/(?:engines|on-podman)\.js'/};

/** The test files, by their paths, that have what `npm test` leaves out: `deep` without engines, or `engines`. */
export const filesOfPart = part =>
	readdirSync('test', {recursive: true})
		.filter(
			file => file.endsWith('.test.ts') && marks[part].test(readFileSync(path.join('test', file), 'utf8')),
		)
		.map(file => `test/${file}`);

/** Whether an engine was up when ava started, which lists them once for all files. */
export const isEngineUp = () => /"up": true/.test(process.env.LISTED_ENGINES ?? '');

/** Snapshots belong to a file; others say it. */
const needsOwnProcess = /\bt\.snapshot\(|windowsTest|browserTest|\/\/ In a process of its own: /;

/** The program is waited for, which other tests need not do. */
const runsProgram = /openTerminal|runCli/;

const canShare = (folder, file) => {
	const text = readFileSync(path.join('test', folder, file), 'utf8');
	const isAboutEngines = marks.engines.test(text);
	if (isAboutEngines && isEngineUp()) return false;
	// Without an engine, tests of one only tell that it is down.
	if (isAboutEngines && !/^import test\b/m.test(text)) return true;
	// Those that only run the program wait for nobody else. With everything in them they take too long for that.
	const canWait = folder === 'end-to-end' && process.env.TEST_DEEP !== '1';
	return !needsOwnProcess.test(text) && (canWait || !runsProgram.test(text));
};

/** Of a folder that has several shared processes: `end-to-end-2.test.ts`. */
const partName = /^(.+?)(?:-(\d+))?\.test\.ts$/;

const readParts = () =>
	readdirSync('test').flatMap(file => {
		const [, folder, part = '1'] = partName.exec(file) ?? [];
		return folder && existsSync(path.join('test', folder)) ? [{file, folder, part: Number(part)}] : [];
	});

/** The files in this folder under `test/` that share a process, by their paths in it; only those of one such part. */
export const filesTogether = (folder, part) => {
	const parts = readParts().filter(one => one.folder === folder).length;
	return readdirSync(path.join('test', folder), {recursive: true})
		.filter(file => file.endsWith('.test.ts') && canShare(folder, file))
		.sort()
		.filter((_, index) => part === undefined || index % parts === part - 1);
};

/** The test files that run others in their process. */
export const sharedProcesses = () => readParts().map(({file}) => file);

/** The folders whose files share a process. */
export const sharedFolders = () => [...new Set(readParts().map(({folder}) => folder))];
