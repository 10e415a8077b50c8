import test from 'ava';
import {
	argvAsShown,
	argvToStart,
	fillCommand,
	fillPlaceholders,
	findUnfitValue,
	missingPlaceholders,
	planRun,
	replaceLocalhost,
	showPlaceholders,
} from '../../source/session/plan/run-plan.js';
import {environmentFor} from '../../source/stages/builders.js';
import type {BuildFormat} from '../../source/stages/model.js';

const clis = {
	'20.10.24': {version: '20.10.24', buildx: null},
	'26.1.5': {version: '26.1.5', buildx: '0.13.1'},
	'23 with buildx 0.10': {version: '23.0.1', buildx: '0.10.0'},
};

const at = {cidFile: () => 'cid', address: '127.0.0.1'};
const direct = ['--disable', '--noproxy', '*', '--connect-timeout', '10'];

const formats = test.macro({
	exec: (t, cli: keyof typeof clis, builder: 'legacy' | 'buildkit', format: BuildFormat) =>
		t.is(planRun('docker build -t simple ./simple', builder, clis[cli]).build?.format, format),
	title: (_, cli, builder, format) => `${builder} of CLI ${cli} reports as ${format}`,
});

test(formats, '20.10.24', 'legacy', 'legacy');
test(formats, '20.10.24', 'buildkit', 'plain');
test(formats, '23 with buildx 0.10', 'buildkit', 'plain');
test(formats, '26.1.5', 'buildkit', 'rawjson');
test(formats, '26.1.5', 'legacy', 'legacy');

const plans = test.macro({
	exec(t, line: string, expected: object) {
		const {build, container} = planRun(line, 'buildkit', clis['26.1.5']);
		t.like(build ?? container ?? {}, expected);
	},
	title: (_, line) => `\`${line}\` is understood`,
});

test(plans, 'docker build -t simple ./simple', {
	dockerfile: 'simple/Dockerfile',
	tags: ['simple:latest'],
	target: undefined,
});
test(plans, 'docker build -t simple:test --target test ./simple', {tags: ['simple:test'], target: 'test'});
test(plans, 'docker build --no-cache -t parallel:legacy ./parallel', {dockerfile: 'parallel/Dockerfile'});
test(plans, 'docker build -f other/Dockerfile .', {dockerfile: 'other/Dockerfile', tags: []});
test(plans, 'docker build .', {dockerfile: 'Dockerfile'});
test(plans, 'docker build -t localhost:5000/a .', {tags: ['localhost:5000/a:latest']});
test(plans, 'docker run simple', {name: null, detached: false});
test(plans, 'docker run -d -P --name whoami1 whoami', {name: 'whoami1', detached: true});

test('an attached run leaves its container’s ID in a file, a detached one prints it', t => {
	const attached = planRun('docker run simple', 'buildkit', clis['26.1.5']);
	t.deepEqual(argvToStart(attached, at), ['docker', 'run', '--cidfile', 'cid', 'simple']);
	const detached = planRun('docker run -d whoami', 'buildkit', clis['26.1.5']);
	t.deepEqual(argvToStart(detached, at), ['docker', 'run', '-d', 'whoami']);
});

test('a build by Podman leaves no container behind when it fails', t => {
	const podman = {version: '', buildx: null, podman: '5.4.2'};
	const byPodman = planRun('docker build -t simple ./simple', 'legacy', podman);
	t.deepEqual(argvToStart(byPodman, at), ['docker', 'build', '--force-rm', '-t', 'simple', './simple']);
	const byDocker = planRun('docker build -t simple ./simple', 'legacy', clis['26.1.5']);
	t.deepEqual(argvToStart(byDocker, at), byDocker.argv);
});

