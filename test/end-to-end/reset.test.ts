import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {createLabFolder} from '../../source/storage/lab-folder.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {writeDoingWorkshop} from '../tools/doing-workshop.js';
import {writePatchingWorkshop} from '../tools/patching-workshop.js';
import {runCli} from '../tools/run-cli.js';
import {runHere} from '../tools/run-here.js';
import {writeFiles} from '../tools/write-files.js';
import {progressPath, writeProgress} from '../tools/write-progress.js';

/** A lab folder in which the learner has changed a Dockerfile of each context. */
const changedLab = (t: ExecutionContext) => {
	const cwd = temporaryFolder();
	const inLab = (file: string) => path.join(cwd, 'multi-stage', file);
	for (const context of ['simple', 'parallel', 'whoami']) {
		mkdirSync(inLab(context), {recursive: true});
		writeFileSync(inLab(`${context}/Dockerfile`), `FROM ${context}\n`);
	}
	const reset = async (...args: string[]) => runHere(['reset', ...args], {cwd});
	const isMine = (context: string) => existsSync(inLab(`${context}/Dockerfile.mine`));
	const restored = (expected: string[]) => {
		for (const context of ['simple', 'parallel', 'whoami']) {
			const isExpected = expected.includes(context);
			t.is(isMine(context), isExpected, context);
			t.is(readFileSync(inLab(`${context}/Dockerfile`), 'utf8') !== `FROM ${context}\n`, isExpected, context);
		}
	};
	return {reset, restored};
};

const restores = test.macro({
	async exec(t, args: string[], contexts: string[]) {
		const {reset, restored} = changedLab(t);
		const {exitCode, stdout} = await reset(...args, '--yes');
		t.is(exitCode, 0);
		t.regex(stdout, /Forgotten: /);
		restored(contexts);
	},
	title: (_, args: string[], contexts: string[]) =>
		`\`reset ${args.join(' ')}\` restores the files in ${contexts.join(', ')}`,
});

test.serial(restores, [], ['simple', 'parallel', 'whoami']);
test.serial(restores, ['build-simple'], ['simple']);
test.serial(restores, ['run-simple-test'], ['simple']);
test.serial(restores, ['read-simple'], ['simple']);
test.serial(restores, ['compare-sizes'], ['whoami']);
test.serial(restores, ['curl-whoami'], ['whoami']);
test.serial(restores, ['build-parallel-legacy'], ['parallel']);
test.serial(restores, ['read-reference'], ['whoami']);

test.serial('where nobody can be asked, reset changes nothing and says what to give it', async t => {
	const {reset, restored} = changedLab(t);
	const {exitCode, stderr} = await reset('build-simple');
	t.is(exitCode, 2);
	t.regex(stderr, /no terminal to ask on[\s\S]*reset --yes/);
	restored([]);
});

test.serial('a file that a solution put into the lab folder is said to be removed, not restored', async t => {
	const [cwd, home] = [temporaryFolder(), temporaryFolder()];
	const file = 'careful/.dockerignore';
	createLabFolder(path.join(cwd, 'build-cache'), {
		shipped: 'workshops/build-cache',
		contexts: ['careful'],
		stateFolder: path.join(home, '.local/state/multistage-workshop'),
	}).applyOverlay('solutions/ignore-notes');
	const {stdout} = await runCli(['reset', '--workshop', 'build-cache', '--yes'], {cwd, home});
	t.regex(stdout, /^Removed: careful\/\.dockerignore\.$/m);
	t.notRegex(stdout, /Restored: careful\/\.dockerignore/);
	t.false(existsSync(path.join(cwd, 'build-cache', file)));
});

for (const [args, left] of [
	[['build-simple-buildkit'], {'build-simple': ['base']}],
	[[], {}],
] as const) {
	test.serial(`what was predicted is forgotten by \`reset ${args.join(' ')}\``, async t => {
		const home = temporaryFolder();
		writeProgress(home, 'read-reference', []);
		const file = progressPath(home);
		const predictions = {'build-simple': ['base'], 'build-simple-buildkit': ['test']};
		writeFileSync(file, JSON.stringify({...JSON.parse(readFileSync(file, 'utf8')), predictions}));
		const {exitCode} = await runHere(['reset', ...args, '--yes'], {home});
		t.is(exitCode, 0);
		t.deepEqual(JSON.parse(readFileSync(file, 'utf8')).predictions, left);
	});
}

test.serial('a repair that is reset is broken again, and what was mended is kept', async t => {
	const cwd = temporaryFolder();
	const workshop = writeDoingWorkshop();
	const lab = path.join(cwd, 'doing', 'app');
	writeFiles(lab, {Dockerfile: 'FROM mine\n'});
	const {exitCode, stdout} = await runHere(['reset', 'mend', '--workshop', workshop, '--yes'], {cwd});
	t.is(exitCode, 0, stdout);
	t.regex(readFileSync(path.join(lab, 'Dockerfile'), 'utf8'), /--from=other/);
	t.is(readFileSync(path.join(lab, 'Dockerfile.mine'), 'utf8'), 'FROM mine\n');
	t.is(readFileSync(path.join(lab, 'extra.txt'), 'utf8'), 'extra\n');
});

test.serial('a repair that has not begun can’t be checked: what nobody has broken would pass', async t => {
	const {exitCode, stderr} = await runHere(['check', 'mend', '--workshop', writeDoingWorkshop()], {
		cwd: temporaryFolder(),
	});
	t.is(exitCode, 2);
	t.regex(stderr, /“Mend the file” has not begun/);
});

test.serial('a step is reset to what the patches before it have made', async t => {
	const [cwd, home, folder] = [temporaryFolder(), temporaryFolder(), writePatchingWorkshop()];
	const file = path.join(cwd, 'patching', 'app', 'Dockerfile');
	writeFiles(path.join(cwd, 'patching'), {'app/Dockerfile': '# mine\n'});
	const reset = async (...args: string[]) =>
		runHere(['reset', ...args, '--workshop', folder, '--yes'], {cwd, home});
	const words: Array<[words: string, ...args: string[]]> = [
		['two', 'three'],
		['hello', 'two'],
		['three', 'four'],
		['hello'],
	];
	for (const [expected, ...args] of words) {
		const {exitCode, stderr} = await reset(...args);
		t.is(exitCode, 0, stderr);
		t.regex(readFileSync(file, 'utf8'), new RegExp(`echo ${expected} `));
	}
	t.is(readFileSync(`${file}.mine`, 'utf8'), '# mine\n');
	t.false(existsSync(`${file}.mine-2`));
});
