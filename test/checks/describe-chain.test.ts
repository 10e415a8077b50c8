import test, {type ExecutionContext} from 'ava';
import {judgeChecks} from '../../source/checks/judge.js';
import {describeChain} from '../../source/checks/kinds/port-chain.js';
import type {ContainerFact, Fact} from '../../source/checks/model.js';
import {answer, container, engine, image, now, published, silence} from './sample-facts.js';

const marks = {ok: '✔', broken: '✘', unreached: '·'};

const reads = test.macro((t: ExecutionContext, change: Partial<ContainerFact> | null, expected: string[]) => {
	const facts: Fact[] = [engine(), image('whoami'), ...(change ? [container(change)] : [])];
	const verdict = judgeChecks(
		[{check: 'port-chain', image: 'whoami', forbiddenPorts: [80], finding: 'no-chain', hint: 'Run it.'}],
		facts,
	);
	t.deepEqual(
		describeChain(verdict).map(({text, state}) => `${marks[state]} ${text}`),
		expected,
	);
});

const wired = {published: published(8050, 5000)};

test('the whole chain', reads, {...wired, answers: [answer(8050, 5000)]}, [
	'✔ host :8050',
	'✔ container :5000',
	'✔ whoami listens on :5000',
	'✔ answered as 3f2a…',
]);
test(
	'the door that leads to the listening port is shown',
	reads,
	{published: [...published(32768, 80), ...published(32769, 5000)], answers: [answer(32769, 5000)]},
	['✔ host :32769', '✔ container :5000', '✔ whoami listens on :5000', '✔ answered as 3f2a…'],
);
test(
	'the wrong port breaks in the middle',
	reads,
	{published: published(32768, 80), answers: [silence(32768, 80)]},
	['✔ host :32768', '✘ container :80', '· whoami listens on :5000', '· no answer'],
);
test('nothing published breaks at the host', reads, {}, [
	'✘ no host port',
	'· container',
	'· whoami listens on :5000',
	'· no answer',
]);
test(
	'port 80 breaks at whoami',
	reads,
	{loggedPort: 80, published: published(8050, 80), answers: [answer(8050, 80)]},
	['✔ host :8050', '✔ container :80', '✘ whoami listens on :80', '· answered as 3f2a…'],
);
test(
	'what is still waited for breaks nothing',
	reads,
	{...wired, answers: [silence(8050, 5000)], startedAt: now - 1000},
	['✔ host :8050', '✔ container :5000', '✔ whoami listens on :5000', '· no answer'],
);
test(
	'another server breaks at the answer',
	reads,
	{...wired, answers: [answer(8050, 5000, {status: 404, hostname: null})]},
	['✔ host :8050', '✔ container :5000', '✔ whoami listens on :5000', '✘ answered with 404'],
);
test(
	'the host’s network has no door',
	reads,
	{networkMode: 'host', answers: [answer(5000, 5000, {hostname: 'laptop'})]},
	['✔ host :5000', '✔ whoami listens on :5000', '✔ answered as laptop'],
);
test(
	'a container that has stopped breaks at whoami, and nobody knows of its ports',
	reads,
	{state: 'exited', exitCode: 2},
	['· host', '· container', '✘ whoami has stopped', '· no answer'],
);
test('without a container there is no chain', reads, null, []);
