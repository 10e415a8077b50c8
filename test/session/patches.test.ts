import test from 'ava';
import {selectPlan} from '../../source/session/select.js';
import {selectCommandNotes} from '../../source/session/select-wording.js';
import {type FakeSession, openFakeSession} from '../tools/fakes/open-fake-session.js';
import {writePatchingWorkshop} from '../tools/patching-workshop.js';

const open = async (stepId: string): Promise<FakeSession> => {
	const session = openFakeSession({workshop: writePatchingWorkshop(), stepId});
	session.begin();
	await session.settled();
	session.backend.engine.addImage({tags: ['alpine:3.13']});
	session.lab.ensure();
	session.send({intent: 'go-to-step', stepId});
	await session.settled();
	return session;
};
const run = async (session: FakeSession): Promise<void> => {
	const {stepId} = session.getState();
	session.send({intent: 'run'});
	await session.until(({runs}) => runs[stepId]?.phase === 'over', 'its end');
	await session.settled();
};
const builtWords = ({lab}: FakeSession) => /echo (\w+)/.exec(lab.read('app/Dockerfile') ?? '')?.[1];
const stagesIn = ({getState}: FakeSession) => selectPlan(getState())?.graph.stages.map(({name}) => name);

test('enter changes the file before the command runs, and the page says so', async t => {
	const session = await open('two');
	t.deepEqual(selectCommandNotes(session.getState()), [
		'Before it runs, `app/Dockerfile` is changed as shown above.',
	]);
	t.is(builtWords(session), 'hello');
	await run(session);
	t.is(builtWords(session), 'two');
	// The program has changed the file, so it does not offer to build it.
	t.is(session.getState().question, null);
	await run(session);
	t.is(builtWords(session), 'two');
});

test('the Dockerfile is shown as it will be built', async t => {
	const session = await open('two');
	await run(session);
	session.send({intent: 'go-to-step', stepId: 'three'});
	await session.settled();
	t.deepEqual(stagesIn(session), ['words', 'three']);
	t.is(builtWords(session), 'two');
});

test('steps can be skipped and repeated', async t => {
	const session = await open('three');
	await run(session);
	t.is(builtWords(session), 'three');
	session.send({intent: 'go-to-step', stepId: 'two'});
	await session.settled();
	await run(session);
	t.is(builtWords(session), 'two');
});

test('a file that the learner has changed there stays, and nothing runs', async t => {
	const session = await open('two');
	session.lab.write('app/Dockerfile', 'FROM alpine:3.13\n');
	await session.until(({question}) => question !== null, 'the offer to build it');
	session.send({intent: 'answer', answer: 'yes'});
	const {notice} = await session.until(state => state.notice?.includes('reset') ?? false, 'the notice');
	t.is(
		notice,
		'You have changed `app/Dockerfile`, and the change above doesn’t fit it any more: nothing was changed or run. Next: leave, run `multistage-workshop reset two`, which keeps your file under another name, and come back.',
	);
	t.is(session.lab.read('app/Dockerfile'), 'FROM alpine:3.13\n');
	t.deepEqual(session.backend.runner.started, []);
});

test('of typed lines, only one of the step’s kind changes the file', async t => {
	const session = await open('four');
	session.send({intent: 'run-line', line: 'docker ps'});
	await session.until(({runs}) => runs.four?.phase === 'over', 'the first line');
	await session.settled();
	t.is(builtWords(session), 'hello');
	session.send({intent: 'run-line', line: 'docker build -t mine ./app'});
	await session.until(({runs}) => runs.four?.commandLine.includes('mine') ?? false, 'the second line');
	t.is(builtWords(session), 'four');
	await session.settled();
});
