import type {ContainerFact, ImageFact} from '../../source/checks/model.js';
import {engineTests} from './engines.js';
import {engineOf, runSleeper, scope} from './live-engines.js';

engineTests((declare, name) => {
	declare('an engine tells who it is', async (t, {env}) => {
		const identity = await engineOf(env).identity();
		t.like(identity, {endpoint: env.DOCKER_HOST, local: true, address: '127.0.0.1', recorded: null});
		t.is(identity.store, name === '28c' ? 'containerd' : 'graphdriver');
		t.regex(identity.version, /^\d+\.\d+\.\d+$/);
		t.true(identity.version.startsWith(name.replace('c', '')));
		t.is(identity.cli.version, identity.version);
		t.is(identity.cli.buildx === null, name === '20');
		t.true(identity.id.length > 10);
	});

	declare('a CLI that the engine refuses can’t be used', async (t, {env}) => {
		const refused = engineOf({...env, DOCKER_API_VERSION: '1.99'});
		await t.throwsAsync(refused.identity(), {
			name: 'UserError',
			message: /too new.*Maximum supported API version/,
		});
	});

	declare('images have names, sizes and layers', async (t, {env, docker}) => {
		const facts = await engineOf(env).facts(scope);
		const image = facts.find(
			(fact): fact is ImageFact => fact.fact === 'image' && fact.tags.includes('alpine:3.13'),
		);
		t.is(image?.id, await docker('image', 'inspect', 'alpine:3.13', '-f', '{{.Id}}'));
		t.deepEqual(
			image?.layers,
			JSON.parse(await docker('image', 'inspect', 'alpine:3.13', '-f', '{{json .RootFS.Layers}}')),
		);
		t.true((image?.bytes ?? 0) > 1_000_000);
		const {ids, names} = await engineOf(env).images();
		t.is(names['alpine:3.13'], image?.id);
		t.true(ids.includes(image?.id ?? ''));
	});

	declare('a container of a shipped step is known as one, and is not asked', async (t, engine) => {
		const port = await engine.freePort();
		const id = await runSleeper(engine, '--name', 'step', '-p', `${port}:80`);
		const mine = await runSleeper(engine, '--name', 'mine', '-p', '80');
		const facts = await engineOf(engine.env, {steps: [id], ledger: ['sha256:1']}).facts({
			...scope,
			probePorts: true,
		});
		const containers = facts.filter((fact): fact is ContainerFact => fact.fact === 'container');
		t.like(
			containers.find(one => one.id === id),
			{name: 'step', state: 'running', madeByStep: true, answers: []},
		);
		const answers = containers.find(one => one.id === mine)?.answers ?? [];
		t.true(answers.length > 0);
		for (const {status} of answers) t.is(status, null);
		t.true(containers.find(one => one.id === id)?.published.some(({hostPort}) => hostPort === port));
		t.true(facts.some(fact => fact.fact === 'ledger' && fact.imageIds[0] === 'sha256:1'));
		await engine.docker('rm', '-f', id, mine);
	});

	declare('a container of another image is not asked', async (t, engine) => {
		const id = await runSleeper(engine, '-p', '80');
		const facts = await engineOf(engine.env).facts({
			...scope,
			probePorts: true,
			portImages: ['golang:1.16.4-alpine'],
		});
		t.like(
			facts.find(fact => fact.fact === 'container' && fact.id === id),
			{answers: [], lastLogLine: null},
		);
		await engine.docker('rm', '-f', id);
	});
});
