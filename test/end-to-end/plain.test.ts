import {readFileSync} from 'node:fs';
import test from 'ava';
import {temporaryFolder} from '../tools/child-environment.js';
import {controls, isText} from '../tools/is-text.js';
import {runCli} from '../tools/run-cli.js';
import {runHere} from '../tools/run-here.js';
import {openTalk, talkThrough} from '../tools/talk.js';
import {progressPath, writeProgress} from '../tools/write-progress.js';

const withoutDocker = {PATH: '/nowhere'};

test.serial('the whole recording is told as text that holds no escape sequence', async t => {
	const loop = openTalk({args: ['--replay'], env: withoutDocker});
	t.is(await talkThrough(loop), 0);
	isText(t, loop.text(), 'recording');
	t.is(loop.stderr(), '');
});

const takesOver = test.macro({
	exec: async (t, args: string[], env: Record<string, string>) => {
		const {stdout, exitCode} = await runCli([...args, '--replay'], {env, stdin: '1\n'});
		t.regex(stdout, /Chapter 1 of 9, Why several stages\?\. Step 1 of 4:\nBuild a server in one stage\n/);
		t.is(exitCode, 0);
		t.notRegex(stdout, controls);
	},
	title: (title = '') => `plain lines take over ${title}`,
});

test.serial('when the input is a pipe', takesOver, [], {});
test.serial('on request', takesOver, ['--plain'], {});

test.serial('input that ends leaves as a learner does, and what passed is kept', async t => {
	const home = temporaryFolder();
	writeProgress(home, 'read-simple', ['read-reference']);
	const {stdout, exitCode} = await runHere(['--replay'], {home, stdin: 'start\n\n'});
	t.regex(
		stdout,
		/2 of 45 steps passed in the recording; nothing ran on this machine\.\nNext time you continue at “Build it”\.\n$/,
	);
	t.is(exitCode, 0);
	t.is(JSON.parse(readFileSync(progressPath(home), 'utf8')).stepId, 'build-simple');
});

test.serial('without any answer it says what to do', async t => {
	const {stderr, exitCode} = await runHere(['--replay'], {stdin: ''});
	t.regex(
		stderr,
		/^The workshop asks what to do, and its input has ended before the first answer\.\nNext: open it /,
	);
	t.is(exitCode, 2);
});

test.serial('a locale without Unicode gets none', async t => {
	const {stdout} = await runHere(['--replay'], {stdin: '1\nq\ny\n', env: {LANG: 'C'}});
	t.regex(stdout, /Leave the workshop\?/);
	t.notRegex(stdout, /[^\n -~]/);
});

test.serial('what is said once more is told once more, and nothing else is', async t => {
	const home = temporaryFolder();
	writeProgress(home, 'build-simple', []);
	const {stdout} = await runHere(['--replay'], {home, stdin: '1\n: ls\n: ls\nhint\nquit\n'});
	t.is(stdout.split('Nothing is recorded for this command').length - 1, 2);
});

test.serial(
	'a command of the learner’s own is no choice: in a recording it is said why it does not run',
	async t => {
		const home = temporaryFolder();
		writeProgress(home, 'read-simple', []);
		const {stdout} = await runHere(['--replay'], {home, stdin: '1\n: ls\ndocker ps\n'});
		t.regex(stdout, /> : ls\nNothing is recorded for this command/);
		t.regex(stdout, /“docker ps” is none of the choices\./);
	},
);

test.serial('the lab of a recording says how to type a try, and judges it', async t => {
	const home = temporaryFolder();
	writeProgress(home, 'lab-port', ['build-whoami']);
	const tries = [': docker run -d -P whoami -port 5000', ': docker run -d -p 8050:5000 whoami -port 5000'];
	const {stdout} = await runHere(['--replay'], {home, stdin: `1\n${tries.join('\n')}\n`});
	const told = stdout.replace(/\s+/g, ' ');
	t.regex(told, /Type `:` and your command in one line\. Nothing runs in a recording/);
	t.regex(told, /failed: .* where nothing listens: whoami listens on port 5000/);
	t.regex(told, /passed: whoami in the container \S+ listens on port 5000 and answers on host port 8050/);
});
