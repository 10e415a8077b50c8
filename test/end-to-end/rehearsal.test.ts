import {existsSync} from 'node:fs';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {engineTests} from '../engine/engines.js';
import type {TestEngine} from '../engine/test-engine.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {type CliResult, runCli} from '../tools/run-cli.js';
import {runHere} from '../tools/run-here.js';
import {trust} from '../tools/trust.js';

type Step = {
	id: string;
	verdict: string;
	builder: string | null;
	exitCode: number | null;
	seconds: number | null;
	reason: string;
	stages: Array<{name: string; status: string; seconds: number | null}>;
};

const stepsOf = (t: ExecutionContext, {stdout, stderr, exitCode}: CliResult): Map<string, Step> => {
	const {format, passed, chapters} = JSON.parse(stdout);
	const steps: Step[] = chapters.flatMap((chapter: {steps: Step[]}) => chapter.steps);
	t.deepEqual(
		steps.filter(({verdict}) => verdict !== 'passed').map(({id, reason}) => `${id}: ${reason}`),
		[],
		stderr,
	);
	t.is(format, 1);
	t.true(passed);
	t.is(exitCode, 0);
	return new Map(steps.map(step => [step.id, step]));
};

const statuses = (steps: Map<string, Step>, id: string) =>
	Object.fromEntries((steps.get(id)?.stages ?? []).map(({name, status}) => [name, status]));

const seconds = (steps: Map<string, Step>, id: string) => steps.get(id)?.seconds ?? Number.NaN;

/** One home and one folder for both runs, as a learner has. */
const place = {home: temporaryFolder(), cwd: temporaryFolder()};
const rehearse = ({env}: TestEngine, name: string) =>
	runCli(['run', '--json', '--yes', '--dir', `lab-${name}`], {...place, env, timeout: 300_000});

engineTests((engineTest, name) => {
	engineTest('the whole workshop passes, from the first build to the clean-up', async (t, engine) => {
		const steps = stepsOf(t, await rehearse(engine, name));
		t.is(steps.size, 45);
		t.deepEqual(statuses(steps, 'build-simple'), {base: 'done', build: 'done', test: 'done', final: 'done'});
		t.is(steps.get('build-simple')?.builder, 'legacy');
		t.is(statuses(steps, 'build-simple-buildkit').test, 'skipped');
		t.is(steps.get('build-simple-buildkit')?.builder, 'buildkit');
		t.is(statuses(steps, 'build-simple-test').final, 'skipped');
		// Two stages of three seconds each, at the same time and one after the other.
		t.true(seconds(steps, 'build-parallel-buildkit') <= 0.7 * seconds(steps, 'build-parallel-legacy'));
		t.false(existsSync(path.join(place.cwd, `lab-${name}`)));
	});

	engineTest('nothing of it is left but the base images', async (t, {docker}) => {
		t.is(await docker('ps', '-aq'), '');
		const images = await docker('image', 'ls', '-a', '--format', '{{.Repository}}:{{.Tag}}');
		t.deepEqual(images.split('\n').sort(), ['alpine:3.13', 'golang:1.16.4-alpine']);
	});

	engineTest('it passes a second time', async (t, engine) => {
		const steps = stepsOf(t, await rehearse(engine, name));
		t.true(['done', 'cached'].includes(statuses(steps, 'build-simple').test ?? ''));
		t.is(statuses(steps, 'build-simple-buildkit').test, 'skipped');
	});

	engineTest('a chapter runs the steps it needs first, and no others', async (t, {env}) => {
		const result = await runCli(['run', 'go-application', '--json', '--yes'], {...place, env});
		const steps = stepsOf(t, result);
		t.deepEqual(
			[...steps.keys()],
			[
				'read-whoami',
				'build-whoami',
				'pull-golang',
				'compare-sizes',
				'ask-small-and-fast',
				'slim-whoami',
				'run-whoami',
				'find-port',
				'curl-whoami',
			],
		);
	});

	engineTest('running it again replaces our own container', async (t, {env, docker}) => {
		const before = await docker('ps', '-q', '--filter', 'name=whoami1');
		stepsOf(t, await runCli(['run', 'go-application', '--json', '--yes'], {...place, env}));
		const after = await docker('ps', '-q', '--filter', 'name=whoami1');
		t.regex(after, /^[0-9a-f]{12}$/);
		t.not(after, before);
	});

	engineTest('another author’s workshop passes as well', async (t, {env}) => {
		const folder = path.resolve('test/fixtures/workshops/tiny');
		const result = await runCli(['run', '--workshop', folder, ...trust(folder), '--json', '--yes'], {
			...place,
			env,
		});
		t.is(stepsOf(t, result).size, 4);
	});
});

test.serial('the recording passes without an engine', async t => {
	const steps = stepsOf(t, await runHere(['run', '--replay', '--json'], {env: {PATH: '/nowhere'}}));
	t.is(steps.size, 45);
	t.is(statuses(steps, 'build-simple-buildkit').test, 'skipped');
});
