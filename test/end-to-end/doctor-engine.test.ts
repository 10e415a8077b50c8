import {cpSync} from 'node:fs';
import {createServer} from 'node:net';
import type {ExecutionContext} from 'ava';
import {engineTests} from '../engine/engines.js';
import type {TestEngine} from '../engine/test-engine.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {runCli} from '../tools/run-cli.js';
import {trust} from '../tools/trust.js';
import {type Diagnosis, failedIds, isDiagnosed} from './diagnose.js';
import {
	configWith,
	dockerOf,
	oldBuildx,
	openForwarder,
	openOtherTimes,
	sshTo,
	withoutCurl,
	withPrograms,
	workshopOf,
} from './make-faults.js';

type Given = {env: Record<string, string>; args?: string[]};

/** A machine with one thing about it, and what the doctor has to say of that. */
type Case = Diagnosis & {
	title: string;
	/** Left out: on every engine. */
	on?: 'buildx' | 'no buildx';
	given(engine: TestEngine, t: ExecutionContext): Given | Promise<Given>;
	/** Nothing else fails. */
	alone?: true;
};

const buildx: Case[] = [
	{
		title: 'buildx is missing or broken',
		on: 'buildx',
		given: ({env}) => ({env: {...env, DOCKER_CONFIG: configWith('exit 1')}}),
		id: 'buildkit',
		verdict: 'failed',
		says: /needs the buildx plugin.*install/,
	},
	{
		title: 'a buildx that is too old for rawjson is said, not failed',
		on: 'buildx',
		given: engine => ({env: {...engine.env, DOCKER_CONFIG: configWith(oldBuildx(engine))}}),
		id: 'buildkit',
		verdict: 'passed',
		says: /buildx 0\.12\.1\. It prints .* in bursts/,
		alone: true,
	},
	{
		title: 'BUILDX_BUILDER names a builder that is not there',
		on: 'buildx',
		given: ({env}) => ({env: {...env, BUILDX_BUILDER: 'nosuch'}}),
		id: 'builder',
		verdict: 'passed',
		says: /ignores .*no builder "nosuch" found/,
		alone: true,
	},
	{
		title: 'a builder in a container is selected',
		on: 'buildx',
		async given({env, docker}) {
			const DOCKER_CONFIG = temporaryFolder();
			cpSync(env.DOCKER_CONFIG, DOCKER_CONFIG, {recursive: true});
			const create = ['buildx', 'create', '--name', 'mine', '--driver', 'docker-container', '--use'];
			await docker('--config', DOCKER_CONFIG, ...create);
			return {env: {...env, DOCKER_CONFIG}};
		},
		id: 'builder',
		verdict: 'passed',
		says: /ignores the builder mine.*docker-container/,
		alone: true,
	},
	{
		title: 'a CLI that builds with BuildKit only',
		on: 'buildx',
		given: engine => ({
			env: withPrograms(engine, {docker: `unset DOCKER_BUILDKIT\nexec ${dockerOf(engine)} "$@"`}),
		}),
		id: 'legacy-builder',
		verdict: 'failed',
		says: /legacy builder is gone: .*builds with BuildKit.*--replay/,
		alone: true,
	},
	{
		title: 'a CLI with BuildKit inside has no other builders',
		on: 'no buildx',
		given: ({env}) => ({env: {...env, BUILDX_BUILDER: 'nosuch'}}),
		id: 'builder',
		verdict: 'passed',
		says: /no builder other/,
		alone: true,
	},
];

const versions: Case[] = [
	{
		title: 'an API version that the engine no longer speaks',
		given: ({env}) => ({env: {...env, DOCKER_API_VERSION: '1.11'}}),
		id: 'engine',
		verdict: 'failed',
		says: /too old.*Minimum supported API version.*DOCKER_API_VERSION/,
	},
	{
		title: 'an API version that the engine does not speak yet',
		given: ({env}) => ({env: {...env, DOCKER_API_VERSION: '1.99'}}),
		id: 'engine',
		verdict: 'failed',
		says: /too new.*Maximum supported API version.*DOCKER_API_VERSION/,
	},
	{
		title: 'an engine of a time to come',
		given: async (engine, t) => ({env: {...engine.env, DOCKER_HOST: await openOtherTimes(t, engine)}}),
		id: 'engine',
		verdict: 'failed',
		says: /too old for the Docker engine.*1\.99.*update the docker command/,
	},
];

