import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {templateFiles} from '../../source/app/template-files.js';
import {engineTests} from '../engine/engines.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {runCli} from '../tools/run-cli.js';
import {runHere} from '../tools/run-here.js';
import {trust} from '../tools/trust.js';

/** No engine is needed to write, to lint or to read. */
const env = {PATH: '/nowhere'};

test.serial('the built program writes each file of the template, and only changes the id', async t => {
	const cwd = temporaryFolder();
	const {stdout, exitCode} = await runCli(['new', './course'], {env, cwd});
	t.is(exitCode, 0);
	t.regex(stdout, /^A small workshop is in \.\/course\./);
	for (const [file, text] of templateFiles)
		t.is(readFileSync(path.join(cwd, 'course', file), 'utf8'), text.replace('id: template', 'id: course'));
});

for (const [name, id] of [
	['course', 'course'],
	['My  first Course!', 'my-first-course'],
	['Über_uns', 'uber-uns'],
	['日本', 'workshop'],
	['con', 'workshop'],
] as const) {
	test.serial(`in a folder called ${name}, the workshop ${id} has no problem and no warning`, async t => {
		const cwd = temporaryFolder();
		t.is((await runHere(['new', `./${name}`], {env, cwd})).exitCode, 0);
		const folder = path.join(cwd, name);
		t.regex(readFileSync(path.join(folder, 'workshop.md'), 'utf8'), new RegExp(`^id: ${id}$`, 'm'));
		const {stdout, exitCode} = await runHere(['lint', folder, '--strict', '--json'], {env, cwd});
		t.deepEqual(JSON.parse(stdout).warnings, []);
		t.is(exitCode, 0, stdout);
	});
}

test.serial('what it says to run next is about the new folder', async t => {
	const cwd = temporaryFolder();
	mkdirSync(path.join(cwd, 'inner'));
	for (const [name, shown] of [
		['course', './course'],
		['a b', "'./a b'"],
		[path.join(cwd, 'inner'), './inner'],
	] as const) {
		const {stdout} = await runHere(['new', name], {env, cwd});
		t.true(stdout.includes(`lint ${shown}\``), stdout);
		t.true(stdout.includes(`${shown} --watch\``), stdout);
	}
});

test.serial('the new workshop opens and can be read without an engine', async t => {
	const cwd = temporaryFolder();
	await runHere(['new', './course'], {env, cwd});
	const folder = path.join(cwd, 'course');
	const args = ['--plain', './course', ...trust(folder)];
	const {stdout} = await runCli(args, {cwd, env, stdin: 'next\nquit\ny\n'});
	t.regex(stdout, /Build the image/);
});

test.serial('it writes nothing where something is already', async t => {
	const cwd = temporaryFolder();
	mkdirSync(path.join(cwd, 'full'));
	writeFileSync(path.join(cwd, 'full', '.hidden'), 'mine');
	writeFileSync(path.join(cwd, 'file'), 'mine');
	for (const [args, reason] of [
		[['new', './full'], /The folder \S+full is not empty, so nothing was written\./],
		[['new', './file'], /The workshop can’t be written to \S+file: /],
		[['new'], /`new` needs the folder/],
		[['new', 'one', 'two'], /one name at a time/],
	] as const) {
		const {stderr, exitCode} = await runHere([...args], {env, cwd});
		t.regex(stderr, reason);
		t.is(exitCode, 2);
	}
	t.false(existsSync(path.join(cwd, 'full', 'workshop.md')));
	t.is(readFileSync(path.join(cwd, 'file'), 'utf8'), 'mine');
});

engineTests((engineTest, name) => {
	if (name !== '26') return;
	engineTest(
		'the new workshop passes its rehearsal, and its answers get their findings',
		async (t, {env: own}) => {
			const cwd = temporaryFolder();
			await runCli(['new', './course'], {env, cwd});
			const folder = path.join(cwd, 'course');
			const rehearsed = await runCli(['run', '--workshop', folder, '--yes', ...trust(folder)], {
				env: own,
				cwd,
			});
			t.is(rehearsed.exitCode, 0, rehearsed.stdout);
			const linted = await runCli(['lint', folder, '--engine', ...trust(folder)], {env: own, cwd});
			t.is(linted.exitCode, 0, linted.stdout);
		},
	);
});
