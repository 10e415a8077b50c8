import {engineTests} from '../engine/engines.js';
import type {TestEngine} from '../engine/test-engine.js';
import {runInContainer} from '../tools/in-container.js';

/** The steps that ask a published port. */
const asking = ['curl-whoami', 'lab-port'];

type RunDocument = {
	passed: boolean;
	chapters: Array<{steps: Array<{id: string; command: string | null; verdict: string; reason: string}>}>;
};

engineTests(declare => {
	const rehearse = async (engine: TestEngine, flags: string[] = []) => {
		const {stdout, stderr, exitCode} = await runInContainer(
			engine,
			['run', 'go-application', 'lab', '--yes', '--json'],
			{flags},
		);
		const document: RunDocument = JSON.parse(stdout || '{}');
		const steps = document.chapters.flatMap(chapter => chapter.steps);
		const left = (await engine.docker('ps', '-aq')).split('\n').filter(Boolean);
		if (left.length > 0) await engine.docker('rm', '-f', ...left);
		return {steps, exitCode, stderr};
	};
	/** What a step that should have passed has to say for itself. */
	const others = (steps: Array<{id: string; verdict: string; reason: string}>) =>
		steps
			.filter(({verdict}) => verdict !== 'passed')
			.map(({id, verdict, reason}) => `${id}: ${verdict}: ${reason}\n`);
	declare('published ports are found on the host of the container that one is in', async (t, engine) => {
		const gateway = await engine.docker(
			'network',
			'inspect',
			'bridge',
			'-f',
			'{{(index .IPAM.Config 0).Gateway}}',
		);
		const {steps, exitCode, stderr} = await rehearse(engine);
		t.is(exitCode, 0, `${others(steps).join('')}${stderr}`);
		const curl = steps.find(({id}) => id === 'curl-whoami');
		t.true(curl?.command?.startsWith(`curl ${gateway}:`), curl?.command ?? '');
	});

	declare('in the host’s network they are on localhost', async (t, engine) => {
		const {steps, exitCode, stderr} = await rehearse(engine, ['--network', 'host']);
		t.is(exitCode, 0, `${others(steps).join('')}${stderr}`);
		t.regex(steps.find(({id}) => id === 'curl-whoami')?.command ?? '', /^curl localhost:\d+$/);
	});

	declare('where no way leads to the host, that is said, and nobody is blamed', async (t, engine) => {
		const {steps, exitCode} = await rehearse(engine, ['--network', 'none']);
		t.is(exitCode, 3);
		for (const {id, verdict, reason} of steps) {
			t.is(verdict, asking.includes(id) ? 'unknown' : 'passed', `${id}: ${reason}`);
			if (asking.includes(id)) t.regex(reason, /you are in a container and the ports are on its host/);
		}
	});

	declare('the doctor says where the ports are', async (t, engine) => {
		const {stdout} = await runInContainer(engine, ['doctor', '--json']);
		t.regex(stdout, /This program runs in a container: ports are published on the container’s host/);
	});

	declare('a lab that somebody else has done is judged from within a container', async (t, engine) => {
		const port = await engine.freePort();
		await engine.docker('run', '-d', '--name', 'mine', '-p', `${port}:5000`, 'whoami', '-port', '5000');
		const {stdout, exitCode} = await runInContainer(engine, ['check', '--json']);
		t.like(JSON.parse(stdout), {verdict: 'passed', finding: 'passed'});
		t.is(exitCode, 0);
		await engine.docker('rm', '-f', 'mine');
		await engine.docker(
			'run',
			'-d',
			'--name',
			'mine',
			'-p',
			`127.0.0.1:${port}:5000`,
			'whoami',
			'-port',
			'5000',
		);
		const inner = await runInContainer(engine, ['check', '--json']);
		t.like(JSON.parse(inner.stdout), {verdict: 'unknown', finding: 'unreachable-host'});
		t.regex(JSON.parse(inner.stdout).reason, /only on 127\.0\.0\.1/);
		await engine.docker('rm', '-f', 'mine');
	});
});
