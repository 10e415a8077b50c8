import {rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {temporaryFolder} from '../tools/child-environment.js';
import {sampleOf} from '../tools/deep.js';
import {pathWithDocker} from '../tools/docker-cli.js';
import {runAsNobody} from '../tools/run-as-nobody.js';
import {runCli} from '../tools/run-cli.js';
import {runHere} from '../tools/run-here.js';
import {soundWorkshop} from '../tools/sound-workshop.js';
import {writeFiles} from '../tools/write-files.js';

const PATH = pathWithDocker();
const noEngine = {DOCKER_HOST: 'unix:///nowhere/docker.sock', ...(PATH && {PATH})};
/** What a missing engine is like can only be told where the CLI is not missing too. */
const withCli = PATH ? test.serial : test.serial.skip;

const fails = test.macro(
	async (
		t,
		args: string[],
		{exitCode, says, env = {}}: {exitCode: number; says: RegExp; env?: Record<string, string>},
	) => {
		const result = await runHere(args, {env: {...noEngine, ...env}});
		t.regex(result.stderr, says);
		t.is(result.exitCode, exitCode);
		t.is(result.stdout, '');
		t.false(result.stderr.includes('    at '), 'no stack');
	},
);

test.serial('a folder with a blank in its name can be copied out of what to do next', async t => {
	const cwd = temporaryFolder();
	writeFiles(path.join(cwd, 'my course'), soundWorkshop);
	const refused = await runHere(['run', '--workshop', './my course', '--yes'], {cwd});
	t.is(refused.exitCode, 2);
	t.regex(refused.stderr, /multistage-workshop list '\S*\/my course'`/);
	writeFiles(path.join(cwd, 'my course'), {'workshop.md': 'nothing\n'});
	const broken = await runHere(['run', '--workshop', './my course'], {cwd});
	t.regex(broken.stderr, /multistage-workshop lint '\S*\/my course'`/);
});
test.serial('an unknown flag', fails, ['--nonsense'], {
	exitCode: 2,
	says: /There is no option `--nonsense`\.\nNext: see `multistage-workshop --help`/,
});
test.serial('an unknown flag that says no', fails, ['run', '--no-such=1'], {
	exitCode: 2,
	says: /There is no option `--no-such`\./,
});
test.serial('an unknown letter', fails, ['-x'], {exitCode: 2, says: /There is no option `-x`\./});
for (const args of [
	['--dir'],
	['--dir='],
	['--no-dir'],
	['run', '--workshop'],
	['run', '--workshop', 'a', '--workshop'],
	['run', '--trust', '--yes'],
]) {
	test.serial(`no value: ${args.join(' ')}`, fails, args, {
		exitCode: 2,
		says: /`--\w+` needs a value, and has none\./,
	});
}
test.serial('a flag given twice', fails, ['run', '--dir', 'a', '--dir', 'b'], {
	exitCode: 2,
	says: /The flag --dir can only be set once\.\nNext: /,
});
test.serial('a switch with a value', fails, ['run', '--yes=perhaps'], {
	exitCode: 2,
	says: /`--yes` is a switch and takes no value, but it was given `perhaps`\./,
});
for (const [args, says] of [
	[['doctor', 'build-cache'], /`doctor` takes no names, and `build-cache` is one word too many\./],
	[['cleanup', 'build-cache'], /`cleanup` takes no names/],
	[['check', 'lab-port', 'lint-stage'], /`check` takes one name at a time, and `lint-stage` is one word too/],
	[['reset', 'read-simple', 'build-simple'], /`reset` takes one name at a time/],
	[
		['multi-stage', 'build-cache'],
		/Only one workshop is opened at a time, and `build-cache` is one word too/,
	],
] as const) {
	test.serial(`a word too many: ${args.join(' ')}`, fails, [...args], {exitCode: 2, says});
}
for (const [args, says] of [
	[
		['check', '--replay'],
		/`--replay` is for opening a workshop, `run`, `review`, `class join` and `class preview`, not for `check`\./,
	],
	[
		['cleanup', '--replay'],
		/`--replay` is for opening a workshop, `run`, `review`, `class join` and `class preview`, not for `cleanup`\./,
	],
	[
		['run', '--workshop', 'a', '--workshop', 'b'],
		/Only `pack` takes several workshops: `--workshop b` is one too many for `run`\./,
	],
	[['--no-network'], /`--no-network` is for `run`, not for opening a workshop\./],
	[['run', '--watch'], /`--watch` is for opening a workshop and `check`, not for `run`\./],
] as const) {
	test.serial(`a flag of another command: ${args.join(' ')}`, fails, [...args], {exitCode: 2, says});
}
test.serial('an unknown builder', fails, ['--builder', 'kaniko'], {
	exitCode: 2,
	says: /`--builder` is one of legacy, buildkit, not `kaniko`\./,
});
test.serial('an unknown workshop', fails, ['nosuch'], {
	exitCode: 2,
	says: /There is no workshop called `nosuch`; the available workshops are build-cache, build-mounts and multi-stage/,
});
const slips = [
	[['docter'], /no command or workshop called `docter`\. Did you mean `doctor`\?\nNext: see `.* --help`/],
	[['docter', '--engine'], /no command or workshop called `docter`\. Did you mean `doctor`\?/],
	[['rnu', 'buildkit'], /Did you mean `run`\?/],
	[['help'], /Did you mean `--help`\?/],
	[['mutli-stage'], /no workshop called `mutli-stage`; .* Did you mean `multi-stage`\?/],
	[['Build-Cache'], /does not exist\. Did you mean `build-cache`\?/],
	[['run', '--workshop', 'build-cash'], /Did you mean `build-cache`\?/],
	[['--watsh'], /There is no option `--watsh`\. Did you mean `--watch`\?/],
	[['run', '--no-netwrok'], /There is no option `--no-netwrok`\. Did you mean `--no-network`\?/],
	[['run', 'buildkti'], /Did you mean `buildkit`\?/],
	[['check', 'lab-prot'], /Did you mean `lab-port`\?/],
	[['reset', 'build-simpel'], /Did you mean `build-simple`\?/],
	[['--builder', 'legasy'], /Did you mean `legacy`\?/],
	[['--shell', 'power'], /Did you mean `powershell`\?/],
] as const;
for (const [args, says] of sampleOf(slips, 4)) {
	test.serial(`a slip of the finger: ${args.join(' ')}`, fails, [...args], {exitCode: 2, says});
}
test.serial('a folder that does not exist', fails, ['./nosuch'], {
	exitCode: 2,
	says: /The folder .*nosuch does not exist\./,
});
test.serial('a folder that is no workshop', fails, ['./'], {
	exitCode: 2,
	says: /is not a workshop: it has no workshop\.md/,
});
test.serial('a report that is neither Markdown nor HTML', fails, ['--report', 'r.txt'], {
	exitCode: 2,
	says: /`--report` is the name of a file that ends in \.md or \.html, not `r\.txt`\./,
});
test.serial('a report in a folder that is not there', fails, ['--report', 'nosuch/r.md'], {
	exitCode: 3,
	says: /The report can’t be written to nosuch\/r\.md: .*\nNext: name a file in a folder that exists/,
});
test.serial('a pack without a folder', fails, ['pack'], {
	exitCode: 2,
	says: /`pack` needs the folder to write the pack to\.\nNext: .*`multistage-workshop pack <folder>`/,
});
test.serial('a platform that is none', fails, ['pack', 'x', '--platform', 'amd64'], {
	exitCode: 2,
	says: /`--platform` is a list like linux\/amd64,linux\/arm64, not `amd64`\./,
});
test.serial('an unknown chapter', fails, ['run', 'nosuch'], {
	exitCode: 2,
	says: /There is no chapter called `nosuch`; the chapters are why, reference,/,
});
test.serial('an unknown challenge', fails, ['check', 'nosuch'], {
	exitCode: 2,
	says: /There is no challenge called `nosuch`; the available challenges are name-own-stage, /,
});
for (const args of [
	['--json'],
	['reset', '--yes', '--json'],
	['list', '--json', '--dir'],
	['doctor', 'x', '--json'],
]) {
	test.serial(`wrong usage as one document: ${args.join(' ')}`, async t => {
		const {stdout, exitCode} = await runHere(args, {env: noEngine});
		t.is(exitCode, 2);
		const {format, error} = JSON.parse(stdout);
		t.is(format, 1);
		t.deepEqual(Object.keys(error), ['kind', 'message', 'next']);
		t.is(error.kind, 'fixable');
	});
}
for (const args of [['--help'], ['run', '--help'], ['list', '--json', '--help']]) {
	test.serial(`the usage: ${args.join(' ')}`, async t => {
		const {stdout, exitCode} = await runCli(args);
		t.is(exitCode, 0);
		t.regex(stdout, /Usage\n +\$ multistage-workshop \[workshop\] /);
	});
}
withCli('no engine for a run', fails, ['run'], {exitCode: 3, says: /nowhere\/docker\.sock.*\nNext: /});
withCli('no engine for a check', fails, ['check'], {exitCode: 3, says: /nowhere\/docker\.sock/});
withCli('no engine for a clean-up', fails, ['cleanup', '--yes'], {
	exitCode: 3,
	says: /nowhere\/docker\.sock/,
});
test.serial('no docker CLI', fails, ['run'], {
	exitCode: 3,
	says: /The docker command is not on this machine’s `PATH`\./,
	env: {PATH: '/nowhere'},
});

withCli('an error is one JSON document where JSON is asked for', async t => {
	const {stdout, exitCode} = await runCli(['run', '--json'], {env: noEngine});
	t.is(exitCode, 3);
	const {format, error} = JSON.parse(stdout);
	t.is(format, 1);
	t.is(error.kind, 'fixable');
	t.regex(error.message, /nowhere/);
	t.is(typeof error.next, 'string');
});

test.serial('a broken chapter is named with file and line, and nothing runs', async t => {
	const folder = temporaryFolder();
	writeFileSync(
		path.join(folder, 'workshop.md'),
		'---\nformat: 1\nid: a\ntitle: A\nminutes: 1\nimages: []\ncontexts: []\n---\n',
	);
	writeFileSync(path.join(folder, '01-a.md'), '# A\n\n## B\n\n<!-- step\nid: b\nkind: dance\n-->\n');
	const {stderr, exitCode} = await runHere(['run', '--workshop', folder, '--yes'], {env: noEngine});
	t.is(exitCode, 2);
	t.regex(stderr, /01-a\.md:7:1 `kind` must be one of /);
});

test.serial('a workshop without one of its contexts is told, and nothing runs', async t => {
	const folder = temporaryFolder();
	writeFiles(folder, soundWorkshop);
	rmSync(path.join(folder, 'app'), {recursive: true});
	const {stderr, exitCode} = await runHere(['run', '--workshop', folder, '--yes'], {env: noEngine});
	t.is(exitCode, 2);
	t.regex(stderr, /has no folder app, which its workshop\.md names\.\nNext: .*lint/);
});

withCli('doctor without an engine exits 3 and says what to start', async t => {
	const {stdout, exitCode} = await runHere(['doctor', '--json'], {env: noEngine});
	t.is(exitCode, 3);
	const {passed, findings} = JSON.parse(stdout);
	t.false(passed);
	t.like(
		findings.find((finding: {id: string}) => finding.id === 'engine'),
		{verdict: 'failed'},
	);
});

const asNobody = PATH && process.getuid?.() === 0 ? test.serial : test.serial.skip;
asNobody('no permission for the engine is told as such', async t => {
	const {stderr, exitCode} = await runAsNobody(t, ['run'], noEngine);
	t.is(exitCode, 3);
	t.regex(stderr, /permission|not allowed|may not/i);
});
