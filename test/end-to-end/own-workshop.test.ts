import {cpSync, readFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {programFile} from '../../source/pack/manifest.js';
import {builtProgram} from '../tools/built-program.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {runCli} from '../tools/run-cli.js';
import {soundWorkshop} from '../tools/sound-workshop.js';
import {trust} from '../tools/trust.js';
import {writeFiles} from '../tools/write-files.js';

/** No engine is needed to read. */
const env = {PATH: '/nowhere'};

/** What was told, however it is broken into lines. */
const joined = (text: string): string => text.replace(/\s+/g, ' ');

/** A folder that is none of the shipped workshops, called otherwise than its id. */
const writeOwn = (files: Record<string, string>): {cwd: string; folder: string} => {
	const cwd = temporaryFolder();
	const folder = path.join(cwd, 'course');
	writeFiles(folder, files);
	return {cwd, folder};
};

test.serial('a hint of a workshop in a folder names commands that are about it', async t => {
	const hint = 'Run `multistage-workshop reset build-it`, then `multistage-workshop run --workshop sound`.';
	const {cwd, folder} = writeOwn({
		...soundWorkshop,
		'01-first.md': soundWorkshop['01-first.md'].replace('Look at the pane.', hint),
	});
	const args = ['--plain', './course', ...trust(folder)];
	const {stdout} = await runCli(args, {cwd, env, stdin: 'next\ndone\nhint\nquit\ny\n'});
	const shown = hint
		.replace('build-it', `build-it --workshop ${folder}`)
		.replace('shop sound', `shop ${folder}`);
	t.true(joined(stdout).includes(shown), stdout);
});

test.serial('the report of a workshop in a folder names commands that are about it', async t => {
	const {cwd, folder} = writeOwn(soundWorkshop);
	const args = ['--plain', './course', '--report', 'r.md', ...trust(folder)];
	await runCli(args, {cwd, env, stdin: 'next\nquit\ny\n'});
	const report = readFileSync(path.join(cwd, 'r.md'), 'utf8');
	t.true(report.includes(`\`multistage-workshop cleanup --workshop ${folder}\``), report);
});

test.serial('the last words name the workshop, and the program as it was started', async t => {
	const {cwd, folder} = writeOwn({
		'workshop.md': '---\nformat: 1\nid: one\ntitle: One\nminutes: 1\nimages: []\ncontexts: []\n---\n\nOne.\n',
		'01-one.md': '# One\n\n## Read it\n\n<!-- step\nid: read-it\nkind: read\n-->\n\nA page.\n',
	});
	const program = path.join(cwd, 'stick', programFile);
	cpSync(builtProgram, program);
	cpSync('workshops', path.join(cwd, 'stick', 'workshops'), {recursive: true});
	const args = ['--plain', './course', ...trust(folder)];
	const {stdout} = await runCli(args, {program, cwd, env, stdin: 'go\n1\ndone\nleave\n'});
	const command = `node stick/${programFile} cleanup --workshop ${folder}`;
	t.true(joined(stdout).includes(`Every step has passed. \`${command}\` removes what`), stdout);
});

test.serial('a text shows a file as it is in the lab folder now', async t => {
	const {cwd, folder} = writeOwn({
		...soundWorkshop,
		'01-first.md': soundWorkshop['01-first.md'].replace('Two stages.', '<!-- show: app/Dockerfile:1-2 -->'),
	});
	const show = async () => {
		const {stdout} = await runCli(['--plain', './course', ...trust(folder)], {
			cwd,
			env,
			stdin: 'next\nquit\ny\n',
		});
		return joined(stdout);
	};
	const before = await show();
	t.true(before.includes('`app/Dockerfile`, lines 1 to 2:'), before);
	t.true(before.includes('RUN echo hello > /words.txt') && !before.includes('COPY --from=words'), before);
	writeFiles(cwd, {'sound/app/Dockerfile': '# mine\nFROM scratch\nCOPY a b\n'});
	const after = await show();
	t.true(after.includes('# mine') && after.includes('FROM scratch'), after);
});
