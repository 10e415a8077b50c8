import test from 'ava';
import type {LedgerEntry} from '../../source/ownership/ledger.js';
import type {RunRequest} from '../../source/session/ports.js';
import type {SessionState} from '../../source/session/state.js';
import {UserError} from '../../source/text/user-error.js';
import type {Script} from '../tools/fakes/fake-runner.js';
import {createFakeTranscripts} from '../tools/fakes/fake-transcripts.js';
import {
	type FakeSession,
	type FakeSessionOptions,
	openFakeSession,
} from '../tools/fakes/open-fake-session.js';

const step = 'build-simple-buildkit';
const isOver = ({runningStepId}: SessionState): boolean => runningStepId === null;

const open = async (options: FakeSessionOptions): Promise<FakeSession> => {
	const session = openFakeSession(options);
	session.begin();
	await session.settled();
	session.send({intent: 'go-on'});
	return session;
};

const run = async (session: FakeSession): Promise<SessionState> => {
	session.send({intent: 'run'});
	return session.until(isOver, 'the end of the run');
};

type Ended = {script: (request: RunRequest) => Script | null; finding: string; says: RegExp};

const outcomes: Record<string, Ended> = {
	'a failed build': {
		script: () => ({prints: [{text: 'no\n', stream: 'stderr'}], ends: 1}),
		finding: 'build-failed',
		says: /./,
	},
	'a command that could not start': {
		script: () => ({ends: {ended: 'could-not-start', message: 'There is no docker.', seconds: 0}}),
		finding: 'could-not-start',
		says: /^There is no docker\.$/,
	},
	'a full disk': {
		script: () => ({ends: {ended: 'exited', exitCode: 1, seconds: 1, unkept: 'There was no room.'}}),
		finding: 'output-cut',
		says: /^There was no room\.$/,
	},
};

for (const [name, {script, finding, says}] of Object.entries(outcomes)) {
	test(`${name} does not pass the step, and can be run again`, async t => {
		let isBroken = true;
		const session = await open({stepId: step, script: request => (isBroken ? script(request) : null)});
		const state = await run(session);
		t.like(state.runs[step]?.verdict, {verdict: 'failed', finding});
		t.regex(state.runs[step]?.verdict?.reason ?? '', says);
		t.is(state.passed[step], undefined);
		isBroken = false;
		t.is((await run(session)).runs[step]?.verdict?.verdict, 'passed');
	});
}

test('a cancelled command proves nothing, and the ledger says that it is settled', async t => {
	const session = await open({stepId: step});
	const begun = session.backend.runner.hold();
	session.send({intent: 'run'});
	const held = await begun;
	session.send({intent: 'cancel'});
	const state = await session.until(isOver, 'the end of the run');
	t.true(held.isCancelled());
	t.false(held.isKilled());
	t.like(state.runs[step]?.verdict, {verdict: 'failed', finding: 'cancelled'});
	t.deepEqual(
		session.backend.ledger.all().map(({kind}) => kind),
		['intent', 'settled'],
	);
});

test('a second cancel ends a stubborn command by force', async t => {
	const session = await open({stepId: step});
	const begun = session.backend.runner.hold({isStubborn: true});
	session.send({intent: 'run'});
	const held = await begun;
	await session.until(({runs}) => runs[step] !== undefined, 'the run');
	session.send({intent: 'cancel'});
	t.is(session.getState().runs[step]?.phase, 'cancelling');
	t.false(held.isKilled());
	session.send({intent: 'cancel'});
	t.true(held.isKilled());
	await session.until(isOver, 'the end of the run');
});

test('a shut down session has cancelled what ran', async t => {
	const session = await open({stepId: step});
	const begun = session.backend.runner.hold();
	session.send({intent: 'run'});
	const held = await begun;
	await session.shutDown();
	t.true(held.isCancelled());
	t.truthy(session.getState().ending);
});

test('what a run makes is in the ledger before and after it', async t => {
	const session = await open({stepId: step});
	await run(session);
	const kinds = session.backend.ledger.all().map(({kind}) => kind);
	t.is(kinds[0], 'intent');
	t.is(kinds.at(-1), 'settled');
	t.true(kinds.includes('image') && kinds.includes('name'), kinds.join());
});

test('what cannot be noted does not run', async t => {
	const session = await open({stepId: step, prepare: backend => backend.ledger.fill()});
	const state = await run(session);
	t.regex(state.notice ?? '', /^What the workshop creates can’t be recorded/);
	t.deepEqual(session.backend.runner.started, []);
});

test('a command whose container could not be identified does not begin, and nothing says that it runs', async t => {
	let isFull = false;
	const session = await open({
		stepId: step,
		prepare(_, lab) {
			const {cidFile} = lab;
			lab.cidFile = runId => {
				if (isFull) throw new UserError('It can’t be saved.');
				return cidFile(runId);
			};
		},
	});
	await run(session);
	session.send({intent: 'next-step'});
	const {length} = session.backend.ledger.all();
	isFull = true;
	const state = await run(session);
	t.regex(state.notice ?? '', /^It can’t be saved\./);
	t.is(session.backend.ledger.all().length, length);
	t.is(state.runs[state.stepId], undefined);
	t.not(state.stepId, step);
});

