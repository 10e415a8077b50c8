import test from 'ava';
import {selectMainSteps} from '../../source/session/select.js';
import type {SessionState} from '../../source/session/state.js';
import {openFakeSession} from '../tools/fakes/open-fake-session.js';
import {walkSession} from '../tools/fakes/walk-session.js';

const statuses = ({passes}: SessionState, id: string) =>
	Object.fromEntries((passes[id]?.run?.build?.stages ?? []).map(({name, status}) => [name, status]));

const failures = (state: SessionState): string[] =>
	selectMainSteps(state).flatMap(({id}) =>
		state.passed[id] ? [] : [`${id}: ${(state.runs[id]?.verdict ?? state.challenges[id])?.reason}`],
	);

for (const [workshop, count] of [
	['multi-stage', 45],
	['build-cache', 10],
	['build-mounts', 39],
] as const) {
	for (const on of ['engine', 'recording'] as const) {
		test(`${workshop}: every step passes by what is offered, on the ${on}`, async t => {
			const session = openFakeSession({workshop, on});
			session.begin();
			await session.settled();
			const shown: string[] = [];
			const last = await walkSession(session, {onState: ({stepId}) => void shown.push(stepId)});
			t.deepEqual(failures(last), []);
			t.is(selectMainSteps(last).length, count);
			t.is(last.screen, 'end');
			const steps = selectMainSteps(last).map(({id}) => id);
			t.deepEqual([...new Set(shown)], steps);
		});
	}

	test(`${workshop}: the clean-up at its end leaves what was there before`, async t => {
		const session = openFakeSession({
			workshop,
			prepare(backend) {
				backend.engine.addImage({tags: ['mine:latest']});
				backend.engine.addContainer({name: 'mine'});
				backend.engine.addVolume('mine');
			},
		});
		const before = session.backend.engine.names();
		session.begin();
		await session.settled();
		await walkSession(session);
		t.deepEqual(session.backend.engine.names(), before);
		t.deepEqual(session.lab.listAll(), []);
		t.deepEqual(session.backend.transcripts.runIds(), []);
	});
}

test('the builders treat the stages of one Dockerfile differently', async t => {
	const session = openFakeSession();
	session.begin();
	await session.settled();
	const last = await walkSession(session);
	t.deepEqual(statuses(last, 'build-simple'), {base: 'done', build: 'done', test: 'done', final: 'done'});
	t.is(statuses(last, 'build-simple-buildkit').test, 'skipped');
	t.is(statuses(last, 'build-simple-test').final, 'skipped');
	t.is(last.passes['build-simple']?.run?.builder, 'legacy');
	t.is(last.passes['build-simple-buildkit']?.run?.builder, 'buildkit');
});

test('in a recording nothing is run, written into a ledger or looked up on an engine', async t => {
	const session = openFakeSession({on: 'recording'});
	session.begin();
	await session.settled();
	await walkSession(session);
	t.deepEqual(session.backend.runner.started, []);
	t.deepEqual(session.backend.ledger.all(), []);
	t.deepEqual(session.backend.engine.asked, []);
	t.is(session.backend.kept.kept(), null);
	t.is(Object.keys(session.recorded.kept()?.passed ?? {}).length, 45);
});

test('progress is kept after each step, and the next session goes on there', async t => {
	const first = openFakeSession();
	first.begin();
	await first.settled();
	await walkSession(first, {until: ({stepId}) => stepId === 'build-simple'});
	const kept = first.backend.kept.kept();
	t.like(kept, {stepId: 'build-simple', builder: 'legacy'});
	t.deepEqual(Object.keys(kept?.passed ?? {}), [
		'build-why-single',
		'build-why-multi',
		'compare-why',
		'ask-why-bigger',
		'read-reference',
		'ask-what-ships',
		'disable-buildkit',
		'read-simple',
	]);
	const second = openFakeSession({progress: kept ?? {}, passed: Object.keys(kept?.passed ?? {})});
	second.begin();
	const state = await second.settled();
	t.like(state, {screen: 'welcome', stepId: 'build-simple', builder: 'legacy'});
	second.send({intent: 'go-on'});
	t.is(second.getState().screen, 'step');
});
