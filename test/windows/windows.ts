import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {build} from 'esbuild';
import {execa, execaSync} from 'execa';
import {builtProgram} from '../tools/built-program.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {deepTest} from '../tools/deep.js';
import type {CliResult} from '../tools/run-cli.js';

export type WindowsRun = {
	/** The script that Node runs; default: the built program. */
	program?: string;
	args: string[];
	/** Path of this system. Default: a new folder with a blank and an umlaut in its name. */
	cwd?: string;
	/** The user's folder, a path of this system. Default: a new one with a blank and an umlaut in its name. */
	home?: string;
	/** On top of what Windows and the user's folder set; `PATH` is that of Windows alone. */
	env?: Record<string, string>;
	stdin?: string;
};

const script = path.resolve('test/windows/wine');
const [state, node = ''] = execaSync(script, ['status']).stdout.split(/ (.*)/s);

/** The Node of Windows, a path of this system. */
export const nodeProgram = node;

/** The name that Windows has for a path of this system. */
export const windowsPath = (file: string): string => `Z:${path.resolve(file).replaceAll('/', '\\')}`;

/** A new folder whose path has a blank and an umlaut in it. */
export const awkwardFolder = (): string => {
	const folder = path.join(temporaryFolder(), 'Jürgen Groß');
	mkdirSync(folder);
	return folder;
};

/** The folders that are always on the `PATH` of Windows. */
export const systemPath = 'C:\\windows\\system32;C:\\windows';

/**
 * Runs programs of Node on Windows, one after the other in one start of Wine, and gives what each of them printed. The
 * lines end as they ended there.
 */
export const runOnWindows = async (runs: WindowsRun[]): Promise<CliResult[]> => {
	const folder = temporaryFolder();
	const fileOf = (name: string) => path.join(folder, name);
	const asked = runs.map(({program = builtProgram, args, cwd, home, env, stdin = ''}, index) => ({
		args: [windowsPath(program), ...args],
		cwd: windowsPath(cwd ?? awkwardFolder()),
		env: {...userVariables(home ?? awkwardFolder()), ...env},
		stdin,
		files: {
			stdin: windowsPath(fileOf(`${index}.in`)),
			stdout: windowsPath(fileOf(`${index}.out`)),
			stderr: windowsPath(fileOf(`${index}.err`)),
		},
	}));
	writeFileSync(fileOf('asked.json'), JSON.stringify(asked));
	const launcher = windowsPath('test/windows/children/launch.cjs');
	const words = [node, launcher, fileOf('asked.json'), fileOf('answered.json')];
	const line = words.map(word => (word.startsWith('/') ? windowsPath(word) : word)).join(' ');
	const {exitCode, timedOut} = await execa(
		'wine',
		['cmd', '/c', `${line} > ${windowsPath(fileOf('log'))} 2>&1`],
		{
			env: {
				PATH: process.env.PATH ?? '',
				HOME: folder,
				WINEPREFIX: path.resolve(node, '../../prefix'),
				WINEDEBUG: '-all',
				NODE_SKIP_PLATFORM_CHECK: '1',
				// Names of files are UTF-8 only where the locale says so.
				LC_ALL: 'C.UTF-8',
			},
			extendEnv: false,
			// A pipe would be held open for seconds by the services that Wine starts.
			stdio: 'ignore',
			reject: false,
			timeout: 180_000,
		},
	);
	try {
		const results: Array<{exitCode: number | null; error: string | null}> = JSON.parse(
			readFileSync(fileOf('answered.json'), 'utf8'),
		);
		return results.map(({exitCode, error}, index) => {
			if (exitCode === null) throw new Error(`It was not run to its end: ${error}`);
			const read = (stream: string) => readFileSync(fileOf(`${index}.${stream}`), 'utf8');
			return {exitCode, stdout: read('out'), stderr: read('err')};
		});
	} catch (error) {
		const log = existsSync(fileOf('log')) ? readFileSync(fileOf('log'), 'utf8') : '';
		const how = timedOut ? 'it took too long' : `exit code ${exitCode}`;
		throw new Error(`Nothing came back from Wine (${how}): ${log}`, {cause: error});
	}
};

const userVariables = (home: string): Record<string, string> => ({
	USERNAME: path.basename(home),
	USERPROFILE: windowsPath(home),
	APPDATA: windowsPath(path.join(home, 'AppData', 'Roaming')),
	LOCALAPPDATA: windowsPath(path.join(home, 'AppData', 'Local')),
	TEMP: windowsPath(home),
	// As Windows spells it.
	Path: systemPath,
});

/** Bundles a script that uses the sources, so that the Windows Node can run it; gives the script's path. */
export const bundleChild = async (name: string): Promise<string> => {
	const outfile = path.join(temporaryFolder(), `${name}.mjs`);
	await build({
		entryPoints: [`test/windows/children/${name}.ts`],
		outfile,
		bundle: true,
		platform: 'node',
		format: 'esm',
		banner: {
			js: "import {createRequire} from 'node:module'; const require = createRequire(import.meta.url);",
		},
		logLevel: 'error',
	});
	return outfile;
};

/**
 * Declares a test for `npm run test:deep` that needs Windows: Wine here. Where there is none it is skipped and says so;
 * `REQUIRE_WINE=1` makes that a failure.
 */
export const windowsTest = (title: string, body: (t: ExecutionContext) => Promise<void>): void => {
	if (state === 'up') {
		deepTest(title, body);
		return;
	}
	const missing = `${title} (Wine is missing: \`test/windows/wine up\`)`;
	if (process.env.REQUIRE_WINE === '1')
		test.serial(missing, t => t.fail('Wine is required but missing: run `test/windows/wine up`.'));
	else test.skip(missing, () => {});
};