for (const [title, line, address, added] of [
	[
		'curl of a published port keeps to itself, and goes neither by settings nor by a proxy',
		'curl localhost:32768',
		'127.0.0.1',
		direct,
	],
	['the same at the address of another engine', 'curl http://192.0.2.7:32768/api', '192.0.2.7', direct],
	['the same at an IPv6 address', 'curl [2001:db8::7]:32768', '2001:db8::7', direct],
	[
		'curl of anything else keeps the learner’s settings and proxy',
		'curl https://docs.docker.com',
		'127.0.0.1',
		[],
	],
] as const) {
	test(title, t => {
		const {argv} = planRun(line, 'buildkit', clis['26.1.5']);
		const started = argvToStart(planRun(line, 'buildkit', clis['26.1.5']), {...at, address});
		t.deepEqual(started, ['curl', ...added, '--silent', '--show-error', ...argv.slice(1)]);
		t.deepEqual(argvAsShown(started), argv);
	});
}

test('a recording has the command as it is shown', t => {
	const {argv, ...plan} = planRun('docker run simple cat /build.txt', 'buildkit', clis['26.1.5']);
	t.deepEqual(argvAsShown(argvToStart({argv, ...plan}, at)), argv);
});

const byHost = {context: 'default', environment: {}};
const byContext = {context: 'my.engine-1', environment: {DOCKER_CONTEXT: 'my.engine-1'}};

test('commands stay on the engine that is judged, and builds on its own builder', t => {
	const environment = {DOCKER_CONTEXT: 'another', BUILDX_BUILDER: 'in-a-container'};
	const ran = planRun('docker run simple', 'buildkit', clis['26.1.5']);
	const built = planRun('docker build .', 'buildkit', clis['26.1.5']);
	t.like(environmentFor(environment, {builder: null, plan: ran, engine: byContext}), {
		DOCKER_CONTEXT: 'my.engine-1',
	});
	t.like(environmentFor(environment, {builder: 'buildkit', plan: built, engine: byContext}), {
		DOCKER_CONTEXT: 'my.engine-1',
		BUILDX_BUILDER: 'my.engine-1',
	});
});
for (const [line, address, expected] of [
	['curl localhost:32768', '127.0.0.1', 'curl localhost:32768'],
	['curl localhost:32768/api', '192.0.2.7', 'curl 192.0.2.7:32768/api'],
	['curl http://localhost:32768', '192.0.2.7', 'curl http://192.0.2.7:32768'],
	['curl http://127.0.0.1', '2001:db8::7', 'curl http://[2001:db8::7]'],
	['curl localhost.example:80', '192.0.2.7', 'curl localhost.example:80'],
	['curl localhost:{{port}}', 'host.docker.internal', 'curl host.docker.internal:{{port}}'],
	['docker run whoami curl localhost:80', '192.0.2.7', 'docker run whoami curl localhost:80'],
] as const) {
	test(`where published ports are at ${address}, \`${line}\` is \`${expected}\``, t => {
		t.is(replaceLocalhost(line, address), expected);
	});
}

test('only a build is asked for rawjson, and never the legacy builder', t => {
	const plan = (line: string, builder: 'legacy' | 'buildkit') => planRun(line, builder, clis['26.1.5']);
	const environment = (line: string, builder: 'legacy' | 'buildkit') =>
		environmentFor({PATH: '/bin'}, {builder, plan: plan(line, builder), engine: byHost});
	t.like(environment('docker build .', 'buildkit'), {
		PATH: '/bin',
		DOCKER_BUILDKIT: '1',
		BUILDX_BUILDER: 'default',
		BUILDKIT_PROGRESS: 'rawjson',
	});
	t.is(environment('docker build .', 'legacy').BUILDKIT_PROGRESS, undefined);
	t.is(environment('docker run simple', 'buildkit').BUILDKIT_PROGRESS, undefined);
});

test('placeholders are filled once they are captured', t => {
	t.is(fillPlaceholders('curl localhost:{{port}}', {port: '32768'}), 'curl localhost:32768');
	t.is(fillPlaceholders('curl localhost:{{port}}', {}), null);
	const line = "docker inspect --format '{{json .Config}}{{end}}' {{id}}";
	t.is(fillPlaceholders(line, {id: 'a1', end: 'x'}), line.replace('{{id}}', 'a1'));
});

