import test from 'ava';
import * as v from 'valibot';
import {seatReportSchema} from '../../source/classroom/protocol.js';
import {formatHubAddress} from '../../source/seat/hub-address.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {openFakeHub} from '../tools/fakes/fake-hub.js';
import {runHere} from '../tools/run-here.js';

const asAda = ['--yes', '--name', 'Ada', '--replay', '--plain'];

test.serial(
	'a learner sees what would be sent, joins, works, moves to a new address, and leaves',
	async t => {
		const home = temporaryFolder();
		const cwd = temporaryFolder();
		const hub = await openFakeHub(t, {greets: true});
		const preview = await runHere(['class', 'preview', '--name', 'Ada', '--replay'], {home, cwd});
		t.is(preview.exitCode, 0, preview.stderr);
		const {format, ...previewed} = JSON.parse(preview.stdout);
		t.is(format, 1);
		const report = v.parse(seatReportSchema, {format, ...previewed});

		const place = formatHubAddress(hub.address);
		const joined = await runHere(['class', 'join', place, 'k7m4qx', ...asAda], {
			home,
			cwd,
			stdin: '\nq\ny\n',
		});
		t.is(joined.exitCode, 0, joined.stderr);
		t.regex(joined.stderr, /You have joined “Containers on Monday” as Ada\./);
		t.deepEqual(
			hub.joined.map(({name}) => name),
			['Ada'],
		);
		t.true(
			hub.received().includes(JSON.stringify({...report, sequence: 0})),
			'the first report is the preview',
		);

		const requests = () => hub.received().match(/class\/report/g)?.length ?? 0;
		const first = requests();
		await runHere(['--replay', '--plain'], {home, cwd, stdin: '\nq\ny\n'});
		t.true(requests() > first, 'the next start connects by itself');

		const {certificate, token} = hub;
		const moved = await openFakeHub(t, {certificate, token, greets: true});
		await hub.kill();
		const move = ['class', 'join', formatHubAddress(moved.address), moved.code, '--replay', '--plain'];
		const kept = await runHere(move, {home, cwd, stdin: '\nq\ny\n'});
		t.is(kept.exitCode, 0, kept.stderr);
		t.deepEqual(moved.joined, hub.joined, 'the same seat under the same name, without a question');

		const left = await runHere(['class', 'leave'], {home, cwd});
		t.regex(left.stdout, /You have left “Containers on Monday”\./);
		t.is(moved.left(), 1);
		const before = moved.received();
		const alone = await runHere(['--replay', '--plain'], {home, cwd, stdin: '\nq\ny\n'});
		t.notRegex(alone.stdout, /raise your hand/);
		t.is(moved.received(), before);
		t.regex((await runHere(['class', 'leave'], {home, cwd})).stdout, /You are in no class\./);
	},
);

test.serial('nobody joins without having agreed', async t => {
	const hub = await openFakeHub(t, {greets: true});
	const {exitCode, stderr} = await runHere(['class', 'join', formatHubAddress(hub.address), hub.code]);
	t.is(exitCode, 2);
	t.regex(stderr, /no terminal to ask on/);
	t.deepEqual(hub.joined, []);
	t.notRegex(hub.received(), /class\/join/);
});

for (const [what, args, says] of [
	['no code', ['192.0.2.7'], /give its address and its code/],
	['something that is no address', ['$(id)', 'K7M-4QX'], /`\$\(id\)` is not an address/],
	['something that is no code', ['192.0.2.7', 'K7M'], /`K7M` is not a code/],
	['a name of two lines', ['192.0.2.7', 'K7M-4QX', '--with', '/nowhere'], /nowhere/],
] as const) {
	test.serial(`${what} is wrong usage`, async t => {
		const {exitCode, stderr} = await runHere(['class', 'join', ...args]);
		t.is(exitCode, 2);
		t.regex(stderr, says);
	});
}

test.serial('a wrong code and an address where nothing listens are told apart', async t => {
	const hub = await openFakeHub(t, {greets: true});
	const place = formatHubAddress(hub.address);
	const wrong = await runHere(['class', 'join', place, 'K7M-4QZ', ...asAda]);
	t.is(wrong.exitCode, 3);
	t.regex(wrong.stderr, /The code is not the one of the class/);
	await hub.kill();
	const nothing = await runHere(['class', 'join', place, hub.code, ...asAda]);
	t.is(nothing.exitCode, 3);
	t.regex(nothing.stderr, /Nothing listens at 127\.0\.0\.1/);
});
