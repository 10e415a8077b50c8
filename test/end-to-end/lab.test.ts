import type {ExecutionContext} from 'ava';
import {engineTests} from '../engine/engines.js';
import type {TestEngine} from '../engine/test-engine.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {runCli} from '../tools/run-cli.js';

type Document = {
	verdict: string;
	finding: string;
	reason: string;
	next: string | null;
	evidence: {
		container: string | null;
		listening: number | null;
		published: Array<{hostPort: number; containerPort: number}>;
		answer: {status: number | null; host: string | null} | null;
	};
};

/** One learner: what chapter four built is in the ledger of this home. */
const place = {home: temporaryFolder(), cwd: temporaryFolder()};

const check = async (
	t: ExecutionContext,
	{env}: TestEngine,
	expected: {verdict: string; finding: string; exitCode: number},
): Promise<Document> => {
	const {stdout, exitCode} = await runCli(['check', '--json'], {...place, env});
	const document = JSON.parse(stdout);
	t.like({...document, exitCode}, {format: 1, challenge: 'lab-port', ...expected}, stdout);
	t.truthy(document.reason);
	if (expected.verdict !== 'passed') t.truthy(document.next);
	return document;
};

type Row = {
	title: string;
	/** `H` stands for a free host port. */
	runs: string[][];
	finding: string;
	reason?: RegExp;
	listening?: number | null;
};

const rows: Row[] = [
	{title: 'nothing run', runs: [], finding: 'no-container'},
	{
		title: '-P with -port 5000 publishes the port where nobody listens',
		runs: [['run', '-d', '-P', 'whoami', '-port', '5000']],
		finding: 'published-wrong-port',
		reason: /80/,
		listening: 5000,
	},
	{
		title: '-port 5000 with nothing published',
		runs: [['run', '-d', 'whoami', '-port', '5000']],
		finding: 'not-published',
		listening: 5000,
	},
	{
		title: 'no -port at all',
		runs: [['run', '-d', '-p', 'H:80', 'whoami']],
		finding: 'default-port',
		listening: 80,
	},
	{
		title: 'a host port to the right port',
		runs: [['run', '-d', '-p', 'H:5000', 'whoami', '-port', '5000']],
		finding: 'passed',
		listening: 5000,
	},
	{
		title: '-P with --expose',
		runs: [['run', '-d', '-P', '--expose', '5000', 'whoami', '-port', '5000']],
		finding: 'passed',
		listening: 5000,
	},
	{title: 'any host port', runs: [['run', '-d', '-p', '5000', 'whoami', '-port', '5000']], finding: 'passed'},
	{
		title: 'a derived image with its own EXPOSE',
		runs: [['run', '-d', '-P', 'derived']],
		finding: 'passed',
		listening: 5000,
	},
	{
		title: 'a flag that whoami does not know',
		runs: [['run', '-d', 'whoami', '-nope']],
		finding: 'exited',
		reason: /2/,
	},
	{
		title: 'a host port that another container has',
		runs: [
			['run', '-d', '-p', 'H:80', '--name', 'taker', 'alpine:3.13', 'sleep', '600'],
			['run', '-d', '-p', 'H:5000', 'whoami', '-port', '5000'],
		],
		finding: 'created-only',
		reason: /taker/,
	},
	{
		title: 'a right one wins over an older wrong one',
		runs: [
			['run', '-d', '-P', 'whoami', '-port', '5000'],
			['run', '-d', '-p', 'H:5000', 'whoami', '-port', '5000'],
		],
		finding: 'passed',
	},
	{
		title: 'a right one wins over a newer wrong one',
		runs: [
			['run', '-d', '-p', 'H:5000', 'whoami', '-port', '5000'],
			['run', '-d', '-P', 'whoami', '-port', '5000'],
		],
		finding: 'passed',
	},
	{title: 'the container of a shipped step is no answer', runs: [], finding: 'no-container'},
];

engineTests(engineTest => {
	engineTest('whoami was never built', async (t, engine) => {
		await check(t, engine, {verdict: 'failed', finding: 'no-image', exitCode: 1});
	});

	engineTest('chapter four builds what the lab needs', async (t, engine) => {
		const {exitCode} = await runCli(['run', 'go-application', '--yes'], {...place, env: engine.env});
		t.is(exitCode, 0);
		await engine.docker(
			'build',
			'-t',
			'derived',
			'-f',
			'test/fixtures/lab-images/derived-cmd/Dockerfile',
			'test/fixtures/lab-images/derived-cmd',
		);
	});

	for (const {title, runs, finding, reason = /./, listening} of rows) {
		engineTest(title, async (t, engine) => {
			const port = String(await engine.freePort());
			const made: string[] = [];
			for (const args of runs) {
				// A port that is taken makes `docker run` fail; the container is created all the same.
				const id = await engine
					.docker(...args.map(arg => arg.replace(/^H:/, `${port}:`)))
					.catch((error: {stdout?: string}) => error.stdout ?? '');
				made.push(id.trim());
			}
			try {
				const passed = finding === 'passed';
				const document = await check(t, engine, {
					verdict: passed ? 'passed' : 'failed',
					finding,
					exitCode: passed ? 0 : 1,
				});
				t.regex(document.reason, reason);
				if (listening !== undefined) t.is(document.evidence.listening, listening);
				if (passed) {
					t.is(document.evidence.answer?.status, 200);
					t.true(made.some(id => id.startsWith(document.evidence.answer?.host ?? '-')));
				}
			} finally {
				await engine.docker('rm', '-f', ...made, 'none-at-all').catch(() => {});
			}
		});
	}

	engineTest('check --watch waits until it passes', async (t, engine) => {
		const watching = runCli(['check', '--watch', '--json'], {...place, env: engine.env});
		const wrong = await engine.docker('run', '-d', 'whoami', '-port', '5000');
		const right = await engine.docker('run', '-d', '-p', '5000', 'whoami', '-port', '5000');
		const {stdout, exitCode} = await watching;
		t.is(JSON.parse(stdout).finding, 'passed');
		t.is(exitCode, 0);
		await engine.docker('rm', '-f', wrong, right);
	});
});
