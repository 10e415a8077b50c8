// In a process of its own: it changes how this process writes to the disk.
import {open} from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import {temporaryFolder} from '../tools/child-environment.js';
import {settled} from '../tools/settled.js';
import {openTestHub} from './test-hub.js';
import {TestSeat} from './test-seat.js';

/** Replaces `datasync` of all files; `sync` is what it does otherwise. */
const changeDisk = async (change: (sync: () => Promise<void>) => Promise<void>): Promise<() => void> => {
	const handle = await open(path.join(temporaryFolder(), 'file'), 'w');
	const methods = Object.getPrototypeOf(handle);
	await handle.close();
	const sync = methods.datasync;
	methods.datasync = function () {
		return change(() => sync.call(this));
	};
	return () => {
		methods.datasync = sync;
	};
};

test.serial('a report is acknowledged once it is on the disk, and on the board before', async t => {
	const hub = await openTestHub(t, {keep: temporaryFolder()});
	const seat = new TestSeat(hub);
	await seat.join();
	let release = () => {};
	const written = new Promise<void>(resolve => {
		release = resolve;
	});
	t.teardown(await changeDisk(sync => written.then(sync)));
	let isShown = false;
	hub.subscribe(({seats}) => {
		isShown ||= seats.some(({handSince}) => handSince !== null);
	});
	let [first, again] = [0, 0];
	const report = seat.report({sequence: 1, hand: true}).then(({status}) => {
		first = status;
	});
	await settled(
		() => isShown,
		shown => shown,
	);
	t.true(isShown);
	// Sent again, it is no news; but it is not on the disk either.
	const repeated = seat.report({sequence: 1, hand: true}).then(({status}) => {
		again = status;
	});
	const other = new TestSeat(hub, 'Bob');
	await other.hello();
	t.deepEqual([first, again], [0, 0]);
	release();
	await Promise.all([report, repeated]);
	t.deepEqual([first, again], [200, 200]);
});

test.serial(
	'a full disk is told once, and what could not be written is acknowledged when there is room',
	async t => {
		const troubles: string[] = [];
		const hub = await openTestHub(t, {
			keep: temporaryFolder(),
			tell: trouble => troubles.push(trouble),
		});
		const seat = new TestSeat(hub);
		await seat.join();
		let tries = 0;
		const full = Object.assign(new Error('no space left'), {code: 'ENOSPC', syscall: 'fdatasync'});
		t.teardown(await changeDisk(sync => (++tries < 3 ? Promise.reject(full) : sync())));
		t.is((await seat.report({results: [seat.addResult()]})).body.results, 1);
		t.is(tries, 3);
		t.is(troubles.length, 1);
		t.regex(troubles[0] ?? '', /^The class can’t be written to .*tries again/);
	},
);

test.serial('what the teacher says is on the disk before a seat hears it, one after another', async t => {
	const hub = await openTestHub(t, {keep: temporaryFolder()});
	const seat = new TestSeat(hub);
	await seat.join();
	let release = () => {};
	const written = new Promise<void>(resolve => {
		release = resolve;
	});
	t.teardown(await changeDisk(sync => written.then(sync)));
	const said = ['one', 'two'].map(text => hub.perform({action: 'say', text}));
	let heard: unknown = null;
	const waiting = seat.messages().then(({body}) => {
		heard = body.messages;
	});
	await new TestSeat(hub, 'Bob').hello();
	t.is(heard, null);
	release();
	await Promise.all([...said, waiting]);
	t.deepEqual((await seat.messages()).body.messages, [
		{number: 1, kind: 'say', text: 'one'},
		{number: 2, kind: 'say', text: 'two'},
	]);
});
