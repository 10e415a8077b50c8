import test from 'ava';
import {listPodmans} from '../engine/list-engines.js';
import {createTestEngine} from '../engine/test-engine.js';
import {runCli} from '../tools/run-cli.js';

const required = new Set((process.env.REQUIRE_ENGINES ?? '').split(',').filter(Boolean));

for (const entry of listPodmans()) {
	const {name, up} = entry;
	const title = `every way to begin names Podman and the way on, and nothing is made there (${name})`;
	const isSkipped = !up && !required.has(name);
	const declare = isSkipped ? test.skip : test.serial;
	declare(up ? title : `${title} (it is down: \`test/engine/podman up ${name}\`)`, async t => {
		t.true(up, `${name} is required but down.`);
		const {env, docker} = createTestEngine(entry);
		const inventory = () =>
			Promise.all([docker('images', '-aq', '--no-trunc'), docker('ps', '-aq', '--no-trunc')]);
		const before = await inventory();
		for (const args of [['doctor'], ['run', '--yes'], ['check']]) {
			const {stdout, stderr, exitCode} = await runCli(args, {env});
			t.is(exitCode, 3, args.join(' '));
			t.regex(
				stdout + stderr,
				/is Podman 5\.\d+\.\d+, which has no BuildKit.*\n.*multistage-workshop --replay/,
			);
			t.notRegex(stdout + stderr, /machine is ready/);
		}
		const cleaned = await runCli(['cleanup', '--yes'], {env});
		t.is(cleaned.exitCode, 0, cleaned.stderr);
		t.deepEqual(await inventory(), before);
		if (!name.endsWith('-docker')) return;
		// As most have it: the script finds its engine by itself.
		const {DOCKER_HOST: _, ...byItself} = env;
		const {stdout} = await runCli(['doctor'], {env: byItself});
		t.regex(stdout, /^FAILED +docker-cli +The docker command of this machine is Podman/m);
		t.regex(stdout, /^FAILED +engine +The engine at unix:.* is Podman/m);
	});
}
