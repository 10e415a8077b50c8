import test from 'ava';
import type {LedgerEntry} from '../../source/ownership/ledger.js';
import type {Consent} from '../../source/session/run-context.js';
import type {SessionState} from '../../source/session/state.js';
import {createKeyboard} from '../../source/tui/keymap/use-keys.js';
import {
	type FakeSession,
	type FakeSessionOptions,
	openFakeSession,
} from '../tools/fakes/open-fake-session.js';

// Every question that a session asks, with each of its answers, and with what else ends a question.

const engine = 'ABCD';
const step = 'build-simple-buildkit';

/** Asks until it is agreed to. */
const stranger = (): Consent => {
	let trusts = false;
	return {
		pending: () =>
			trusts
				? null
				: {
						question: {
							title: 'Do you trust it?',
							lines: [],
							choices: [
								{key: 'n', label: 'only read', answer: 'no'},
								{key: 'y', label: 'trust it', answer: 'yes'},
								{key: 'q', label: 'leave', answer: 'leave'},
							],
						},
						agree() {
							trusts = true;
							return null;
						},
					},
	};
};

const open = async (options: FakeSessionOptions): Promise<FakeSession> => {
	const session = openFakeSession(options);
	session.begin();
	await session.until(({engine: {status}}) => status === 'ready', 'the engine');
	if (options.stepId !== undefined && session.getState().question === null) session.send({intent: 'go-on'});
	return session;
};

const run = (session: FakeSession) => session.send({intent: 'run'});
const started = ({backend}: FakeSession): number => backend.runner.started.length;
const isOver = ({runningStepId, question}: SessionState): boolean =>
	runningStepId === null && question === null;

/** Presses a key where nothing but the session is shown. */
const press = (session: FakeSession, key: string): void =>
	createKeyboard(
		session,
		() => ({layer: 'screen'}),
		() => ({onAction() {}, onText() {}}),
	).press(key);

/** What was asked about has been done, or left alone. */
const over = async (session: FakeSession): Promise<void> => {
	await new Promise(setImmediate);
	await session.until(isOver, 'the end of what was asked about');
};

type Prompt = {
	options: FakeSessionOptions;
	/** From the shown step to the question. */
	arrive?: (session: FakeSession) => void;
	title: RegExp;
	answers: Record<string, (session: FakeSession) => unknown>;
};

const ours: LedgerEntry[] = [
	{kind: 'container', engine, id: 'c'.repeat(64), stepId: 'run-whoami'},
	{kind: 'image', engine, id: `sha256:${'9'.repeat(64)}`},
];
const whoami = (backend: FakeSession['backend']): void => {
	backend.engine.addImage({id: `sha256:${'9'.repeat(64)}`, tags: ['whoami:latest']});
	backend.engine.addContainer({
		...{id: 'c'.repeat(64), name: 'whoami1', image: 'whoami'},
		imageId: `sha256:${'9'.repeat(64)}`,
	});
};
const lacks = (session: FakeSession, text: string) =>
	session.getState().notice?.includes(text) ? null : session.getState().notice;

const prompts: Record<string, Prompt> = {
	'whether the workshop is trusted, at its beginning': {
		options: {consent: stranger()},
		title: /^Do you trust it\?$/,
		answers: {
			no: session => [started(session), lacks(session, 'Nothing runs until you say')],
			yes: session => [started(session), session.getState().notice],
			leave: session => [started(session), session.getState().ending === null],
		},
	},
	'whether an engine on another machine may be used': {
		options: {stepId: step, identity: {local: false, endpoint: 'ssh://far', address: '10.0.0.7'}},
		arrive: run,
		title: /^The engine is not on this machine/,
		answers: {
			no: session => [started(session), lacks(session, 'Nothing runs on ssh://far until you agree')],
			yes: session => [started(session), session.getState().passed[step] === undefined],
			leave: session => [started(session), session.getState().ending === null],
		},
	},
	'whether a name of the learner’s image may be taken': {
		options: {stepId: step, prepare: backend => backend.engine.addImage({tags: ['simple:buildkit']})},
		arrive: run,
		title: /^An image called simple:buildkit is already here, and the workshop did not make it\.$/,
		answers: {
			no: session => [started(session), lacks(session, 'The image name simple:buildkit stays with')],
			yes: session => [started(session), session.getState().passed[step] === undefined],
		},
	},
	'whether the container of an earlier run is replaced': {
		options: {stepId: 'run-whoami', ledger: [...ours], prepare: whoami},
		arrive: run,
		title: /^The container whoami1 from an earlier run still exists\.$/,
		answers: {
			no: session => [started(session), lacks(session, 'The container whoami1 was kept')],
			yes: session => [
				started(session),
				session.backend.ledger.all().some(({kind, id}) => kind === 'gone' && id === 'c'.repeat(64))
					? null
					: 'kept',
			],
		},
	},
	'what is removed by the clean-up': {
		options: {stepId: 'cleanup', ledger: [...ours], prepare: whoami},
		arrive: run,
		title: /^Remove what the workshop made\?$/,
		answers: {
			no: session => [
				session.backend.engine.names().containers.length - 1,
				lacks(session, 'Nothing was removed'),
			],
			yes: session => [session.backend.engine.names().containers.length, session.getState().notice],
		},
	},
	'whether a saved file is built': {
		options: {stepId: step},
		arrive(session) {
			const text = session.lab.read('simple/Dockerfile') ?? '';
			session.lab.write('simple/Dockerfile', `${text}# mine\n`);
		},
		title: /^simple\/Dockerfile was saved: 1 line added\.$/,
		answers: {
			no: session => [started(session), session.getState().notice],
			yes: session => [started(session), session.getState().runs[step] === undefined],
		},
	},
	'whether to leave': {
		options: {stepId: step},
		arrive: session => session.send({intent: 'quit'}),
		title: /^Leave the workshop\?$/,
		answers: {
			no: session => [started(session), session.getState().ending],
			yes: session => [started(session), session.getState().ending === null],
		},
	},
};

