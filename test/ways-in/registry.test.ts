import {readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {execa} from 'execa';
import {atExit} from '../tools/at-exit.js';
import {childEnvironment, temporaryFolder} from '../tools/child-environment.js';
import {deepTest} from '../tools/deep.js';
import {findRegistryPackages, type NpmRegistry, startNpmRegistry} from './npm-registry.js';

const packages = findRegistryPackages();
const {version} = JSON.parse(readFileSync('package.json', 'utf8')) as {version: string};

/** Versions of npm, each with a Node that it works on. */
const npms = [
	{name: 'npm 10', folder: 'npm10', node: 'node'},
	{name: 'npm 11', folder: 'npm11', node: 'node'},
	{name: 'npm 12', folder: 'npm12', node: path.join('node', 'bin', 'node')},
];

/** A learner's home, in which npm asks this registry and no other. */
const homeFor = ({url}: NpmRegistry, more = ''): string => {
	const home = temporaryFolder();
	writeFileSync(path.join(home, '.npmrc'), `registry=${url}\nupdate-notifier=false\n${more}`);
	return home;
};

const publish = async (registry: NpmRegistry): Promise<void> => {
	const token = `//${new URL(registry.url).host}/:_authToken=${registry.token}\n`;
	const env = childEnvironment(homeFor(registry, token));
	const folder = temporaryFolder();
	// `npm publish` of a folder would build it, and other tests use what is built.
	const {stdout} = await execa('npm', ['pack', '--ignore-scripts', '--pack-destination', folder]);
	const tarball = path.join(folder, stdout.trim());
	await execa('npm', ['publish', '--ignore-scripts', tarball], {env, extendEnv: false, cwd: folder});
};

const tryWaysIn = async (t: ExecutionContext, from: string): Promise<void> => {
	const registry = await startNpmRegistry(from);
	atExit(() => void registry.stop());
	await publish(registry);
	const learners = npms.map(npm => ({...npm, home: homeFor(registry)}));
	const run = ({folder, node, home}: (typeof learners)[number], program: 'npm' | 'npx', ...words: string[]) =>
		execa(
			node === 'node' ? node : path.join(from, node),
			[path.join(from, folder, 'bin', `${program}-cli.js`), ...words],
			{env: childEnvironment(home), extendEnv: false, cwd: home, reject: false, stdin: 'ignore'},
		);
	for (const learner of learners) {
		for (const words of [['--yes'], []]) {
			const {stdout, stderr, exitCode} = await run(
				learner,
				'npx',
				...words,
				'multistage-workshop',
				'--version',
			);
			t.is(exitCode, 0, `${learner.name}: ${stderr}`);
			t.is(stdout.split('\n').at(-1), version, learner.name);
		}
		const prefix = path.join(learner.home, 'prefix');
		const installed = await run(
			learner,
			'npm',
			'install',
			'--global',
			'--prefix',
			prefix,
			'multistage-workshop',
		);
		t.is(installed.exitCode, 0, `${learner.name}: ${installed.stderr}`);
	}
	await registry.stop();
	for (const learner of learners) {
		const {stdout, stderr, exitCode} = await run(
			learner,
			...(['npx', '--prefer-offline', 'multistage-workshop', 'run', '--replay', '--json'] as const),
		);
		t.is(exitCode, 0, `${learner.name}: ${stderr}`);
		t.true(JSON.parse(stdout.slice(stdout.indexOf('{'))).passed, learner.name);
		const own = path.join(learner.home, 'prefix', 'bin', 'multistage-workshop');
		const globally = await execa(own, ['--version'], {env: childEnvironment(learner.home), extendEnv: false});
		t.is(globally.stdout, version, learner.name);
	}
};

const title = 'npx and npm get the program from a registry, and start it again without one';
if (packages !== null) deepTest(title, t => tryWaysIn(t, packages));
else if (process.env.REQUIRE_NPM_REGISTRY) test(title, t => t.fail('Run `test/ways-in/get-registry`.'));
else test.skip(`${title} (Verdaccio is missing: \`test/ways-in/get-registry\`)`, () => {});
