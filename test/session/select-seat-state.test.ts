import test from 'ava';
import * as v from 'valibot';
import {type StepReport, seatStateSchema} from '../../source/classroom/protocol.js';
import {countTime} from '../../source/session/efforts.js';
import {selectSeatState} from '../../source/session/select-seat-state.js';
import type {SessionState} from '../../source/session/state.js';
import {openFakeSession} from '../tools/fakes/open-fake-session.js';
import {sampleState} from '../tui/sample-state.js';

const hash = 'a'.repeat(64);

/** What a class is told, which must fit the protocol. Times are left out: they depend on the machine. */
const seen = (state: SessionState) => {
	const told = v.parse(
		seatStateSchema,
		selectSeatState(state, {hash, handedIn: false, at: performance.now()}),
	);
	return {...told, steps: told.steps.map(({seconds: _, ...step}) => step)};
};
const stepSeen = (state: SessionState, id: string): Partial<StepReport> | undefined =>
	seen(state).steps.find(({step}) => step === id);

test('a class is told of the steps that were shown, and of those that passed earlier', async t => {
	const session = openFakeSession({stepId: 'build-simple', passed: ['read-reference'], on: 'recording'});
	session.begin();
	await session.settled();
	t.deepEqual(
		seen(session.getState()).steps.map(({step, verdict}) => [step, verdict]),
		[['read-reference', 'passed']],
	);
	t.is(seen(session.getState()).step, null, 'the first page is no step');
	session.send({intent: 'go-on'});
	const told = seen(session.getState());
	t.is(told.step, 'build-simple');
	t.is(told.mode, 'recorded');
	t.deepEqual(told.workshop, {id: 'multi-stage', hash});
	t.deepEqual(stepSeen(session.getState(), 'build-simple'), {
		step: 'build-simple',
		verdict: null,
		finding: null,
		attempts: 0,
		hints: 0,
		prediction: null,
	});
});

for (const [predicted, expected] of [
	[['base', 'build', 'test'], 'right'],
	[['base', 'final'], 'wrong'],
	[[], null],
] as const) {
	test(`a prediction of ${predicted.length} stages is told as ${expected}`, async t => {
		const session = openFakeSession({stepId: 'build-simple-test', on: 'recording'});
		session.begin();
		await session.settled();
		session.send({intent: 'go-on'});
		const stages = session.getState().plans['build-simple-test']?.graph.stages ?? [];
		for (const name of predicted) {
			session.send({intent: 'tick', place: stages.findIndex(stage => stage.name === name) + 1});
		}
		session.send({intent: 'run'});
		const state = await session.until(({passed}) => passed['build-simple-test'] !== undefined, 'a pass');
		const settled = await session.settled();
		t.is(stepSeen(settled, 'build-simple-test')?.prediction, expected);
		t.is(stepSeen(settled, 'build-simple-test')?.attempts, 1);
		t.deepEqual(stepSeen(state, 'build-simple-test')?.finding, null);
	});
}

test('a challenge is no result before something was tried, then it is its finding', async t => {
	const session = openFakeSession({
		stepId: 'lab-port',
		prepare: ({engine}) => void engine.addImage({tags: ['whoami:latest']}),
	});
	session.begin();
	await session.settled();
	session.send({intent: 'go-on'});
	const start = await session.until(({challenges}) => challenges['lab-port'] !== undefined, 'a verdict');
	t.like(stepSeen(start, 'lab-port'), {verdict: null, finding: null, attempts: 0});
	session.send({intent: 'run-line', line: 'docker run -d -P whoami -port 5000'});
	const isTried = ({challenges, runningStepId}: SessionState) =>
		runningStepId === null && challenges['lab-port']?.finding === 'published-wrong-port';
	const tried = await session.until(isTried, 'the finding');
	t.like(stepSeen(tried, 'lab-port'), {verdict: 'failed', finding: 'published-wrong-port', attempts: 1});
	session.send({intent: 'reveal-hint'});
	session.send({intent: 'reveal-hint'});
	t.is(stepSeen(session.getState(), 'lab-port')?.hints, 2);
});

test('the time of a step is counted while it is shown, and kept for the next start', t => {
	const step = (stepId: string): Partial<SessionState> => ({screen: 'step', stepId});
	const opened = {...sampleState(), ...step('build'), efforts: {}, shownSince: null};
	const first = countTime(opened, 1000);
	const second = countTime({...first, ...step('port')}, 6000);
	const back = countTime({...second, ...step('build')}, 8000);
	const ended = countTime({...back, ending: {summary: []}}, 9500);
	const seconds = (state: SessionState, at: number) =>
		Object.fromEntries(
			selectSeatState(state, {hash, handedIn: false, at}).steps.map(({step: id, seconds: one}) => [id, one]),
		);
	t.like(seconds(first, 3000), {build: 2});
	t.like(seconds(back, 9000), {build: 6, port: 2});
	t.like(ended.efforts, {build: {seconds: 6.5}, port: {seconds: 2}});
	t.like(seconds(ended, 100_000), {build: 7, port: 2}, 'what is over is no longer counted');
	t.is(countTime(first, 4000), first, 'nothing changes while the same step is shown');
});

test('efforts outlast the session', async t => {
	const session = openFakeSession({stepId: 'build-simple', on: 'recording', progress: {builder: 'legacy'}});
	session.begin();
	await session.settled();
	session.send({intent: 'go-on'});
	session.send({intent: 'run'});
	await session.until(({passed}) => passed['build-simple'] !== undefined, 'a pass');
	await session.settled();
	await session.shutDown();
	const {efforts} = session.recorded.kept() ?? {};
	t.like(efforts, {'build-simple': {attempts: 1, prediction: null}});
	const next = openFakeSession({stepId: 'build-simple', on: 'recording', progress: {efforts: efforts ?? {}}});
	t.is(stepSeen(next.getState(), 'build-simple')?.attempts, 1);
});
