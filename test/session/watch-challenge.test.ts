import test from 'ava';
import type {SessionState} from '../../source/session/state.js';
import {
	type FakeSession,
	type FakeSessionOptions,
	openFakeSession,
} from '../tools/fakes/open-fake-session.js';

const lab = 'lab-port';

/** At the challenge, with the image of the workshop on the engine. */
const open = async (options: FakeSessionOptions = {}): Promise<FakeSession> => {
	const session = openFakeSession({
		stepId: lab,
		prepare(backend, folder) {
			folder.ensure();
			backend.engine.run(['docker', 'tag', 'alpine:3.13', 'other']);
			backend.engine.addImage({tags: ['whoami:latest']});
		},
		...options,
	});
	session.begin();
	await session.settled();
	session.send({intent: 'go-on'});
	return session;
};

const finds = async (session: FakeSession, finding: string): Promise<SessionState> => {
	await session.until(({challenges}) => challenges[lab]?.finding === finding, finding);
	// What passed is noted right behind the verdict.
	return session.getState();
};

/** What somebody does in a second terminal. */
const docker = (session: FakeSession, line: string): void => {
	const done = session.backend.engine.run(['docker', ...line.split(' ')]);
	if (done?.exitCode !== 0) throw new Error(`${line}: ${done?.stderr}`);
};

test('a challenge is judged when it is shown, and follows the engine until it passes, which stays', async t => {
	const session = await open();
	await finds(session, 'no-container');
	docker(session, 'run -d -P --name wrong whoami -port 5000');
	const wrong = await session.until(
		({challenges}) => challenges[lab]?.verdict === 'failed' && challenges[lab]?.finding !== 'no-container',
		'another finding',
	);
	t.regex(wrong.challenges[lab]?.reason ?? '', /port 80/);
	t.is(wrong.passed[lab], undefined);
	docker(session, 'run -d -p 8050:5000 --name right whoami -port 5000');
	const right = await finds(session, 'passed');
	t.regex(right.challenges[lab]?.reason ?? '', /answers on host port 8050/);
	t.truthy(right.passed[lab]);
	docker(session, 'rm -f right wrong');
	const removed = await finds(session, 'no-container');
	t.truthy(removed.passed[lab]);
});

test('an engine that goes is no fault of the learner’s, and is looked for again', async t => {
	const session = await open();
	await finds(session, 'no-container');
	session.backend.engine.stop();
	const gone = await finds(session, 'engine-gone');
	t.is(gone.challenges[lab]?.verdict, 'unknown');
	t.deepEqual(gone.tried, {});
	session.backend.engine.start();
	await finds(session, 'no-container');
});

test('nobody judges once another step is shown', async t => {
	const session = await open();
	await finds(session, 'no-container');
	session.send({intent: 'previous-step'});
	const asked = session.backend.engine.asked.length;
	docker(session, 'run -d -P whoami -port 5000');
	await new Promise(setImmediate);
	t.is(session.backend.engine.asked.length, asked);
	session.send({intent: 'next-step'});
	await session.until(
		({challenges}) => challenges[lab]?.finding !== 'no-container' && challenges[lab] !== undefined,
		'another finding',
	);
});

test('a line of the learner’s own is judged by what it has made', async t => {
	const session = await open();
	await finds(session, 'no-container');
	session.send({intent: 'run-line', line: 'docker run -d -p 8050:5000 whoami -port 5000'});
	const state = await finds(session, 'passed');
	t.truthy(state.passed[lab]);
	await session.until(({runningStepId}) => runningStepId === null, 'the end of the line');
	t.true(session.getState().runs[lab]?.isTyped);
	t.true(session.backend.ledger.all().some(({kind}) => kind === 'container'));
});

test('a challenge that builds judge is not judged before they ran, nor after the files have changed', async t => {
	const session = openFakeSession({
		workshop: 'build-cache',
		stepId: 'ignore-notes',
		progress: {hints: {'ignore-notes': 9}},
	});
	session.begin();
	await session.settled();
	session.send({intent: 'go-on'});
	const id = 'ignore-notes';
	await session.until(({challenges}) => challenges[id]?.finding === 'not-proven', 'not-proven');
	session.send({intent: 'run-solution'});
	const passed = await session.until(
		({challenges, runningStepId}) => challenges[id]?.finding === 'passed' && runningStepId === null,
		'passed',
	);
	t.truthy(passed.passed[id]);
	session.lab.write('careful/notes.txt', 'mine\n');
	const changed = await session.until(
		({challenges}) => challenges[id]?.finding === 'not-proven',
		'not-proven',
	);
	t.is(changed.challenges[id]?.verdict, 'unknown');
	t.truthy(changed.passed[id]);
});

test('a challenge is not judged by files that are changed while builds judge it', async t => {
	const id = 'lint-stage';
	const session = openFakeSession({
		stepId: id,
		progress: {hints: {[id]: 9}},
	});
	session.begin();
	await session.settled();
	session.send({intent: 'go-on'});
	await session.until(({challenges}) => challenges[id]?.finding === 'no-lint-stage', 'no-lint-stage');
	const shown = new Set<string | undefined>();
	session.subscribe(() => void shown.add(session.getState().challenges[id]?.finding));
	session.send({intent: 'run-solution'});
	await session.until(
		({passed, runningStepId}) => passed[id] !== undefined && runningStepId === null,
		'the end of the run',
	);
	await session.settled();
	t.true(session.lab.temporaryEdits().begun > 0);
	t.deepEqual([...shown], ['no-lint-stage', 'not-proven', 'passed']);
});
