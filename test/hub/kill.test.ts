// In a process of its own: it starts hubs and kills them.
import {type ChildProcess, spawn} from 'node:child_process';
import {createInterface} from 'node:readline';
import test, {type ExecutionContext} from 'ava';
import {atExit} from '../tools/at-exit.js';
import {childEnvironment, temporaryFolder} from '../tools/child-environment.js';
import {createRandom} from '../tools/create-random.js';
import {deep} from '../tools/deep.js';
import {settled} from '../tools/settled.js';
import {type HubPlace, TestSeat} from './test-seat.js';

type KeptHub = HubPlace & {fingerprint: string; child: ChildProcess};

/** Starts a hub that keeps its class in a folder; resolves once it listens. */
const startHub = (folder: string, how: 'new' | 'resume'): Promise<KeptHub> =>
	new Promise((resolve, reject) => {
		const child = spawn(process.execPath, ['--import=tsx', 'test/hub/children/keep-class.ts', folder, how], {
			env: childEnvironment(folder),
			stdio: ['ignore', 'pipe', 'inherit'],
		});
		atExit(() => child.kill('SIGKILL'));
		child.once('exit', () => reject(new Error('The hub ended.')));
		createInterface(child.stdout).on('line', line => {
			const said = JSON.parse(line);
			if (said.port) resolve({...said, child});
		});
	});

const kill = async ({child}: KeptHub): Promise<void> => {
	const ended = new Promise(resolve => child.once('exit', resolve));
	child.kill('SIGKILL');
	await ended;
};

/** What the hub has acknowledged to a seat. */
type Acknowledged = {results: number; sequence: number};

/** Reports results, one after another, until the hub is gone or has enough. */
const reportUntilGone = async (seat: TestSeat, acknowledged: Acknowledged): Promise<void> => {
	for (;;) {
		const unsent = seat.chain.slice(acknowledged.results);
		if (unsent.length === 0) unsent.push(seat.addResult({attempts: seat.chain.length}));
		const answer = await seat.report({results: unsent}).catch(() => null);
		if (answer?.status !== 200) return;
		acknowledged.results = Math.max(acknowledged.results, answer.body.results);
		acknowledged.sequence = answer.body.sequence;
	}
};

const surviveKills = async (t: ExecutionContext, kills: number): Promise<void> => {
	const folder = temporaryFolder();
	const random = createRandom(17);
	let hub = await startHub(folder, 'new');
	const {code, fingerprint} = hub;
	const seats: Array<{seat: TestSeat; acknowledged: Acknowledged}> = [];
	for (let killed = 0; killed < kills; killed++) {
		// New seats each time: one that joins while the hub is killed, and several that report.
		const fresh = Array.from({length: 4}, (_, index) => new TestSeat(hub, `Seat ${killed}-${index}`));
		for (const seat of fresh) {
			await seat.join();
			seats.push({seat, acknowledged: {results: 0, sequence: -1}});
		}
		const working = seats.map(({seat, acknowledged}) => reportUntilGone(seat, acknowledged));
		const wanted = 1 + Math.floor(random() * 40);
		const reported = () => fresh.reduce((sum, {sequence}) => sum + sequence, 0);
		await settled(reported, count => count >= wanted);
		await kill(hub);
		await Promise.all(working);
		hub = await startHub(folder, 'resume');
		t.is(hub.code, code);
		t.is(hub.fingerprint, fingerprint);
		for (const {seat, acknowledged} of seats) {
			Object.assign(seat.hub, hub);
			const {status, body} = await seat.report({sequence: 0});
			t.is(status, 200);
			t.true(body.results >= acknowledged.results);
			t.true(body.sequence >= acknowledged.sequence);
		}
	}
	await kill(hub);
};

test.serial(
	'a hub that is killed and resumed has everything that it acknowledged',
	surviveKills,
	deep(2, 20),
);
