import test from 'ava';
import {openLine} from '../../source/session/command-line.js';
import {features, type Intent, isPossible} from '../../source/session/intents.js';
import type {SessionState} from '../../source/session/state.js';
import {activeBindings, findAnswer, findBinding} from '../../source/view/find-binding.js';
import {runningBuild} from '../tui/sample-runs.js';
import {sampleState} from '../tui/sample-state.js';

const passed = {at: '2026-01-02T03:04:05Z', finding: 'passed'};
const question = {
	title: 'Leave?',
	lines: [],
	choices: [
		{key: 'c', label: 'leave', answer: 'yes'},
		{key: 'n', label: 'stay', answer: 'no'},
	],
};
const running: Partial<SessionState> = {runningStepId: 'build', runs: {build: runningBuild}};
const missing: Partial<SessionState> = {
	engine: {status: 'missing', reason: 'There is none.', next: null, isSlow: false},
};

const states: Record<string, SessionState> = {
	welcome: sampleState({screen: 'welcome'}),
	'welcome without an engine': sampleState({screen: 'welcome', ...missing}),
	'a step': sampleState(),
	'a passed step': sampleState({passed: {build: passed}}),
	'a step at work': sampleState(running),
	'a step without an engine': sampleState(missing),
	'a read step': sampleState({stepId: 'read', passed: {}}),
	'a challenge': sampleState({stepId: 'port'}),
	'a challenge that is all revealed': sampleState({stepId: 'port', hints: {port: 3}}),
	end: sampleState({screen: 'end'}),
	keys: sampleState({overlay: 'keys'}),
	'keys at work': sampleState({overlay: 'keys', ...running}),
	chapters: sampleState({overlay: 'chapters'}),
	files: sampleState({overlay: 'files'}),
	'a command line': sampleState({commandLine: openLine('docker ps')}),
	'a search': sampleState({commandLine: {...openLine(''), search: 'build'}}),
	question: sampleState({question}),
	'question at work': sampleState({question, ...running}),
};

const intents = ['go-on', ...Object.keys(features)] as Array<Intent['intent']>;

/** What has no key of its own: chapters choose, questions answer, and a question gets the keys of what it covers. */
const hasKey = (state: SessionState, intent: Intent['intent']): boolean => {
	if (intent === 'go-to-step') return !state.overlay || findBinding(state, 'enter') !== null;
	// The list of files shows what the arrows choose, and opens it.
	if (intent === 'show-file') return findBinding(state, 'down') !== null;
	if (intent === 'edit-file') return findBinding(state, 'enter') !== null;
	// Every other key writes something.
	if (state.commandLine && ['type-text', 'quit', 'go-to-step'].includes(intent)) return true;
	// What runs is what stands in the command line, which has to be opened first.
	if (intent === 'run-line' && !state.commandLine) return findBinding(state, ':') !== null;
	// The key is one of a zoomed pane.
	if (intent === 'copy-log') return findBinding(state, 'y', {layer: 'zoom'}) !== null;
	if (intent === 'answer') return state.question?.choices.every(({key}) => findAnswer(state, key)) ?? false;
	if ((state.question || state.overlay) && !['cancel', 'quit', 'close-overlay'].includes(intent)) return true;
	// While something runs, ctrl-c cancels it, so in a question leaving has to wait.
	if (state.question && intent === 'quit' && state.runningStepId) return true;
	return activeBindings(state).some(binding => 'intent' in binding && binding.intent.intent === intent);
};

for (const [name, state] of Object.entries(states)) {
	test(`${name}: every intent that is possible has a key`, t => {
		const without = intents.filter(intent => isPossible(state, intent) && !hasKey(state, intent));
		t.deepEqual(without, []);
	});

	test(`${name}: no key means two things`, t => {
		const keys = activeBindings(state).flatMap(binding => binding.keys);
		t.deepEqual(
			keys.filter((key, index) => keys.indexOf(key) !== index),
			[],
		);
	});
}

const options = test.macro((t, name: string, key: string, expected: string | null) => {
	const state = states[name];
	const binding = state ? findBinding(state, key) : null;
	t.is<string | null, string | null>(
		binding && ('view' in binding ? binding.view : binding.intent.intent),
		expected,
	);
});

test('ctrl-c cancels what is running', options, 'a step at work', 'ctrl-c', 'cancel');
test('ctrl-c leaves when nothing runs', options, 'a step', 'ctrl-c', 'quit');
test('ctrl-c cancels from the key list too', options, 'keys at work', 'ctrl-c', 'cancel');
test('ctrl-c cancels from a question too', options, 'question at work', 'ctrl-c', 'cancel');
test('enter chooses a step in the chapters', options, 'chapters', 'enter', 'choose');
test('enter does nothing while the step is at work', options, 'a step at work', 'enter', null);
test('a letter is text in the command line', options, 'a command line', 'q', null);
test('escape closes the command line', options, 'a command line', 'escape', 'close-command-line');
test('escape leaves a search, and the line stays open', options, 'a search', 'escape', 'edit-line');
test('r on the welcome takes the recording', options, 'welcome without an engine', 'r', 'use-recording');
test('q in a question does nothing', options, 'question', 'q', null);
test('b can not change the builder while something runs', options, 'a step at work', 'b', null);

const answers = test.macro((t, key: string, expected: string | null) => {
	t.is(findAnswer(sampleState({question}), key), expected);
});

test('the key of a choice answers', answers, 'n', 'no');
test('enter answers with the first choice', answers, 'enter', 'yes');
test('escape answers with the last choice', answers, 'escape', 'no');
test('another key does not answer', answers, 'x', null);
