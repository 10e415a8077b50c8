import {cpSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {execa} from 'execa';
import {parse} from 'yaml';
import {engineTests} from '../engine/engines.js';
import {temporaryFolder} from '../tools/child-environment.js';

const shipped = path.resolve('workshops/multi-stage');

type Workflow = {jobs: {image: {steps: Array<{run?: string}>}}};

/** Runs the `run` lines of the shipped workflow as a CI server does: one after another, up to the first that fails. */
const runJob = async (env: Record<string, string>, overlay: string | null) => {
	const cwd = temporaryFolder();
	cpSync(path.join(shipped, 'receipt'), cwd, {recursive: true});
	if (overlay !== null) cpSync(path.join(shipped, overlay, 'receipt'), cwd, {recursive: true});
	const {jobs}: Workflow = parse(readFileSync(path.join(cwd, 'build.yml'), 'utf8'));
	const lines = jobs.image.steps.flatMap(({run}) => run ?? []);
	const results: Array<{line: string; exitCode: number | undefined; output: string}> = [];
	for (const line of lines) {
		const [program = '', ...args] = line.split(' ');
		const {exitCode, all} = await execa(program, args, {
			cwd,
			env: {...env, DOCKER_BUILDKIT: '1', BUILDKIT_PROGRESS: 'plain'},
			all: true,
			reject: false,
		});
		results.push({line, exitCode, output: all});
		if (exitCode !== 0) break;
	}
	return results;
};

engineTests(declare => {
	declare(
		'the workflow of the lesson stops at the test, and compiles once when it passes',
		async (t, engine) => {
			await engine.clean();
			const red = await runJob(engine.env, null);
			t.deepEqual(
				red.map(({line, exitCode}) => [line, exitCode]),
				[['docker build --target test .', 1]],
			);
			t.regex(red[0]?.output ?? '', /total of 250 and 199 is 199, want 449/);
			t.is(await engine.docker('image', 'ls', '-q', 'receipt'), '');

			const green = await runJob(engine.env, 'solutions/mend-receipt');
			t.deepEqual(
				green.map(({line, exitCode}) => [line, exitCode]),
				[
					['docker build --target test .', 0],
					['docker build -t receipt .', 0],
				],
			);
			t.regex(green[1]?.output ?? '', /RUN CGO_ENABLED=0 go build .*\n(?:#\d+ sha256:.*\n)?#\d+ CACHED/);
			t.is(await engine.docker('run', '--rm', 'receipt'), 'total: 569');
		},
	);
});
