import test from 'ava';
import {openLine} from '../../source/session/command-line.js';
import {confirmBeforeRun} from '../../source/session/confirm-before-run.js';
import {createNavigation} from '../../source/session/features/navigation.js';
import {createPrompt} from '../../source/session/prompt.js';
import type {Action} from '../../source/session/reduce.js';
import type {Consent} from '../../source/session/run-context.js';
import type {SessionState} from '../../source/session/state.js';
import type {StepRunner} from '../../source/session/step-runner.js';
import {createStore} from '../../source/session/store.js';
import {sampleState} from '../tui/sample-state.js';

const question = {
	title: 'Do you trust it?',
	lines: [],
	choices: [
		{key: 'n', label: 'only read', answer: 'no'},
		{key: 'y', label: 'trust it', answer: 'yes'},
	],
};

/** A step runner that asks before it runs, and only counts, at a step. */
const open = (state: SessionState, {isTrusted = false} = {}) => {
	const store = createStore(state);
	const prompt = createPrompt(store);
	let runs = 0;
	const count = () => void runs++;
	const stepRunner: StepRunner = {
		runShown: count,
		runShownSolution: count,
		runLine: count,
		cancel() {},
		stop: async () => {},
		lastRun: () => null,
		lastProof: () => null,
	};
	let trusts = isTrusted;
	const consent: Consent = {
		pending: () =>
			trusts
				? null
				: {
						question,
						agree() {
							trusts = true;
							return null;
						},
					},
	};
	const guarded = confirmBeforeRun(store, stepRunner, {
		prompt,
		consent,
		async leave() {},
		readOn: createNavigation(store, () => {}).forward,
	});
	const answer = async (given: string) => {
		prompt.answer(given);
		await Promise.resolve();
	};
	return {store, guarded, answer, runs: () => runs};
};

const reading = () => sampleState({stepId: 'read', passed: {}});
const remote = {
	...reading(),
	engine: {
		status: 'ready' as const,
		identity: {
			...(sampleState().engine as Extract<SessionState['engine'], {status: 'ready'}>).identity,
			local: false,
			endpoint: 'ssh://far',
		},
	},
};

test('whoever only reads goes on from a step that is only read, and is not asked again', async t => {
	const {store, guarded, answer, runs} = open(reading());
	t.deepEqual(store.getState().question, question);
	await answer('no');
	guarded.runShown();
	t.is(store.getState().question, null);
	t.not(store.getState().stepId, 'read');
	t.regex(store.getState().notice ?? '', /not marked as passed.*once you trust/);
	t.deepEqual(store.getState().passed, {});
	t.is(runs(), 0);
});

test('whoever only reads is asked again by a step that runs something', async t => {
	const {store, guarded, answer, runs} = open(sampleState());
	await answer('no');
	guarded.runShown();
	t.deepEqual(store.getState().question, question);
	await answer('yes');
	t.is(runs(), 1);
});

test('a step that is only read does not ask about an engine on another machine', t => {
	const {store, guarded, runs} = open(remote, {isTrusted: true});
	guarded.runShown();
	t.is(store.getState().question, null);
	t.is(runs(), 1);
});

const connecting = {...sampleState(), engine: {status: 'connecting' as const}};
const {engine: ready} = sampleState();
const missing = {status: 'missing' as const, reason: 'It is gone.', next: null, isSlow: false};

test('what is started while the engine has not answered runs once, as soon as it does', t => {
	const {store, guarded, runs} = open(connecting, {isTrusted: true});
	guarded.runShown();
	guarded.runShown();
	t.regex(store.getState().notice ?? '', /as soon as it does/);
	t.is(runs(), 0);
	store.dispatch({action: 'see-engine', engine: ready});
	t.is(runs(), 1);
	store.dispatch({action: 'see-engine', engine: ready});
	t.is(runs(), 1);
});

test('what waits for the engine is asked about if that is on another machine', t => {
	const {store, guarded, runs} = open(connecting, {isTrusted: true});
	guarded.runShown();
	store.dispatch({action: 'see-engine', engine: remote.engine});
	t.regex(store.getState().question?.title ?? '', /not on this machine/);
	t.is(runs(), 0);
});

test('what waits for an engine that can’t be reached is run, which says so', t => {
	const {store, guarded, runs} = open(connecting, {isTrusted: true});
	guarded.runLine('docker ps');
	store.dispatch({action: 'see-engine', engine: missing});
	t.is(runs(), 1);
});

const ways: Record<string, Action> = {
	'another step is shown': {action: 'show-step', stepId: 'read'},
	'a question is asked': {action: 'set', values: {question}},
	'a command is typed': {action: 'set', values: {commandLine: openLine('')}},
};
for (const [title, leave] of Object.entries(ways)) {
	test(`what waits for the engine does not run if ${title} when it answers`, t => {
		const {store, guarded, runs} = open(connecting, {isTrusted: true});
		guarded.runShown();
		store.dispatch(leave);
		store.dispatch({action: 'see-engine', engine: ready});
		t.is(runs(), 0);
	});
}
