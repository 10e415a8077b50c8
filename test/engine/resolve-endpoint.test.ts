import {writeFileSync} from 'node:fs';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {type Endpoint, resolveEndpoint} from '../../source/engine/endpoint.js';
import {engineTest} from './engines.js';
import {temporaryFolder} from './temporary-folder.js';

const isReached = test.macro(
	async (t: ExecutionContext, env: Record<string, string>, expected: Partial<Endpoint>) => {
		const host = {context: 'default', environment: {}};
		t.deepEqual(await resolveEndpoint({PATH: '/nowhere', ...env}), {...host, ...expected} as Endpoint);
	},
);

const here = {local: true, address: '127.0.0.1'};

test.serial(
	'a socket',
	isReached,
	{DOCKER_HOST: 'unix:///run/user/1000/docker.sock'},
	{
		...here,
		endpoint: 'unix:///run/user/1000/docker.sock',
		connection: {via: 'socket', socketPath: '/run/user/1000/docker.sock'},
	},
);
test.serial(
	'a pipe',
	isReached,
	{DOCKER_HOST: 'npipe:////./pipe/docker_engine'},
	{
		...here,
		endpoint: 'npipe:////./pipe/docker_engine',
		connection: {via: 'socket', socketPath: '//./pipe/docker_engine'},
	},
);
test.serial(
	'a plain port of this machine',
	isReached,
	{DOCKER_HOST: 'tcp://127.0.0.1:2375'},
	{...here, endpoint: 'tcp://127.0.0.1:2375', connection: {via: 'tcp', host: '127.0.0.1', port: 2375}},
);
test.serial(
	'another address of this machine, whose published ports are asked there',
	isReached,
	{DOCKER_HOST: 'tcp://127.0.0.3:2375'},
	{
		...here,
		address: '127.0.0.3',
		endpoint: 'tcp://127.0.0.3:2375',
		connection: {via: 'tcp', host: '127.0.0.3', port: 2375},
	},
);
test.serial(
	'without a scheme',
	isReached,
	{DOCKER_HOST: 'localhost:2375'},
	{...here, endpoint: 'tcp://localhost:2375', connection: {via: 'tcp', host: 'localhost', port: 2375}},
);
test.serial(
	'IPv6',
	isReached,
	{DOCKER_HOST: 'tcp://[::1]:2375'},
	{...here, address: '::1', endpoint: 'tcp://[::1]:2375', connection: {via: 'tcp', host: '::1', port: 2375}},
);
test.serial(
	'another machine',
	isReached,
	{DOCKER_HOST: 'tcp://192.0.2.200:2375'},
	{
		local: false,
		address: '192.0.2.200',
		endpoint: 'tcp://192.0.2.200:2375',
		connection: {via: 'tcp', host: '192.0.2.200', port: 2375},
	},
);
test.serial(
	'TLS goes through the CLI',
	isReached,
	{DOCKER_HOST: 'tcp://192.0.2.200:2376', DOCKER_TLS_VERIFY: '1'},
	{local: false, address: '192.0.2.200', endpoint: 'tcp://192.0.2.200:2376', connection: {via: 'dial-stdio'}},
);
test.serial(
	'any value asks for TLS',
	isReached,
	{DOCKER_HOST: 'tcp://127.0.0.1:2376', DOCKER_TLS: '0'},
	{...here, endpoint: 'tcp://127.0.0.1:2376', connection: {via: 'dial-stdio'}},
);
test.serial(
	'ssh goes through the CLI',
	isReached,
	{DOCKER_HOST: 'ssh://ann@build.example:22'},
	{
		local: false,
		address: 'build.example',
		endpoint: 'ssh://ann@build.example:22',
		connection: {via: 'dial-stdio'},
	},
);
test.serial(
	'DOCKER_HOST counts more than DOCKER_CONTEXT',
	isReached,
	{DOCKER_HOST: 'unix:///a.sock', DOCKER_CONTEXT: 'b'},
	{...here, endpoint: 'unix:///a.sock', connection: {via: 'socket', socketPath: '/a.sock'}},
);

test.serial('an address that is none is said to be none', async t => {
	await t.throwsAsync(resolveEndpoint({DOCKER_HOST: 'tcp://a b:1'}), {
		name: 'UserError',
		message: /not valid: tcp:\/\/a b:1/,
	});
});

test.serial('without a docker command there is no context to ask for', async t => {
	await t.throwsAsync(resolveEndpoint({PATH: '/nowhere'}), {name: 'UserError', message: /PATH/});
});

engineTest('contexts are those of the CLI', async (t, {env, docker}) => {
	const DOCKER_CONFIG = temporaryFolder('contexts');
	const own = {PATH: env.PATH, DOCKER_CONFIG};
	await docker(
		'--config',
		DOCKER_CONFIG,
		'context',
		'create',
		'plain',
		'--docker',
		`host=${env.DOCKER_HOST}`,
	);
	await docker(
		'--config',
		DOCKER_CONFIG,
		'context',
		'create',
		'safe',
		'--docker',
		'host=tcp://192.0.2.200:2376,skip-tls-verify=true',
	);
	t.is((await resolveEndpoint(own)).endpoint, 'unix:///var/run/docker.sock');
	t.deepEqual(await resolveEndpoint({...own, DOCKER_CONTEXT: 'plain'}), {
		...here,
		context: 'plain',
		environment: {DOCKER_CONTEXT: 'plain'},
		endpoint: env.DOCKER_HOST,
		connection: {via: 'socket', socketPath: env.DOCKER_HOST.replace('unix://', '')},
	});
	t.like(await resolveEndpoint({...own, DOCKER_CONTEXT: 'safe'}), {
		local: false,
		connection: {via: 'dial-stdio'},
	});
	await t.throwsAsync(resolveEndpoint({...own, DOCKER_CONTEXT: 'nosuch'}), {
		name: 'UserError',
		message: 'The Docker context `nosuch` does not exist.',
	});
	const [, file = ''] = /"MetadataPath": "([^"]+)"/.exec(
		await docker('--config', DOCKER_CONFIG, 'context', 'inspect', 'plain'),
	) ?? [''];
	writeFileSync(path.join(file, 'meta.json'), '{');
	await t.throwsAsync(resolveEndpoint({...own, DOCKER_CONTEXT: 'plain'}), {
		name: 'UserError',
		message: /^The Docker context `plain` can’t be read: [^\n]+\.$/,
	});
});
