import {readdirSync, readFileSync, statSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {execa} from 'execa';
import {writeTarball} from '../../source/pack/program-parts.js';
import {childEnvironment, temporaryFolder} from '../tools/child-environment.js';
import {deepTest} from '../tools/deep.js';

/** Begins a command that finds no network: as root, or as whoever may make a namespace of users. */
const withoutNetwork =
	process.getuid?.() === 0 ? ['unshare', '--net'] : ['unshare', '--net', '--map-root-user'];
const canDoWithout =
	(await execa('sh', ['-c', '"$@"', 'sh', ...withoutNetwork, 'true'], {reject: false})).exitCode === 0;

/** As `npm pack` makes it, without a build: the tests beside this one use what is built. */
const packWithNpm = async (folder: string): Promise<string> => {
	const {stdout} = await execa('npm', ['pack', '--ignore-scripts', '--pack-destination', folder]);
	return path.join(folder, stdout.trim());
};

/** As it is put into a pack. */
const packAlone = async (folder: string): Promise<string> => {
	const file = path.join(folder, 'alone.tgz');
	await writeTarball(path.resolve('.'), file, new AbortController().signal);
	return file;
};

const installs = test.macro(async (t, make: (folder: string) => Promise<string>) => {
	const home = temporaryFolder();
	const tarball = await make(temporaryFolder());
	const prefix = path.join(home, 'prefix');
	// The home is empty, and npm's cache below it with it.
	const options = {env: childEnvironment(home), extendEnv: false, cwd: home, timeout: 120_000, reject: false};
	const [program = '', ...begin] = withoutNetwork;
	const install = ['npm', 'install', '--global', '--prefix', prefix, tarball];
	const {exitCode, all} = await execa(program, [...begin, ...install], {...options, all: true});
	t.is(exitCode, 0, all);

	const installed = path.join(prefix, 'lib', 'node_modules', 'multistage-workshop');
	const {dependencies = {}, optionalDependencies = {}} = JSON.parse(
		readFileSync(path.join(installed, 'package.json'), 'utf8'),
	);
	t.deepEqual({...dependencies, ...optionalDependencies}, {});
	const files = readdirSync(installed, {recursive: true}).map(file => path.join(installed, String(file)));
	t.false(files.some(file => file.includes('node_modules', installed.length)));
	const bytes = files
		.map(file => statSync(file))
		.reduce((sum, one) => sum + (one.isFile() ? one.size : 0), 0);
	t.true(bytes < 4e6, `${bytes} bytes unpacked`);
	t.true(statSync(tarball).size < 1e6, `${statSync(tarball).size} bytes packed`);

	const own = path.join(prefix, 'bin', 'multistage-workshop');
	const replay = await execa(program, [...begin, own, 'run', '--replay', '--json'], options);
	t.is(replay.exitCode, 0, replay.stderr);
	t.true(JSON.parse(replay.stdout).passed);
});

const offline = canDoWithout ? test.serial : test.serial.skip;
offline('what npm packs is installed with an empty cache and no network', installs, packWithNpm);
const offlineDeep = canDoWithout ? deepTest : test.serial.skip;
offlineDeep('the tarball of a pack is installed with an empty cache and no network', installs, packAlone);
