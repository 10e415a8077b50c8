import test from 'ava';
import parseArgsStringToArgv from 'string-argv';
import {type DefinedBuild, parseDefinition, readDefinedBuild} from '../../source/docker/build-definition.js';
import {parseDockerCommand} from '../../source/docker/command.js';

const readLine = (line: string): DefinedBuild | null => {
	const words = parseArgsStringToArgv(line);
	const command = parseDockerCommand(words);
	return command && readDefinedBuild(command, words);
};

const asks = test.macro({
	exec(t, line: string, print: string, services: string[] = []) {
		t.like(readLine(line), {print: parseArgsStringToArgv(print), services});
	},
	title: (_, line, print) => `what \`${line}\` builds is what \`docker ${print}\` prints`,
});
test(asks, 'docker buildx bake', 'buildx bake --print');
test(asks, 'docker buildx --builder x f -f a.hcl web', 'buildx --builder x f --print -f a.hcl web');
test(asks, 'docker compose build', 'compose config --format json');
test(asks, 'docker compose -f a.yaml build --no-cache web', 'compose -f a.yaml config --format json web', [
	'web',
]);

for (const line of [
	'docker build .',
	'docker buildx build .',
	'docker buildx bake --print',
	'docker buildx bake --call=check',
	'docker buildx bake --list=targets',
	'docker compose up --build',
	'docker compose config',
	'docker compose build --print',
	'docker compose --dry-run build',
	'docker compose build --dry-run',
	'sudo docker compose build',
])
	test(`\`${line}\` builds nothing that a file defines, or can’t be asked for it`, t =>
		t.is(readLine(line), null));

const nothing = {inline: null, target: undefined, buildArgs: [], contexts: [], platforms: []};
const describes = test.macro((t, line: string, printed: unknown, targets: unknown) => {
	const build = readLine(line);
	t.truthy(build);
	if (build) t.deepEqual(parseDefinition(JSON.stringify(printed), build) as unknown, targets);
});

test(
	'a bake file as buildx prints it',
	describes,
	'docker buildx bake',
	{
		group: {default: {targets: ['web', 'worker']}},
		target: {
			web: {context: 'web', dockerfile: 'Dockerfile', tags: ['shop-web:1']},
			worker: {
				context: '.',
				dockerfile: 'worker/other.Dockerfile',
				args: {GO: '1.22', FROM_ENVIRONMENT: null},
				contexts: {base: 'target:web'},
				target: 'test',
				platforms: ['linux/arm64'],
			},
			away: {context: 'https://example.com/a.git', dockerfile: 'Dockerfile'},
			inner: {'dockerfile-inline': 'FROM scratch\n'},
			whole: {context: 'web', dockerfile: '/srv/Dockerfile'},
		},
	},
	[
		{...nothing, name: 'web', dockerfile: 'web/Dockerfile'},
		{
			...nothing,
			name: 'worker',
			dockerfile: 'worker/other.Dockerfile',
			target: 'test',
			buildArgs: ['GO=1.22', 'FROM_ENVIRONMENT'],
			contexts: ['base=target:web'],
			platforms: ['linux/arm64'],
		},
		{...nothing, name: 'away', dockerfile: null},
		{...nothing, name: 'inner', dockerfile: null, inline: 'FROM scratch\n'},
		{...nothing, name: 'whole', dockerfile: '/srv/Dockerfile'},
	],
);

const compose = {
	name: 'shop',
	services: {
		db: {image: 'alpine:3.13'},
		web: {
			build: {context: '/lab/web', dockerfile: 'Dockerfile'},
			depends_on: {worker: {condition: 'service_started', required: true}},
			image: 'shop-web:2',
		},
		worker: {build: {context: '/lab/worker', dockerfile: 'Dockerfile', target: 'test'}},
	},
};
const web = {...nothing, name: 'web', dockerfile: '/lab/web/Dockerfile'};
const worker = {...nothing, name: 'worker', dockerfile: '/lab/worker/Dockerfile', target: 'test'};
test('a Compose file as Compose prints it', describes, 'docker compose build', compose, [web, worker]);
test('only the services that are asked for', describes, 'docker compose build web', compose, [web]);
test('with those that they depend on', describes, 'docker compose build --with-dependencies web', compose, [
	web,
	worker,
]);
test('with arguments of the command', describes, 'docker compose build --build-arg A=1 web', compose, [
	{...web, buildArgs: ['A=1']},
]);
test('services without a build', describes, 'docker compose build db', compose, null);
test('something else', describes, 'docker compose build', ['services'], null);
test('a newer form', describes, 'docker buildx bake', {target: {web: {context: ['web']}}}, null);
