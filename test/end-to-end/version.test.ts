import {readFile} from 'node:fs/promises';
import test from 'ava';
import {execa} from 'execa';
import {nodeUnderTest} from '../tools/built-program.js';
import {runCli} from '../tools/run-cli.js';

const {stdout: node} = await execa(nodeUnderTest, ['--version']);

test.serial(`the built program tells its version (on Node ${node})`, async t => {
	const {version} = JSON.parse(await readFile('package.json', 'utf8'));
	t.deepEqual(await runCli(['--version']), {stdout: `${version}\n`, stderr: '', exitCode: 0});
});

test.serial(`the built program tells how it is used (on Node ${node})`, async t => {
	const {stdout, stderr, exitCode} = await runCli(['--help']);
	t.regex(stdout, /Usage\n\s+\$ multistage-workshop \[workshop\]/);
	t.is(stderr, '');
	t.is(exitCode, 0);
});
