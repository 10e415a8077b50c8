import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {temporaryFolder} from '../tools/child-environment.js';
import {runHere} from '../tools/run-here.js';

const noEngine = {DOCKER_HOST: 'unix:///nowhere/docker.sock'};

const report = async (name: string, ...flags: string[]) => {
	const [cwd, home] = [temporaryFolder(), temporaryFolder()];
	const ran = await runHere(['doctor', '--report', name, ...flags], {cwd, home, env: noEngine});
	return {...ran, home, file: path.join(cwd, name)};
};

test.serial('a report of the doctor is shown, and is written once that is agreed to', async t => {
	const {exitCode, stderr, file, home} = await report('bug.md', '--yes');
	t.is(exitCode, 3);
	const text = readFileSync(file, 'utf8');
	t.true(stderr.includes(text.trimEnd()));
	t.regex(text, /\| engine +\| FAILED/);
	t.regex(text, /\| `DOCKER_HOST` +\| unix:\/\/\/nowhere\/docker\.sock/);
	t.false(text.includes(home));
	t.true(stderr.includes('bug.md'));
});

test.serial('without anybody to ask, nothing is written', async t => {
	const {stderr, file} = await report('bug.md');
	t.regex(stderr, /Write this to bug\.md\?\n.*nobody else should see.*\n[\s\S]*Nothing was written\./);
	t.false(existsSync(file));
});

test.serial('it can be a page, too', async t => {
	const {file} = await report('bug.html', '--yes');
	t.regex(readFileSync(file, 'utf8'), /<h2>What the doctor found<\/h2>/);
});
