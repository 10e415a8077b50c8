import {appendFileSync, readFileSync, statSync, truncateSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {keptFiles} from '../../source/classroom/kept-class.js';
import type {Seat} from '../../source/classroom/room.js';
import {type Hub, openHub} from '../../source/hub/hub.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {hubOptions, openTestHub, outline} from './test-hub.js';
import {TestSeat, untouched} from './test-seat.js';

const seatsOf = (hub: Hub): Seat[] => {
	let all: Seat[] = [];
	hub.subscribe(({seats}) => {
		all = seats;
	})();
	return all;
};

/** Opens a class, lets a seat do something of every kind, and closes it. */
const keepClass = async (folder: string) => {
	const hub = await openHub({...hubOptions, keep: folder});
	const [ada, bob] = [new TestSeat(hub), new TestSeat(hub, 'Bob')];
	await ada.join();
	await bob.join();
	await ada.report({results: [ada.addResult()], hand: true});
	const second = {...untouched('first-run'), verdict: 'failed' as const, finding: 'published-wrong-port'};
	const steps = [untouched('first-build'), {...second, attempts: 1}];
	await ada.report({step: 'first-run', steps});
	await ada.report({step: 'first-run', steps: [untouched('first-build'), {...second, attempts: 2}]});
	await hub.perform({action: 'pace', workshop: outline.id, chapter: 'second'});
	await hub.perform({action: 'rename', seat: bob.id, name: 'Robert'});
	await bob.leave();
	const {code, fingerprint} = hub;
	const before = seatsOf(hub);
	await hub.close();
	return {ada, bob, code, fingerprint, before};
};

test('a resumed class is the same: code, certificate, seats, tokens, messages', async t => {
	const folder = temporaryFolder();
	const {ada, code, fingerprint, before} = await keepClass(folder);
	const hub = await openTestHub(t, {keep: folder, resume: true, title: 'Another title'});
	t.is(hub.code, code);
	t.is(hub.fingerprint, fingerprint);
	const expected = before.map(seat => ({...seat, presence: seat.presence === 'here' ? 'away' : 'left'}));
	t.deepEqual(seatsOf(hub), expected as Seat[]);
	Object.assign(ada.hub, {port: hub.port});
	const {status, body} = await ada.report({results: [ada.addResult()]});
	t.is(status, 200);
	t.is(body.results, 2);
	t.like((await ada.messages()).body.messages[0], {kind: 'pace', chapter: 'second'});
});

test('what is kept is for the teacher alone, and holds no token', async t => {
	const folder = temporaryFolder();
	const {ada} = await keepClass(folder);
	for (const name of Object.values(keptFiles)) {
		const file = path.join(folder, name);
		if (process.platform !== 'win32') t.is(statSync(file).mode & 0o777, 0o600);
		t.false(readFileSync(file, 'utf8').includes(ada.token));
	}
});

test('a report that changes one step is kept as that step', async t => {
	const folder = temporaryFolder();
	await keepClass(folder);
	const lines = readFileSync(path.join(folder, keptFiles.log), 'utf8').trim().split('\n');
	const reports = lines.map(line => JSON.parse(line)).filter(({kind}) => kind === 'report');
	t.deepEqual(
		reports.map(({isWhole, report}) => [isWhole, report.steps.length]),
		[
			[true, 1],
			[false, 1],
			[false, 1],
		],
	);
});

/** What may have happened to a log, what is told of it, and whether the last event in it, Bob's leaving, is known. */
const damages: Array<{what: string; damage(file: string): void; told: RegExp[]; hasLeft: boolean}> = [
	{what: 'that is whole', damage: () => {}, told: [], hasLeft: true},
	{
		what: 'whose last line is cut off',
		damage: file => truncateSync(file, statSync(file).size - 10),
		told: [/cut off/],
		hasLeft: false,
	},
	{
		what: 'whose last line lacks its end',
		damage: file => truncateSync(file, statSync(file).size - 1),
		told: [/cut off/],
		hasLeft: false,
	},
	{
		what: 'with the beginning of another line',
		damage: file => appendFileSync(file, '{"kind":"report","at":1'),
		told: [/cut off/],
		hasLeft: true,
	},
	{
		what: 'with a line that is no event',
		damage: file => appendFileSync(file, '\0\0\0\n{"kind":"other"}\n'),
		told: [/^Line 9 /, /^Line 10 /],
		hasLeft: true,
	},
];
for (const {what, damage, told, hasLeft} of damages) {
	test(`a class with a log ${what} is resumed, and goes on`, async t => {
		const folder = temporaryFolder();
		const {ada, bob} = await keepClass(folder);
		const file = path.join(folder, keptFiles.log);
		damage(file);
		const troubles: string[] = [];
		const tell = (trouble: string) => troubles.push(trouble);
		const hub = await openHub({...hubOptions, keep: folder, resume: true, tell});
		t.is(troubles.length, told.length, troubles.join('\n'));
		for (const [index, pattern] of told.entries()) t.regex(troubles[index] ?? '', pattern);
		t.is(seatsOf(hub).find(({id}) => id === bob.id)?.presence, hasLeft ? 'left' : 'away');
		Object.assign(ada.hub, {port: hub.port});
		t.is((await ada.report({results: [ada.addResult()]})).status, 200);
		await hub.close();
		const again = await openTestHub(t, {keep: folder, resume: true});
		Object.assign(ada.hub, {port: again.port});
		t.is((await ada.report({sequence: 0})).body.results, 2);
	});
}

test('a folder that does not fit is refused, with what to do', async t => {
	const [empty, used, damaged] = [temporaryFolder(), temporaryFolder(), temporaryFolder()];
	await keepClass(used);
	writeFileSync(path.join(damaged, keptFiles.class), '{"format":1');
	const file = path.join(empty, 'file');
	writeFileSync(file, '');
	const rows = [
		[{keep: used, resume: false}, /already holds a class/],
		[{keep: empty, resume: true}, /There is no class/],
		[{keep: damaged, resume: true}, /is damaged/],
		[{keep: file, resume: false}, /can’t be kept in/],
	] as const;
	for (const [options, message] of rows)
		await t.throwsAsync(openHub({...hubOptions, ...options}), {message, name: 'UserError'});
});

test('what is erased is gone from the disk', async t => {
	const folder = temporaryFolder();
	const hub = await openTestHub(t, {keep: folder});
	await new TestSeat(hub).join();
	await hub.perform({action: 'end', erase: true});
	for (const name of Object.values(keptFiles))
		t.throws(() => statSync(path.join(folder, name)), {code: 'ENOENT'});
});

test('a class that could not be opened leaves nothing that is in the way of the next try', async t => {
	const folder = temporaryFolder();
	const {port} = await openTestHub(t);
	await t.throwsAsync(openHub({...hubOptions, port, keep: folder}), {message: /Another program listens/});
	t.regex((await openTestHub(t, {keep: folder})).code, /^\w{3}-\w{3}$/);
});
