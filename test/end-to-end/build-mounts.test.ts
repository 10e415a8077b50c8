import path from 'node:path';
import test from 'ava';
import {engineTests} from '../engine/engines.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {isDeep} from '../tools/deep.js';
import {runCli} from '../tools/run-cli.js';
import {type RehearsedStep, rehearseWhole} from './rehearse-whole.js';

const place = {home: temporaryFolder(), cwd: temporaryFolder()};

const statuses = (steps: RehearsedStep[], wanted: string): string[] =>
	(steps.find(({id}) => id === wanted)?.stages ?? []).map(({name, status}) => `${name} ${status}`);

engineTests((engineTest, name) => {
	const lab = path.join(place.cwd, `lab-${name}`);
	const before = ['alpine:3.13', 'golang:1.16.4-alpine', 'node:18-alpine', 'python:3.11-alpine'];

	// The second time, what does not change comes from the caches.
	for (const time of isDeep ? ['first', 'second'] : ['first']) {
		engineTest(`the mounts are as the text says, the ${time} time`, async (t, engine) => {
			await engine.addStandIns('node:18-alpine', 'python:3.11-alpine');
			const steps = await rehearseWhole(t, 'build-mounts', {
				...place,
				env: engine.env,
				more: ['--dir', lab],
				timeout: 400_000,
			});
			t.is(steps.length, 39);
			t.deepEqual(statuses(steps, 'tag-builder'), ['builder cached', 'final skipped']);
			t.deepEqual(
				statuses(steps, 'build-report').filter(one => one.startsWith('test')),
				['test skipped'],
			);
		});
	}

	engineTest('nothing of it is left but the base images', async (t, {docker}) => {
		const images = await docker('image', 'ls', '-a', '--format', '{{.Repository}}:{{.Tag}}');
		t.deepEqual(images.split('\n').sort(), before);
		t.is(await docker('ps', '-aq'), '');
		// Before Docker 23, an engine tells when a volume was changed last, not when it was created: clean-up keeps one
		// that it can't know again.
		const mayStay = name === '20' ? ['site-data', 'notes-data'] : [];
		const left = (await docker('volume', 'ls', '-q')).split('\n').filter(volume => !mayStay.includes(volume));
		t.deepEqual(left.filter(Boolean), []);
	});

	// Baking needs buildx.
	if (!isDeep || name === '20') return;
	engineTest('its challenges and repairs prove themselves', async (t, {env}) => {
		const args = ['lint', 'build-mounts', '--engine', '--json'];
		const {stdout} = await runCli(args, {...place, env, timeout: 400_000});
		t.like(JSON.parse(stdout), {passed: true, problems: []});
	});
});

test.serial('the recording passes without an engine', async t => {
	const steps = await rehearseWhole(t, 'build-mounts', {
		...place,
		env: {PATH: '/nowhere'},
		more: ['--replay', '--dir', 'lab'],
	});
	t.is(steps.length, 39);
});
