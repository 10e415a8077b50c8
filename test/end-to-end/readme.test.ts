import {existsSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {execa} from 'execa';
import {engineTests} from '../engine/engines.js';
import {childEnvironment, temporaryFolder} from '../tools/child-environment.js';
import {commandsOf} from '../tools/commands-of.js';
import {deepTest} from '../tools/deep.js';
import {openTerminal} from '../tools/terminal.js';

const page = 'readme.md';
const program = 'multistage-workshop';

/** Commands that other tests run, by the file that does. */
const elsewhere: Record<string, string> = {
	'npm install && npm start': 'contributing.test.ts',
	'npm start -- …': 'contributing.test.ts',
	'npm install && npm test': '../../.ci/run',
	'npm test': '../../.ci/run',
	'multistage-workshop pack ./pack --platform linux/amd64,linux/arm64': 'pack-platforms.test.ts',
	'multistage-workshop pack <folder> --platform <yours>': 'pack-platforms.test.ts',
	'multistage-workshop run --pack ./pack --no-network --yes': 'offline.test.ts',
	'multistage-workshop <folder> --watch': 'watch.test.ts',
	'multistage-workshop class join <address> <code>': '../commands/class-commands.test.ts',
	'multistage-workshop explain [context]': '../commands/explain.test.ts',
	'multistage-workshop hand-in [file]': '../commands/hand-in.test.ts',
	'multistage-workshop class collect <folder…>': '../commands/class-collect.test.ts',
	'multistage-workshop class verify <file…>': 'class-verify.test.ts',
	...Object.fromEntries(
		['npx ', ''].flatMap(start =>
			['--measure', '--measure --report explained.html', '--write'].map(flags => [
				`${start}multistage-workshop explain ${flags}`,
				'../explain/measure-live.test.ts',
			]),
		),
	),
	...Object.fromEntries(
		[
			'npx multistage-workshop build',
			'npx multistage-workshop build -t my-app .',
			'npx multistage-workshop build docker buildx bake',
			'multistage-workshop build …',
		].map(command => [command, 'own-build.test.ts']),
	),
};

/** Commands that open a terminal's screen, with what stands on it. */
const opening: Record<string, string> = {
	'npx multistage-workshop': 'Multi-stage builds',
	'npx --prefer-offline multistage-workshop': 'Multi-stage builds',
	'npx multistage-workshop build-cache': 'The build cache',
	'npx multistage-workshop build-mounts': 'Build mounts, secrets and small images',
	'multistage-workshop --replay': 'RECORDED',
};

type Row = {args: string; exitCode: number; input?: string};

/** Commands that need no engine, as they are run here. */
const plain: Record<string, Row> = {
	'npx multistage-workshop …': {args: 'list', exitCode: 0},
	'npx multistage-workshop --plain': {args: '--plain --replay', exitCode: 0, input: '1\nquit\n'},
	'npx multistage-workshop doctor': {args: 'doctor', exitCode: 3},
	'multistage-workshop --help': {args: '--help', exitCode: 0},
	'multistage-workshop list': {args: 'list', exitCode: 0},
	'multistage-workshop list <folder>': {args: `list ${path.resolve('workshops/multi-stage')}`, exitCode: 0},
	'multistage-workshop lint [folder]': {args: 'lint', exitCode: 0},
	'multistage-workshop lint <folder>': {
		args: `lint ${path.resolve('workshops/multi-stage')}`,
		exitCode: 0,
	},
	'multistage-workshop new <folder>': {args: 'new ./course', exitCode: 0},
	'multistage-workshop class preview': {args: 'class preview --replay', exitCode: 0},
	'multistage-workshop class leave': {args: 'class leave', exitCode: 0},
	'multistage-workshop review': {args: 'review', exitCode: 0},
	'npx multistage-workshop review': {args: 'review --replay', exitCode: 0},
	'multistage-workshop reset': {args: 'reset --yes', exitCode: 0},
	'multistage-workshop reset [step]': {args: 'reset build-simple --yes', exitCode: 0},
};

/** Commands that need an engine, in this order. */
const onEngine: Record<string, Row> = {
	'multistage-workshop doctor': {args: 'doctor', exitCode: 0},
	'multistage-workshop run': {args: 'run reference --yes', exitCode: 0},
	'multistage-workshop run [chapter…]': {args: 'run multi-stage-dockerfiles --yes', exitCode: 0},
	'multistage-workshop check': {args: 'check', exitCode: 1},
	'multistage-workshop pack <folder>': {args: 'pack ./first', exitCode: 0},
	'multistage-workshop pack ./pack': {args: 'pack ./pack', exitCode: 0},
	'multistage-workshop class open ./pack': {
		args: 'class open ./pack --address 127.0.0.1 --port 0 --plain',
		exitCode: 0,
		input: 'end\n',
	},
	'multistage-workshop class open <pack>': {
		args: 'class open ./first --address 127.0.0.1 --port 0 --plain',
		exitCode: 0,
		input: 'end\n',
	},
	'multistage-workshop doctor --pack <folder>': {args: 'doctor --pack ./pack', exitCode: 0},
	'multistage-workshop cleanup': {args: 'cleanup --yes', exitCode: 0},
};

test.serial('every command of the readme is run by a test', t => {
	const commands = commandsOf(page, /^(?:npx .*)?multistage-workshop(?: |$)|^npm /);
	t.deepEqual(
		commands.filter(command => ![elsewhere, opening, plain, onEngine].some(table => command in table)),
		[],
	);
	for (const file of Object.values(elsewhere)) t.true(existsSync(path.join('test/end-to-end', file)), file);
});

/** The program as npm installs it from the tarball that would be published: what `npx` in its folder runs. */
const install = async (): Promise<{bin: string; home: string}> => {
	const home = temporaryFolder();
	const options = {env: childEnvironment(home), extendEnv: false};
	const {stdout} = await execa('npm', ['pack', '--ignore-scripts', '--pack-destination', home], options);
	const tarball = path.join(home, stdout.trim());
	await execa('npm', ['install', '--prefix', home, tarball], options);
	return {bin: path.join(home, 'node_modules', '.bin'), home};
};

/** `multistage-workshop` alone is found as well. */
const environment = (bin: string, env: Record<string, string>) => ({
	...env,
	PATH: `${bin}${path.delimiter}${env.PATH ?? process.env.PATH}`,
});

const runs = async (
	{args, exitCode, input = ''}: Row,
	bin: string,
	home: string,
	env: Record<string, string>,
) => {
	const result = await execa(program, args.split(' '), {
		cwd: home,
		env: environment(bin, {...childEnvironment(home), ...env}),
		extendEnv: false,
		input,
		reject: false,
		all: true,
	});
	return result.exitCode === exitCode ? null : `${args}: exit ${result.exitCode}\n${result.all}`;
};

deepTest('what needs no engine works as the readme says, from the package alone', async t => {
	const {bin, home} = await install();
	const env = {DOCKER_HOST: 'tcp://127.0.0.1:1'};
	for (const [command, row] of Object.entries(plain)) t.is(await runs(row, bin, home, env), null, command);
	for (const [command, sign] of Object.entries(opening)) {
		const terminal = openTerminal({
			around: command,
			env: environment(bin, env),
			home,
			cwd: home,
		});
		await terminal.waitFor(sign, 60_000);
		terminal.press('q');
		t.is((await terminal.exited).exitCode, 0, command);
	}
});

engineTests((engineTest, name) => {
	if (name !== '26') return;
	engineTest('what needs an engine works as the readme says, from the package alone', async (t, {env}) => {
		const {bin, home} = await install();
		for (const [command, row] of Object.entries(onEngine))
			t.is(await runs(row, bin, home, env), null, command);
	});
});
