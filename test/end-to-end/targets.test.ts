import {cpSync, rmSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {engineTests, everyEngine} from '../engine/engines.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {runCli} from '../tools/run-cli.js';
import {trust} from '../tools/trust.js';

/** Builds of several targets and of one, by `docker buildx bake` and by `docker compose build`. */
const folder = path.resolve('test/fixtures/workshops/targets');

const steps = ['bake-two', 'bake-one', 'bake-broken', 'compose-two', 'compose-one', 'tidy:'];

const passed = (stdout: string): string[] =>
	[...stdout.matchAll(/^passed +(\S+)/gm)].map(([, id = '']) => id);

test.serial('recorded builds of several targets show their stages', async t => {
	const {stdout, stderr, exitCode} = await runCli(['run', '--workshop', folder, '--replay'], {
		env: {PATH: '/nowhere'},
	});
	t.is(exitCode, 0, `${stdout}${stderr}`);
	t.deepEqual(passed(stdout), steps);
});

engineTests((engineTest, name) => {
	// Its CLI has neither.
	if (name === '20') return;
	engineTest('builds of several targets show their stages, and leave nothing behind', async (t, engine) => {
		const {env, docker} = engine;
		const [home, copy] = [temporaryFolder(), path.join(temporaryFolder(), 'targets')];
		cpSync(folder, copy, {recursive: true});
		rmSync(path.join(copy, 'recordings'), {recursive: true});
		const images = async () => (await docker('images', '-q')).split('\n').toSorted();
		const before = await images();
		const hasCompose = await docker('compose', 'version').then(
			() => true,
			() => false,
		);
		if (!hasCompose) t.log(`Engine ${name} has no Docker Compose.`);
		const wanted = hasCompose ? steps : steps.filter(id => id.startsWith('bake-'));
		const {stdout, stderr} = await runCli(
			['run', ...(hasCompose ? [] : ['bake']), '--workshop', copy, '--yes', ...trust(copy)],
			{env, home},
		);
		t.deepEqual(passed(stdout), wanted, `${stdout}${stderr}`);
		if (!hasCompose) await runCli(['cleanup', '--workshop', copy, '--yes'], {env, home});
		t.deepEqual(await images(), before);
	});
}, everyEngine);
