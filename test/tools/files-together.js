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

/** Whether an engine was up when ava started, which lists them once for all files. */
export const isEngineUp = () => /"up": true/.test(process.env.LISTED_ENGINES ?? '');

/** Snapshots belong to a file; the program is waited for, which other tests need not do; others say so. */
const needsOwnProcess =
	/\bt\.snapshot\(|openTerminal|runCli|windowsTest|browserTest|\/\/ In a process of its own: /;

const canShare = file => {
	const text = readFileSync(file, 'utf8');
	const isAboutEngines = text.includes("engine/engines.js'");
	if (isAboutEngines && isEngineUp()) return false;
	// Without an engine, tests of one only tell that it is down.
	const onlyTells = isAboutEngines && !/^import test\b/m.test(text);
	return onlyTells || !needsOwnProcess.test(text);
};

/** The files in this folder under `test/` that share a process, by their paths in it. */
export const filesTogether = folder =>
	readdirSync(path.join('test', folder), {recursive: true})
		.filter(file => file.endsWith('.test.ts') && canShare(path.join('test', folder, file)))
		.sort();

/** The folders whose files share a process. */
export const sharedFolders = () =>
	readdirSync('test').filter(name => existsSync(path.join('test', `${name}.test.ts`)));
