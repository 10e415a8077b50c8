import {mkdtempSync, readFileSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test from 'ava';
import {execa} from 'execa';
import {acquireLock} from '../../source/storage/process-locks.js';

const newLock = () => path.join(mkdtempSync(path.join(tmpdir(), 'lock-')), 'deep', 'lock');

test('a lock that nobody holds is taken', t => {
	const lock = newLock();
	t.true(acquireLock(lock));
	t.is(readFileSync(lock, 'utf8'), String(process.pid));
});

test('a lock that a living process holds is not', t => {
	const lock = newLock();
	acquireLock(lock);
	writeFileSync(lock, String(process.ppid));
	t.false(acquireLock(lock));
});

test('a lock whose owner was killed is taken over at once', async t => {
	const lock = newLock();
	acquireLock(lock);
	const child = execa('sleep', ['60'], {reject: false});
	writeFileSync(lock, String(child.pid));
	t.false(acquireLock(lock));
	child.kill('SIGKILL');
	await child;
	t.true(acquireLock(lock));
});

test('a lock with nonsense in it is taken over', t => {
	const lock = newLock();
	acquireLock(lock);
	writeFileSync(lock, 'nonsense');
	t.true(acquireLock(lock));
});
