import {readFileSync} from 'node:fs';
import process from 'node:process';
import test from 'ava';
import {execa} from 'execa';
import {isProcessAlive} from '../../source/storage/process-locks.js';
import {waitUntil} from '../end-to-end/run-in-background.js';

test('this process and init live', t => {
	t.true(isProcessAlive(process.pid));
	t.true(isProcessAlive(1));
});

for (const pid of [0, -1, Number.NaN, 1.5, 2 ** 22 + 1]) {
	test(`no process has the number ${pid}`, t => {
		t.false(isProcessAlive(pid));
	});
}

const onLinux = process.platform === 'linux' ? test : test.skip;

onLinux('a process that has ended and that nobody waits for has ended', async t => {
	// The shell becomes the parent that never waits.
	const parent = execa('sh', ['-c', 'sleep 0.01 & echo $!; exec sleep 600'], {buffer: false, reject: false});
	t.teardown(() => parent.kill('SIGKILL'));
	let printed = '';
	for await (const chunk of parent.stdout) {
		printed += chunk;
		if (printed.endsWith('\n')) break;
	}
	const pid = Number(printed);
	await waitUntil(() => / \(.*\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'latin1')), 'it had ended');
	t.notThrows(() => process.kill(pid, 0));
	t.false(isProcessAlive(pid));
});