const things: Case[] = [
	{
		title: 'names of images that are the learner’s',
		async given({env, docker}) {
			for (const name of ['simple', 'whoami', 'parallel:legacy']) await docker('tag', 'alpine:3.13', name);
			return {env};
		},
		id: 'names',
		verdict: 'passed',
		says: /simple:latest, parallel:legacy and whoami:latest are yours.*the build asks.*docker tag simple:latest/,
		alone: true,
	},
	{
		title: 'the name of a container that is the learner’s',
		async given({env, docker}) {
			await docker('create', '--name', 'whoami1', 'alpine:3.13');
			return {env};
		},
		id: 'names',
		verdict: 'failed',
		says: /container of yours is called whoami1.*docker rename whoami1/,
	},
	{
		title: 'a port that the workshop publishes is free',
		given: async ({env, freePort}) => publishing(env, await freePort()),
		id: 'ports',
		verdict: 'passed',
		says: /Port \d+ .*free/,
	},
	{
		title: 'a port that the workshop publishes is another program’s',
		async given({env, freePort}, t) {
			const port = await freePort();
			const server = createServer();
			await new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve));
			t.teardown(() => server.close());
			return publishing(env, port);
		},
		id: 'ports',
		verdict: 'failed',
		says: /Port \d+ .*another program.*stop the program/,
	},
	{
		title: 'a port that the workshop publishes is a container’s',
		async given({env, docker, freePort}) {
			const port = await freePort();
			const sleeping = ['--stop-signal', 'KILL', 'alpine:3.13', 'sleep', '600'];
			await docker('run', '-d', '--name', 'theirs', '-p', `${port}:80`, ...sleeping);
			return publishing(env, port);
		},
		id: 'ports',
		verdict: 'failed',
		says: /your container theirs.*docker stop theirs/,
	},
	{
		title: 'an image that no registry gives',
		given: ({env}) => ({env, args: ['--workshop', workshopOf('docker run hello', ['127.0.0.1:9/nobody:1'])]}),
		id: 'images',
		verdict: 'failed',
		says: /nobody:1 is not on the engine.*refused.*docker pull/,
	},
	{
		title: 'images that are there need no registry',
		given: ({env}) => ({env}),
		id: 'images',
		verdict: 'passed',
		says: /on the engine, so no registry/,
	},
];

const publishing = (env: Record<string, string>, port: number): Given => ({
	env,
	args: ['--workshop', workshopOf(`docker run -d -p ${port}:80 alpine:3.13 sleep 60`)],
});

const places: Case[] = [
	{
		title: 'an engine on another machine is named, and no fault',
		given: engine => ({
			env: {...withPrograms(engine, {ssh: sshTo(engine)}), DOCKER_HOST: 'ssh://ann@far.example'},
		}),
		id: 'engine',
		verdict: 'passed',
		says: /ssh:\/\/ann@far\.example\. It is not on this machine.*far\.example/,
	},
	{
		title: 'an engine behind a port of this machine',
		given: async (engine, t) => ({
			env: {...engine.env, DOCKER_HOST: `tcp://127.0.0.1:${await openForwarder(t, engine)}`},
		}),
		id: 'engine',
		verdict: 'passed',
		says: /answers at tcp:\/\/127\.0\.0\.1:\d+\./,
	},
	{
		title: 'no curl',
		given: engine => ({env: withoutCurl(engine)}),
		id: 'curl',
		verdict: 'failed',
		says: /not on this machine’s `PATH`.*install curl/,
	},
];

engineTests((declare, engineName) => {
	const kind = engineName === '20' ? 'no buildx' : 'buildx';
	declare('a machine on which all is well is ready', async (t, {env}) => {
		const {stdout, exitCode} = await runCli(['doctor'], {env});
		t.is(exitCode, 0, stdout);
		t.regex(stdout, /\nThis machine is ready\.\n$/);
	});
	for (const {title, on = kind, given, alone, ...wanted} of [...buildx, ...versions, ...things, ...places]) {
		if (on !== kind) continue;
		declare(title, async (t, engine) => {
			const findings = await isDiagnosed(t, await given(engine, t), wanted);
			const others = failedIds(findings).filter(id => id !== wanted.id);
			if (alone) t.deepEqual(others, []);
		});
	}
	declare('a step that calls curl says that there is none', async (t, engine) => {
		const workshop = workshopOf('curl localhost:1');
		const args = ['run', '--yes', '--workshop', workshop, ...trust(workshop)];
		const {stdout, exitCode} = await runCli(args, {env: withoutCurl(engine)});
		t.is(exitCode, 1);
		t.regex(stdout, /failed +do-it.*curl.*doctor/);
	});
});
