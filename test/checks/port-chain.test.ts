import test from 'ava';
import type {ContainerFact} from '../../source/checks/model.js';
import {gives, good, hint, judgePortChain, mine, wired, withWhoami} from './gives-finding.js';
import {container, engine, image, now, published, run, silence} from './sample-facts.js';

const allocated =
	'driver failed programming external connectivity on endpoint mine (49ca): Bind for 0.0.0.0:8050 failed: port is already allocated';
const created = (error: string): Partial<ContainerFact> => ({
	state: 'created',
	exitCode: 128,
	error,
	startedAt: null,
	loggedPort: null,
});

test(
	'an older container that answers wins over a newer one that does not',
	gives,
	withWhoami(
		container({...good, id: 'old', name: 'old', createdAt: now - 90_000}),
		container({name: 'new', ...wired, answers: [silence(8050, 5000)]}),
	),
	{finding: 'passed', says: ['old']},
);
test(
	'a run that was refused does not undo a container that answers',
	gives,
	[...mine(good), run({exitCode: 125, stderr: 'docker: invalid reference format.\n', endedAt: now})],
	{finding: 'passed'},
);

test('no image', gives, [engine(), image('golang')], {finding: 'no-image', says: ['whoami', 'go back']});
test('no container', gives, withWhoami(), {finding: 'no-container', next: hint});
test(
	'a container’s own 125 is no refusal',
	gives,
	[...mine({state: 'exited', exitCode: 125}), run({exitCode: 125, stderr: 'oops'})],
	{finding: 'exited'},
);
test(
	'a later refusal is told before an older container',
	gives,
	[
		...mine({state: 'exited', exitCode: 2}),
		run({exitCode: 125, stderr: 'docker: invalid reference format.\n', endedAt: now - 1000}),
	],
	{finding: 'refused'},
);
test(
	'an earlier refusal is forgotten for a newer container',
	gives,
	[
		...mine({state: 'exited', exitCode: 2}),
		run({exitCode: 125, stderr: 'docker: invalid reference format.\n', endedAt: now - 70_000}),
	],
	{finding: 'exited'},
);

test(
	'a run with 125 that left a container is told by the container',
	gives,
	[
		...mine(created(allocated)),
		run({exitCode: 125, stderr: `docker: Error response from daemon: ${allocated}.\n`, endedAt: now}),
	],
	{finding: 'created-only'},
);
test('the engine has gone', gives, [{fact: 'engine-gone', reason: 'No Docker engine runs at unix:///x.'}], {
	finding: 'engine-gone',
	says: ['unix:///x'],
});

test(
	'the newest candidate gives the finding',
	gives,
	withWhoami(
		container({id: 'a', name: 'older', createdAt: now - 90_000, state: 'paused'}),
		container({id: 'b', name: 'newer', createdAt: now - 80_000, state: 'exited', exitCode: 2}),
	),
	{finding: 'exited', says: ['newer']},
);

test('a verdict carries what was found along the chain', t => {
	t.deepEqual(judgePortChain(mine(good)).evidence, {
		container: 'mine',
		image: 'whoami',
		listening: 5000,
		exposed: ['80/tcp'],
		published: published(8050, 5000),
		answer: {status: 200, host: '3f2a9c0d1e2f'},
	});
	t.deepEqual(judgePortChain(withWhoami()).evidence, {
		container: null,
		image: null,
		listening: null,
		exposed: [],
		published: [],
		answer: null,
	});
});
