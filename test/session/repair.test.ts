import test from 'ava';
import {selectPrimaryIntent} from '../../source/session/intents.js';
import {selectIsUntried} from '../../source/session/select.js';
import {selectCommandNotes} from '../../source/session/select-wording.js';
import type {SessionState} from '../../source/session/state.js';
import {writeDoingWorkshop} from '../tools/doing-workshop.js';
import {
	type FakeSession,
	type FakeSessionOptions,
	openFakeSession,
} from '../tools/fakes/open-fake-session.js';

const begin = async (options: FakeSessionOptions = {}) => {
	const session = openFakeSession({workshop: writeDoingWorkshop(), ...options});
	session.begin();
	await session.settled();
	return session;
};

const show = (session: FakeSession, stepId: string): void => session.send({intent: 'go-to-step', stepId});
const finding =
	(stepId: string, wanted: string) =>
	({challenges}: SessionState): boolean =>
		challenges[stepId]?.finding === wanted;
const commandsOf = ({backend}: FakeSession): string[] =>
	backend.runner.started.map(({argv}) => argv.filter(word => !/^--?cidfile|^\//.test(word)).join(' '));

test('a repair is broken as soon as it is shown, once', async t => {
	const session = await begin();
	show(session, 'mend');
	const state = await session.until(finding('mend', 'still-broken'), 'the first verdict');
	t.true(selectIsUntried(state, 'mend'));
	t.is(state.notice, null);
	t.regex(session.lab.read('app/Dockerfile') ?? '', /--from=other/);
	t.is(session.lab.read('app/extra.txt'), 'extra\n');
	session.lab.write('app/Dockerfile', '# mine\n');
	show(session, 'read');
	show(session, 'mend');
	await session.settled();
	t.is(session.getState().question, null);
	t.is(session.lab.read('app/Dockerfile'), '# mine\n');
	session.lab.write('app/Dockerfile', 'COPY --from=words\n');
	await session.until(({passed}) => passed.mend !== undefined, 'the pass');
});

test('a repair that has passed stays as it is', async t => {
	const session = await begin({stepId: 'mend', passed: ['mend']});
	show(session, 'mend');
	await session.until(({challenges}) => challenges.mend !== undefined, 'a verdict');
	t.regex(session.lab.read('app/Dockerfile') ?? '', /--from=words/);
});

const answers: Array<[answer: string, dockerfile: RegExp, mine: string | null, isBegun: boolean]> = [
	['yes', /--from=other/, '# mine\n', true],
	['keep', /^# mine\n$/, null, true],
	['no', /^# mine\n$/, null, false],
];
for (const [answer, dockerfile, mine, isBegun] of answers) {
	test(`it asks before it breaks a file that the learner has changed: ${answer}`, async t => {
		const session = await begin();
		session.lab.ensure();
		session.lab.write('app/Dockerfile', '# mine\n');
		show(session, 'mend');
		await session.until(({question}) => question !== null, 'the question');
		t.is(session.lab.read('app/Dockerfile'), '# mine\n');
		t.is(session.lab.read('app/extra.txt'), null);
		session.send({intent: 'answer', answer});
		await session.until(
			({question, begun, notice}) => !question && (begun.mend ?? notice) !== null,
			'its end',
		);
		t.regex(session.lab.read('app/Dockerfile') ?? '', dockerfile);
		t.is(session.lab.read('app/Dockerfile.mine'), mine);
		t.is(session.lab.read('app/extra.txt'), isBegun ? 'extra\n' : null);
		t.is(session.getState().begun.mend ?? false, isBegun);
		// Enter asks again.
		t.is(selectPrimaryIntent(session.getState())?.intent ?? null, isBegun ? null : 'run');
	});
}

test('what prepares a repair runs on enter, and it is judged only then', async t => {
	const session = await begin();
	session.backend.engine.addImage({tags: ['alpine:3.13']});
	show(session, 'serve');
	t.deepEqual(selectCommandNotes(session.getState()), [
		'To prepare it, this runs first: `docker create --name doing1 alpine:3.13`.',
	]);
	t.deepEqual(commandsOf(session), []);
	session.send({intent: 'go-on'});
	const state = await session.until(finding('serve', 'not-started'), 'the first verdict');
	t.deepEqual(commandsOf(session), ['docker create --name doing1 alpine:3.13']);
	t.is(state.challenges.serve?.verdict, 'failed');
	t.is(state.runs.serve, undefined);
	t.is(state.efforts.serve?.attempts ?? 0, 0);
	t.true(session.backend.ledger.all().some(entry => entry.kind === 'container'));
	t.deepEqual(selectCommandNotes(state), []);
	show(session, 'read');
	show(session, 'serve');
	session.send({intent: 'run-line', line: 'docker start doing1'});
	await session.until(({passed}) => passed.serve !== undefined, 'the pass');
	t.deepEqual(commandsOf(session).slice(1).length, 1);
});

test('a preparation that fails is told, and the step does not begin', async t => {
	const session = await begin({script: ({argv}) => (argv[1] === 'create' ? {ends: 1} : null)});
	show(session, 'serve');
	session.send({intent: 'go-on'});
	const {notice, begun} = await session.until(state => state.notice !== null, 'the notice');
	t.is(
		notice,
		'The preparation of this step failed: `docker create --name doing1 alpine:3.13`. Next: see what it printed, then begin the step again.',
	);
	t.deepEqual(begun, {});
});

test('what prepares a command runs before it, once each time the step is shown', async t => {
	const session = await begin({script: () => ({})});
	const runIt = async () => {
		session.send({intent: 'run'});
		await session.settled();
	};
	show(session, 'rename');
	await runIt();
	await runIt();
	t.deepEqual(commandsOf(session), [
		'docker create --name before1 alpine:3.13',
		'docker rm before1',
		'docker rm before1',
	]);
	show(session, 'read');
	show(session, 'rename');
	await runIt();
	t.deepEqual(commandsOf(session).slice(3), [
		'docker create --name before1 alpine:3.13',
		'docker rm before1',
	]);
});

const capturing = `# Capture

## Name it

<!-- step
id: name-it
kind: run
capture: {named: '(\\S+)'}
checks:
  - {check: exit, is: 0, finding: not-named, hint: It has no name.}
-->

\`\`\`sh run
docker ps --format x
\`\`\`

## Use it

<!-- step
id: use-it
kind: run
setup: ['docker create --name {{named}} alpine:3.13']
checks:
  - {check: exit, is: 0, finding: not-used, hint: It failed.}
-->

\`\`\`sh run
docker ps
\`\`\`
`;

test('what an earlier step has captured is filled into what prepares a step', async t => {
	const folder = writeDoingWorkshop({'02-capture.md': capturing});
	const session = await begin({
		workshop: folder,
		script: ({argv}) => ({prints: argv.includes('x') ? [{text: 'alpha\n', stream: 'stdout'}] : []}),
	});
	const notes = () => selectCommandNotes(session.getState()).join(' ');
	show(session, 'use-it');
	t.regex(notes(), /`<named>` comes from the step “Name it”\. .*docker create --name <named> alpine/);
	session.send({intent: 'run'});
	const {notice} = await session.until(state => state.notice !== null, 'the notice');
	t.regex(notice ?? '', /can’t run yet\. `<named>` comes from the step “Name it”/);
	t.deepEqual(commandsOf(session), []);
	await session.settled();
	show(session, 'name-it');
	session.send({intent: 'run'});
	await session.until(({captured}) => captured.named === 'alpha', 'the capture');
	await session.settled();
	show(session, 'use-it');
	t.regex(notes(), /docker create --name alpha alpine:3\.13/);
	session.send({intent: 'run'});
	await session.until(({passed}) => passed['use-it'] !== undefined, 'the pass');
	t.deepEqual(commandsOf(session).slice(1), ['docker create --name alpha alpine:3.13', 'docker ps']);
});
