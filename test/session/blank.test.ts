import test from 'ava';
import {toString as textOf} from 'mdast-util-to-string';
import type {VerdictWord} from '../../source/checks/model.js';
import {isPossible, selectPrimaryIntent} from '../../source/session/intents.js';
import {selectRevealed, selectStep} from '../../source/session/select.js';
import {selectCommandLine} from '../../source/session/select-wording.js';
import {actionLines} from '../../source/tui/screens/step/text-side.js';
import {selectSymbols} from '../../source/view/symbols.js';
import {writeDoingWorkshop} from '../tools/doing-workshop.js';
import {openFakeSession} from '../tools/fakes/open-fake-session.js';

const begin = async () => {
	const session = openFakeSession({workshop: writeDoingWorkshop()});
	session.begin();
	session.send({intent: 'go-to-step', stepId: 'fill'});
	await session.settled();
	return session;
};

test('enter opens the command with its blanks, and the cursor at the first', async t => {
	const session = await begin();
	t.is(selectCommandLine(session.getState()), 'docker build -t ____ --target ____ ./app');
	t.deepEqual(selectPrimaryIntent(session.getState()), {intent: 'edit-command'});
	session.send({intent: 'go-on'});
	const line = session.getState().commandLine;
	t.is(line?.text, 'docker build -t ␣ --target ␣ ./app');
	t.is(line?.cursor, 'docker build -t '.length);
});

test('a line with an open blank is not run, and stays', async t => {
	const session = await begin();
	session.send({intent: 'go-on'});
	session.send({intent: 'type-text', text: 'doing:words'});
	session.send({intent: 'run-line', line: null});
	const {notice, commandLine, history} = session.getState();
	t.is(notice, 'A blank is still open: `--target ____`.');
	t.is(commandLine?.text, 'docker build -t doing:words --target ␣ ./app');
	t.is(commandLine?.cursor, 'docker build -t doing:words --target '.length);
	t.deepEqual(history, []);
	session.send({intent: 'run-line', line: 'docker build -t ____ ./app'});
	t.is(session.getState().notice, 'A blank is still open: `-t ____`.');
	t.deepEqual(session.backend.runner.started, []);
});

const ways: Array<[line: string, verdict: VerdictWord, finding: string]> = [
	['docker build -t doing:words --target words ./app', 'passed', 'passed'],
	['docker build --target=words --tag "doing:words" app', 'passed', 'passed'],
	['docker build -t doing:words ./app', 'passed', 'passed'],
	['docker tag alpine:3.13 doing:words', 'passed', 'passed'],
	['docker build -t words --target words ./app', 'failed', 'no-image'],
];
for (const [line, verdict, finding] of ways) {
	test(`it is judged by what is there: \`${line}\` gets ${finding}`, async t => {
		const session = await begin();
		session.backend.engine.addImage({tags: ['alpine:3.13']});
		session.send({intent: 'run-line', line});
		const {runs} = await session.until(
			({runs: now, runningStepId}) => now.fill?.phase === 'over' && runningStepId === null,
			'the verdict',
		);
		t.is(runs.fill?.verdict?.verdict, verdict);
		t.is(runs.fill?.verdict?.finding, finding);
		const shown = actionLines(session.getState(), 80, {symbols: selectSymbols({}, 'linux'), isAlone: false});
		const command = verdict === 'passed' ? line : 'docker build -t ____ --target ____ ./app';
		t.true(
			shown.some(row =>
				row
					.map(({text}) => text)
					.join('')
					.endsWith(`$ ${command}`),
			),
		);
	});
}

test('its help ends with the whole command, which can then be run', async t => {
	const session = await begin();
	const {send, getState} = session;
	t.false(isPossible(getState(), 'run'));
	for (const count of [1, 2]) {
		t.false(isPossible(getState(), 'run-solution'), `after ${count - 1}`);
		send({intent: 'reveal-hint'});
	}
	const last = selectRevealed(getState(), selectStep(getState())).at(-1);
	t.is(last?.title, 'Solution');
	t.is(last && textOf(last.content), 'docker build -t doing:words --target words ./app');
	t.deepEqual(selectPrimaryIntent(getState()), {intent: 'edit-command'});
	send({intent: 'run-solution'});
	t.truthy((await session.settled()).passed.fill);
	t.true(isPossible(getState(), 'run'));
});
