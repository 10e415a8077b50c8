import {createServer} from 'node:net';
import path from 'node:path';
import type {ExecutionContext} from 'ava';
import {execa} from 'execa';
import {judgeChecks} from '../../source/checks/judge.js';
import type {RunFact, Verdict} from '../../source/checks/model.js';
import {createLiveEngine} from '../../source/engine/live-engine.js';
import {engineTests} from '../engine/engines.js';
import type {TestEngine} from '../engine/test-engine.js';

/** A state of a learner's engine, brought about by real commands, and what the judge says to it. */
type State = {
	title: string;
	/** `HOST` stands for a free host port, `whoami` for the image. */
	commands: string[];
	finding: string;
	says?: RegExp;
};

const states: State[] = [
	{
		title: '-p',
		commands: ['run -d -p HOST:5000 --name mine whoami -port 5000'],
		finding: 'passed',
		says: /mine.*port 5000.*host port HOST/,
	},
	{title: '-P with --expose', commands: ['run -d -P --expose 5000 whoami -port=5000'], finding: 'passed'},
	{title: 'one address', commands: ['run -d -p 127.0.0.2:HOST:5000 whoami -port 5000'], finding: 'passed'},
	{title: 'a port of Docker’s choice', commands: ['run -d -p 5000 whoami -port 5000'], finding: 'passed'},
	{title: 'the host’s network', commands: ['run -d --network host whoami -port HOST'], finding: 'passed'},
	{
		title: 'a host name of its own',
		commands: ['run -d -p HOST:5000 --hostname web whoami -port 5000'],
		finding: 'passed',
	},
	{
		title: 'a log that can’t be read',
		commands: ['run -d -p HOST:5000 --log-driver none whoami -port 5000'],
		finding: 'passed',
	},
	{title: 'a terminal', commands: ['run -d -t -p HOST:5000 whoami -port 5000'], finding: 'passed'},
	{
		title: 'a network of its own',
		commands: ['network create lab', 'run -d --network lab -p HOST:5000 whoami -port 5000'],
		finding: 'passed',
	},
	{
		title: 'the wrong port',
		commands: ['run -d -P --name mine whoami -port 5000'],
		finding: 'published-wrong-port',
		says: /port 80 of the container mine/,
	},
	{title: 'not published', commands: ['run -d whoami -port 5000'], finding: 'not-published'},
	{
		title: 'a closed network',
		commands: ['network create --internal lab', 'run -d --network lab -p HOST:5000 whoami -port 5000'],
		finding: 'not-published',
	},
	{title: 'no network', commands: ['run -d --network none whoami -port 5000'], finding: 'not-published'},
	{title: 'the default port', commands: ['run -d -P whoami'], finding: 'default-port'},
	{
		title: 'a flag that whoami does not know',
		commands: ['run -d -P whoami -nope'],
		finding: 'exited',
		says: /exit code 2/,
	},
	{
		title: 'paused',
		commands: ['run -d -p HOST:5000 --name mine whoami -port 5000', 'pause mine'],
		finding: 'paused',
		says: /docker unpause mine/,
	},
	{
		title: 'a host port of another container',
		commands: [
			'run -d -p HOST:80 --name web --entrypoint sleep alpine:3.13 60',
			'run -d -p HOST:5000 --name mine whoami -port 5000',
		],
		finding: 'created-only',
		says: /HOST is taken by the container web/,
	},
	{
		title: 'an address of another machine',
		commands: ['run -d -p 192.0.2.99:HOST:5000 whoami -port 5000'],
		finding: 'created-only',
		says: /192\.0\.2\.99 is no address of this machine/,
	},
	{
		title: '-port before the image name',
		commands: ['run -d -P -port 5000 whoami'],
		finding: 'refused',
		says: /before the image name/,
	},
	{
		title: 'a name that is taken',
		commands: ['run --name web alpine:3.13 true', 'run -d -P --name web whoami -port 5000'],
		finding: 'refused',
		says: /docker rm -f web/,
	},
	{title: 'nothing', commands: [], finding: 'no-container'},
	{title: 'no image', commands: ['rmi whoami'], finding: 'no-image'},
];

const run = async ({env}: TestEngine, command: string): Promise<RunFact> => {
	const {exitCode, stdout, stderr} = await execa('docker', command.split(' '), {
		env,
		stdin: 'ignore',
		reject: false,
	});
	return {
		fact: 'run',
		stepId: 'lab',
		exitCode: exitCode ?? null,
		stdout,
		stderr,
		builder: null,
		stages: [],
		endedAt: Date.now(),
	};
};

const judge = async ({env}: TestEngine, lastRun: RunFact | null): Promise<Verdict> => {
	const engine = createLiveEngine({env, ledgerImageIds: () => [], stepContainerIds: () => []});
	const facts = await engine.facts({probePorts: true, portImages: ['whoami'], stepId: null});
	return judgeChecks(
		[{check: 'port-chain', image: 'whoami', forbiddenPorts: [80], finding: 'no-chain', hint: 'Run whoami.'}],
		lastRun ? [...facts, lastRun] : facts,
	);
};

/** Judges again while the server may still be starting, as the session does. */
const judgeAtLast = async (engine: TestEngine, lastRun: RunFact | null): Promise<Verdict> => {
	for (;;) {
		const verdict = await judge(engine, lastRun);
		if (verdict.finding !== 'waiting') return verdict;
	}
};

const clear = async ({docker}: TestEngine): Promise<void> => {
	const ids = (await docker('ps', '-aq')).split('\n').filter(Boolean);
	if (ids.length > 0) await docker('rm', '-f', ...ids);
	await docker('network', 'prune', '-f');
};

const check = async (
	t: ExecutionContext,
	engine: TestEngine,
	{commands, finding, says}: State,
): Promise<void> => {
	await clear(engine);
	const port = String(await engine.freePort());
	let lastRun: RunFact | null = null;
	for (const command of commands) lastRun = await run(engine, command.replaceAll('HOST', port));
	const verdict = await judgeAtLast(engine, lastRun);
	t.is(verdict.finding, finding, verdict.reason);
	if (says) t.regex(`${verdict.reason} ${verdict.next}`, new RegExp(says.source.replaceAll('HOST', port)));
};

engineTests(declare => {
	declare('whoami is built', async (t, {docker}) => {
		await docker('build', '-q', '-t', 'whoami', path.resolve('workshops/multi-stage/whoami'));
		t.truthy(await docker('image', 'inspect', 'whoami', '-f', '{{.Id}}'));
	});
	declare('created-only: a host port of another program', async (t, engine) => {
		const port = await engine.freePort();
		const server = createServer();
		await new Promise<void>(resolve => {
			server.listen(port, '127.0.0.1', resolve);
		});
		await clear(engine);
		const lastRun = await run(engine, `run -d -p ${port}:5000 --name mine whoami -port 5000`);
		const verdict = await judge(engine, lastRun);
		await new Promise(resolve => server.close(resolve));
		t.is(verdict.finding, 'created-only', verdict.reason);
		t.regex(verdict.reason, new RegExp(`host port ${port} is taken by another program`));
	});
	declare('a right answer beside a newer wrong one passes', async (t, engine) => {
		await clear(engine);
		await run(engine, `run -d -p ${await engine.freePort()}:5000 --name right whoami -port 5000`);
		await run(engine, 'run -d -P --name wrong whoami -port 5000');
		t.regex((await judgeAtLast(engine, null)).reason, /container right/);
	});
	// The last of them has no image any more.
	for (const state of states)
		declare(`${state.finding}: ${state.title}`, (t, engine) => check(t, engine, state));
});