test('a step that needs another one first is refused with its title', async t => {
	const session = await open({stepId: 'run-simple', passed: []});
	session.send({intent: 'run'});
	t.regex(session.getState().notice ?? '', /^Do the step “Build it”/);
});

test('an engine that refuses without a cause is missing, with its reason and what to do', async t => {
	const session = openFakeSession({
		prepare: ({engine}) => engine.stop(new UserError('It is not valid.', {next: 'unset it'})),
	});
	session.begin();
	const {engine} = await session.settled();
	t.deepEqual(engine, {status: 'missing', reason: 'It is not valid.', next: 'unset it', isSlow: false});
});

test('without an engine nothing runs', async t => {
	const session = await open({stepId: step, prepare: ({engine}) => engine.stop(), hasRecording: false});
	session.send({intent: 'next-step'});
	session.send({intent: 'run'});
	t.deepEqual(session.backend.runner.started, []);
});

test('a Dockerfile that was taken away is written again before the step runs', async t => {
	const session = await open({stepId: step});
	session.lab.write('simple/Dockerfile', null);
	await run(session);
	t.is(session.lab.read('simple/Dockerfile'), session.lab.readShipped('simple/Dockerfile'));
});

test('a lab folder that cannot be written is said, and nothing runs', async t => {
	const session = await open({stepId: step, prepare: (_, lab) => lab.lock()});
	const state = await run(session);
	t.regex(state.notice ?? '', /^The lab files can’t be written to .* Next: choose another folder/);
	t.deepEqual(session.backend.runner.started, []);
});

test('a step with an edit has its line while it runs, and not afterwards', async t => {
	let during: string | null = null;
	const session: FakeSession = await open({
		workshop: 'build-cache',
		stepId: 'edit-careless',
		script() {
			during = session.lab.read('careless/app.txt');
			return null;
		},
	});
	const before = session.lab.read('careless/app.txt');
	await run(session);
	t.regex(during ?? '', /# changed at \d{4}-/);
	t.is(session.lab.read('careless/app.txt'), before);
});

test('an engine that goes while a command runs leaves the ledger open, and its return settles it', async t => {
	const session = await open({stepId: step});
	const begun = session.backend.runner.hold();
	session.send({intent: 'run'});
	const held = await begun;
	session.backend.engine.stop();
	held.end({ends: 1});
	const state = await session.until(isOver, 'the end of the run');
	t.like(state.runs[step]?.verdict, {verdict: 'unknown', finding: 'engine-gone'});
	t.deepEqual(
		session.backend.ledger.all().map(({kind}) => kind),
		['intent'],
	);
	session.backend.engine.start();
	await session.backend.engine.identity();
	t.is(session.backend.ledger.all().at(-1)?.kind, 'settled');
});

test('what an interrupted session made is noted by the next one, which says so', async t => {
	const ledger: LedgerEntry[] = [];
	const transcripts = createFakeTranscripts();
	const first = await open({stepId: 'run-whoami', ledger, transcripts, prepare: whoami});
	void first.backend.runner.hold().then(held => held.print(`${'d'.repeat(64)}\n`));
	first.send({intent: 'run'});
	await first.until(({runs}) => runs['run-whoami'] !== undefined, 'the run');
	await new Promise(setImmediate);
	// Here the program dies; its command goes on and ends by itself.
	transcripts.end(first.getState().runs['run-whoami']?.runId ?? '');
	const second = openFakeSession({stepId: 'run-whoami', ledger, transcripts});
	second.begin();
	const {notice} = await second.until(state => state.notice !== null, 'a notice');
	t.regex(notice ?? '', /^An earlier session was interrupted and left 1 thing on the engine/);
	t.deepEqual(
		second.backend.ledger.all().map(({kind}) => kind),
		['intent', 'container', 'settled'],
	);
	t.is(second.backend.ledger.all()[1]?.id, 'd'.repeat(64));
});

test('what still runs of an interrupted session is left for the next time', async t => {
	const ledger: LedgerEntry[] = [];
	const transcripts = createFakeTranscripts();
	const first = await open({stepId: 'run-whoami', ledger, transcripts, prepare: whoami});
	void first.backend.runner.hold();
	first.send({intent: 'run'});
	await first.until(({runs}) => runs['run-whoami'] !== undefined, 'the run');
	const second = openFakeSession({ledger, transcripts});
	second.begin();
	await second.settled();
	await new Promise(setImmediate);
	t.is(second.getState().notice, null);
	t.deepEqual(
		second.backend.ledger.all().map(({kind}) => kind),
		['intent'],
	);
});

function whoami({engine}: FakeSession['backend']): void {
	engine.addImage({tags: ['whoami:latest']});
}