const isOneArgument = test.macro((t, value: string, line: string, argument: string) =>
	t.deepEqual(fillCommand('docker run --name {{name}} --label a={{name}} simple', {name: value}), {
		line: `docker run --name ${line} --label ${argument} simple`,
		argv: ['docker', 'run', '--name', value, '--label', `a=${value}`, 'simple'],
	}),
);

for (const [value, line, argument] of [
	['whoami1', 'whoami1', 'a=whoami1'],
	['two words', "'two words'", "'a=two words'"],
	['a --privileged', "'a --privileged'", "'a=a --privileged'"],
	['"quoted"', `'"quoted"'`, `'a="quoted"'`],
	["it's", "'it'\\''s'", "'a=it'\\''s'"],
	['$(reboot)', "'$(reboot)'", "'a=$(reboot)'"],
	['a; reboot', "'a; reboot'", "'a=a; reboot'"],
	['a\\b', "'a\\b'", "'a=a\\b'"],
	['{{name}}', "'{{name}}'", "'a={{name}}'"],
	['', "''", 'a='],
	['$&', "'$&'", "'a=$&'"],
] as const) {
	test(`a captured value stays one argument: ${JSON.stringify(value)}`, isOneArgument, value, line, argument);
}

test('a name that every object has is no captured value', t => {
	t.is(fillPlaceholders('docker run {{constructor}}', {}), null);
});

const unfit = test.macro((t, command: string, value: string, says: RegExp | null) => {
	const problem = findUnfitValue(command, {name: value, empty: ''});
	if (says) t.regex(problem ?? '', says);
	else t.is(problem, null);
});

for (const [command, value, says] of [
	[
		'docker run {{name}}',
		'--privileged',
		/`--privileged`, begins with a dash, so it would be taken for an option/,
	],
	['docker run {{name}}', '-v/:/host', /begins with a dash/],
	['docker run "{{name}}"', '-d', /begins with a dash/],
	['docker run {{empty}}{{name}}', '-d', /begins with a dash/],
	['docker run --name={{name}}', '-d', null],
	['curl localhost:{{name}}', '-d', null],
	['docker run {{name}}', 'a-d', null],
	['docker run {{name}}', 'a\0b', /contains a control character/],
	['docker run {{name}}', 'a\nb', /contains a control character/],
] as const) {
	test(
		`in \`${command}\`, ${JSON.stringify(value)} is ${says ? 'refused' : 'taken'}`,
		unfit,
		command,
		value,
		says,
	);
}

test('a placeholder called as what every object has is missing like any other', t => {
	t.is(fillCommand('echo {{constructor}}', {}), null);
	t.deepEqual(missingPlaceholders('echo {{constructor}}', {}), ['constructor']);
	t.is(showPlaceholders('echo {{constructor}}', {}), 'echo <constructor>');
});

const podman = {version: '5.4.2', buildx: null, podman: '5.4.2'};

for (const [line, names] of [
	['docker build -t whoami .', ['whoami:latest']],
	['docker build -t localhost/whoami:1 .', ['whoami:1']],
	['docker build -t docker.io/library/whoami .', ['whoami:latest']],
] as const) {
	test(`on Podman Buildah builds, whatever is chosen: \`${line}\``, t => {
		for (const builder of ['legacy', 'buildkit'] as const) {
			const plan = planRun(line, builder, podman);
			t.like(plan.build, {builder: 'buildah', format: 'buildah', tags: [...names]});
			t.deepEqual(plan.makes[0]?.names, [...names]);
			const env = environmentFor(
				{},
				{builder: 'buildah', plan, engine: {context: 'default', environment: {}}},
			);
			t.is(env.DOCKER_BUILDKIT, '0');
			t.false('BUILDKIT_PROGRESS' in env);
		}
	});
}
