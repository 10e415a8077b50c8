import path from 'node:path';
import {engineTests} from '../engine/engines.js';
import {listPodmans} from '../engine/list-engines.js';
import type {TestEngine} from '../engine/test-engine.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {runCli} from '../tools/run-cli.js';

const inventory = ({docker}: TestEngine) =>
	Promise.all([docker('images', '-aq', '--no-trunc'), docker('ps', '-aq', '--no-trunc')]);

/** As most have Podman's own `docker`: it finds its engine by itself. */
const environmentOf = ({name, env}: TestEngine): Record<string, string> => {
	if (!name.endsWith('-docker')) return env;
	const {DOCKER_HOST: _, ...byItself} = env;
	return byItself;
};

/** Declares what is the same on every Podman, for those with these names. */
export const testPodmans = (podmans: string[]): void =>
	engineTests((declare, name) => {
		const isWhole = name === 'podman5.4' || name === 'podman5.8-docker';

		declare('the doctor names Podman and what it lacks, and does not fail', async (t, engine) => {
			const {stdout, exitCode} = await runCli(['doctor'], {env: environmentOf(engine)});
			t.is(exitCode, 0, stdout);
			t.regex(stdout, /^ok +engine +Podman 5\.\d+\.\d+ answers at unix:/m);
			t.regex(stdout, /^warning +legacy-builder +Podman 5\..*\n +Next: .*multistage-workshop --replay/m);
			t.regex(stdout, /^warning +buildkit +Podman 5\..*\n +Next: .*multistage-workshop --replay/m);
			t.regex(stdout, /^ok +builder +Podman builds with Buildah\.$/m);
			t.notRegex(stdout, /machine is ready\./);
			if (name.endsWith('-docker')) t.regex(stdout, /^ok +docker-cli +The docker command is Podman 5\./m);
		});

		declare(
			'what Podman can run passes, what takes a builder of Docker’s is passed over',
			async (t, engine) => {
				const before = await inventory(engine);
				const chapters = isWhole ? [] : ['buildkit', 'cleanup'];
				const {stdout, stderr, exitCode} = await runCli(['run', ...chapters, '--yes', '--json'], {
					env: environmentOf(engine),
					timeout: 400_000,
				});
				t.is(exitCode, 3, stdout + stderr);
				type Step = {id: string; verdict: string; reason: string; builder: string | null};
				const {chapters: reports} = JSON.parse(stdout) as {chapters: Array<{steps: Step[]}>};
				const steps = reports.flatMap(chapter => chapter.steps);
				t.deepEqual(
					steps.filter(({verdict}) => verdict !== 'passed').map(({id, verdict}) => `${id} ${verdict}`),
					[
						'build-parallel-legacy unknown',
						'build-parallel-buildkit unknown',
						...(isWhole ? ['lint-stage unknown', 'slim-whoami unknown'] : []),
					],
				);
				const find = (id: string) => steps.find(step => step.id === id);
				t.regex(
					find('build-parallel-legacy')?.reason ?? '',
					/Docker’s legacy builder, and Podman builds with Buildah/,
				);
				t.regex(find('build-simple')?.reason ?? '', /left out test/);
				t.is(find('build-simple-buildkit')?.reason, 'The build skipped test.');
				t.is(find('build-simple-buildkit')?.builder, 'buildah');
				t.deepEqual(await inventory(engine), before);
			},
		);

		declare('clean-up knows the same Podman again, by whichever docker command', async (t, engine) => {
			const before = await inventory(engine);
			const home = temporaryFolder();
			const cwd = temporaryFolder();
			const built = await runCli(['run', 'multi-stage-dockerfiles', '--yes'], {
				env: environmentOf(engine),
				home,
				cwd,
			});
			t.is(built.exitCode, 0, built.stdout + built.stderr);
			t.notDeepEqual(await inventory(engine), before);
			const other = listPodmans().find(
				one => one.name === (name.endsWith('-docker') ? name.replace('-docker', '') : `${name}-docker`),
			);
			const env = {...engine.env, PATH: `${other?.bin}${path.delimiter}${process.env.PATH}`};
			const {stdout, exitCode} = await runCli(['cleanup', '--yes'], {env, home, cwd});
			t.is(exitCode, 0, stdout);
			t.regex(stdout, /^removed (?:image|name) simple:latest /m);
			t.notRegex(stdout, /^kept /m);
			t.deepEqual(await inventory(engine), before);
		});

		declare('an image of the learner’s gets its name back', async (t, engine) => {
			const {docker} = engine;
			await docker('tag', 'alpine:3.13', 'simple:latest');
			const mine = await docker('image', 'inspect', 'alpine:3.13', '--format', '{{.Id}}');
			const home = temporaryFolder();
			const cwd = temporaryFolder();
			const env = environmentOf(engine);
			await runCli(['run', 'multi-stage-dockerfiles', '--yes'], {env, home, cwd});
			const {stdout} = await runCli(['cleanup', '--yes'], {env, home, cwd});
			t.is(await docker('image', 'inspect', 'simple:latest', '--format', '{{.Id}}'), mine, stdout);
			await docker('rmi', 'simple:latest');
		});

		declare('what has to run every step says that it takes Docker', async (t, engine) => {
			const {stdout, stderr, exitCode} = await runCli(['lint', '--engine'], {
				env: environmentOf(engine),
			});
			t.not(exitCode, 0);
			t.regex(stdout + stderr, /is Podman 5\..*needs Docker/);
		});
	}, podmans);
