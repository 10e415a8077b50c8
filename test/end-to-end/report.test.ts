import {readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {temporaryFolder} from '../tools/child-environment.js';
import {runHere} from '../tools/run-here.js';
import {keys, openTerminal} from '../tools/terminal.js';

test.serial('`run --report` writes every step with what came of it, as Markdown and as HTML', async t => {
	const cwd = temporaryFolder();
	for (const file of ['r.md', 'r.html']) {
		const {exitCode, stderr, stdout} = await runHere(['run', 'buildkit', '--replay', '--report', file], {
			cwd,
		});
		t.is(exitCode, 0, stdout + stderr);
		t.true(stderr.includes(`The report is in ${file}.`));
		const page = readFileSync(path.join(cwd, file), 'utf8');
		for (const words of [
			'This was a recording: nothing ran on this machine.',
			'docker build -t simple:buildkit ./simple',
			'The build skipped test.',
			'Both builders: parallel/Dockerfile, target final',
			'times as fast',
		]) {
			t.true(page.includes(words), `${words} in ${file}`);
		}
	}
});

test.serial('with --json the report goes beside the one document on stdout', async t => {
	const cwd = temporaryFolder();
	const {stdout, exitCode} = await runHere(['run', 'reference', '--replay', '--json', '--report', 'r.md'], {
		cwd,
	});
	t.is(exitCode, 0);
	t.is((JSON.parse(stdout) as {passed: boolean}).passed, true);
	t.regex(readFileSync(path.join(cwd, 'r.md'), 'utf8'), /^# Multi-stage builds/);
});

test.serial('an ended session leaves its report, however it ends', async t => {
	const terminal = openTerminal({args: ['--replay', '--report', 'mine.html'], columns: 100, rows: 30});
	await terminal.waitFor('enter start');
	terminal.press(keys.enter);
	await terminal.waitFor('Build a server in one stage');
	terminal.press(keys.enter);
	await terminal.waitFor('passed: The image server:single');
	terminal.kill('SIGTERM');
	t.is((await terminal.exited).exitCode, 143);
	const page = readFileSync(path.join(terminal.cwd, 'mine.html'), 'utf8');
	t.regex(page, /1 of 45 steps passed; no hint used/);
});

test.serial('lines instead of a screen leave the same report', async t => {
	const cwd = temporaryFolder();
	const {stderr} = await runHere(['--plain', '--replay', '--report', 'r.md'], {cwd, stdin: '\n\nq\ny\n'});
	t.true(stderr.includes('The report is in r.md.'), stderr);
	t.regex(readFileSync(path.join(cwd, 'r.md'), 'utf8'), /1 of 45 steps passed/);
});

test.serial('a report that can’t be written is said before anything runs, and leaves no file', async t => {
	const cwd = temporaryFolder();
	writeFileSync(path.join(cwd, 'file'), '');
	const {exitCode, stdout, stderr} = await runHere(['run', '--replay', '--report', 'file/r.md'], {cwd});
	t.is(exitCode, 3);
	t.is(stdout, '');
	t.regex(stderr, /The report can’t be written to file\/r\.md/);
});

test.serial('w on the last page writes what was done to a new file, over none that is there', async t => {
	const cwd = temporaryFolder();
	writeFileSync(path.join(cwd, 'multi-stage-report.html'), 'mine');
	const terminal = openTerminal({args: ['--replay'], columns: 120, rows: 40, cwd});
	await terminal.waitFor('enter start');
	terminal.press(keys.enter);
	await terminal.waitFor('Build a server in one stage');
	for (let rows = terminal.screen(); !rows.join('\n').includes('The end of the workshop.'); ) {
		const before = rows.join('\n');
		terminal.press(keys.right);
		rows = await terminal.waitUntil(shown => shown.join('\n') !== before, 'the next step');
	}
	terminal.press('w');
	await terminal.waitFor('multi-stage-report-2.html');
	t.is(readFileSync(path.join(cwd, 'multi-stage-report.html'), 'utf8'), 'mine');
	t.regex(readFileSync(path.join(cwd, 'multi-stage-report-2.html'), 'utf8'), /0 of 45 steps passed/);
	terminal.kill('SIGTERM');
	t.is((await terminal.exited).exitCode, 143);
});