/** How many commands have run after the answer, or containers are left, where it is not none. */
const counts: Record<string, number> = {
	'whether an engine on another machine may be used: yes': 1,
	'whether a name of the learner’s image may be taken: yes': 1,
	'whether the container of an earlier run is replaced: yes': 1,
	'whether a saved file is built: yes': 1,
};

for (const [name, {options, arrive = () => {}, title, answers}] of Object.entries(prompts)) {
	const arriveAt = async (): Promise<FakeSession> => {
		const session = await open({...options, consent: options.consent ? stranger() : null});
		arrive(session);
		await session.until(({question}) => question !== null, 'the question');
		return session;
	};

	for (const [answer, look] of Object.entries(answers)) {
		test(`${name}: ${answer}`, async t => {
			const session = await arriveAt();
			const {question} = session.getState();
			t.regex(question?.title ?? '', title);
			t.deepEqual(question?.choices.map(one => one.answer).sort(), Object.keys(answers).sort());
			press(session, question?.choices.find(one => one.answer === answer)?.key ?? '');
			await over(session);
			const [count, rest] = look(session) as [number, unknown];
			t.is(count, counts[`${name}: ${answer}`] ?? 0);
			t.true(rest === null || rest === false, String(rest));
		});
	}

	test(`${name}: ctrl-c asks whether to leave instead, or leaves`, async t => {
		const session = await arriveAt();
		press(session, 'ctrl-c');
		const state = await session.until(
			({question, ending}) =>
				ending !== null || question === null || question.title === 'Leave the workshop?',
			'another question, or none',
		);
		t.true(state.question === null || !title.test(state.question.title) || title.test('Leave the workshop?'));
		t.is(started(session), 0);
	});
}

test('an agreed engine on another machine is not asked about again', async t => {
	const session = await open(prompts['whether an engine on another machine may be used']?.options ?? {});
	run(session);
	await session.until(({question}) => question !== null, 'the question');
	press(session, 'y');
	await over(session);
	run(session);
	t.is(session.getState().question, null);
	await over(session);
	t.is(started(session), 2);
});

test('the learner’s own container keeps its name, and nothing is asked', async t => {
	const session = await open({
		stepId: 'run-whoami',
		prepare(backend) {
			backend.engine.addImage({tags: ['whoami:latest']});
			backend.engine.addContainer({name: 'whoami1'});
		},
	});
	run(session);
	const {notice} = await session.until(state => isOver(state) && state.notice !== null, 'a notice');
	t.regex(
		notice ?? '',
		/^One of your containers is called whoami1, .* Next: rename it for now: `docker rename/,
	);
	t.is(started(session), 0);
});

test('files that change after they were agreed to do not run', async t => {
	let obstacle: string | null = null;
	const session = await open({
		stepId: step,
		consent: {pending: () => (obstacle === null ? null : {obstacle})},
	});
	obstacle = 'The files have changed, and nothing of them runs.';
	run(session);
	t.is(session.getState().notice, obstacle);
	session.send({intent: 'run-line', line: 'docker ps'});
	t.is(started(session), 0);
});

test('a workshop that changes between the steps of a solution runs no further', async t => {
	let looks = 0;
	const session = await open({
		stepId: 'lab-port',
		progress: {hints: {'lab-port': 9}},
		// Once to begin, once before the command.
		consent: {pending: () => (++looks > 3 ? {obstacle: 'The files have changed.'} : null)},
	});
	session.send({intent: 'run-solution'});
	const {notice} = await session.until(state => state.notice !== null, 'a notice');
	t.regex(notice ?? '', /files/);
	t.is(started(session), 0);
});

test('a question that has no answer yet is given up when the session is shut down', async t => {
	const session = await open(prompts['whether a name of the learner’s image may be taken']?.options ?? {});
	run(session);
	await session.until(({question}) => question !== null, 'the question');
	await session.shutDown();
	t.is(session.getState().question, null);
	t.truthy(session.getState().ending);
	t.is(started(session), 0);
});
