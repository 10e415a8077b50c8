import test from 'ava';
import {explainEnvironment, findEnvironmentProblem} from '../../source/checks/explain-command.js';

/** As CLI 26 words it. */
const said = {
	trust: 'docker: Error: error contacting notary server: dial tcp: lookup notary.docker.io: no such host.',
	epoch: 'ERROR: failed to solve: invalid SOURCE_DATE_EPOCH: banana: strconv.ParseInt: parsing "banana"',
	platform: "Unable to find image 'simple:latest' locally\ndocker: Error response from daemon: Get …",
	noPlatform: 'ERROR: "banana": unknown operating system or architecture: invalid argument',
	other: 'ERROR: failed to solve: process "/bin/sh -c make" did not complete successfully: exit code: 2',
};

const explains = test.macro((t, stderr: string, environment: Record<string, string>, name: string | null) => {
	const obstacle = explainEnvironment({exitCode: 1, stderr, stdout: ''}, environment);
	if (name === null) t.is(obstacle, null);
	else t.is(obstacle?.next, `\`unset ${name}\`, then start the workshop again`);
	t.is(explainEnvironment({exitCode: 0, stderr, stdout: ''}, environment), null);
});

test('signed images only', explains, said.trust, {DOCKER_CONTENT_TRUST: '1'}, 'DOCKER_CONTENT_TRUST');
test('content trust that is off', explains, said.trust, {DOCKER_CONTENT_TRUST: '0'}, null);
test('no date', explains, said.epoch, {SOURCE_DATE_EPOCH: 'banana'}, 'SOURCE_DATE_EPOCH');
test(
	'another platform',
	explains,
	said.platform,
	{DOCKER_DEFAULT_PLATFORM: 'linux/arm64'},
	'DOCKER_DEFAULT_PLATFORM',
);
test(
	'no platform',
	explains,
	said.noPlatform,
	{DOCKER_DEFAULT_PLATFORM: 'banana'},
	'DOCKER_DEFAULT_PLATFORM',
);
test(
	'the command’s own fault',
	explains,
	said.other,
	{DOCKER_DEFAULT_PLATFORM: 'linux/arm64', DOCKER_CONTENT_TRUST: '1'},
	null,
);
test('the same words without the variable', explains, said.platform, {}, null);

for (const [environment, expected] of [
	[{DOCKER_CONTENT_TRUST: '1'}, /DOCKER_CONTENT_TRUST/],
	[{DOCKER_CONTENT_TRUST: 'yes'}, /DOCKER_CONTENT_TRUST/],
	[{SOURCE_DATE_EPOCH: '2026-01-01'}, /SOURCE_DATE_EPOCH/],
	[{DOCKER_CONTENT_TRUST: 'false', SOURCE_DATE_EPOCH: '0'}, null],
	[{DOCKER_DEFAULT_PLATFORM: 'linux/amd64', BUILDX_CONFIG: '/x'}, null],
] as const) {
	test(`${JSON.stringify(environment)} ${expected ? 'stands in the way' : 'does not stand in the way'}`, t => {
		const obstacle = findEnvironmentProblem(environment);
		if (expected) t.regex(obstacle?.reason ?? '', expected);
		else t.is(obstacle, null);
	});
}

for (const stderr of [
	'ERROR: mkdir /home/ann/.docker/buildx: permission denied',
	'ERROR: mkdir /tmp/file: not a directory',
	'ERROR: failed to update builder last activity time: open /home/ann/.docker/buildx/activity/.tmp-default7: read-only file system',
]) {
	test(`“${stderr}” is about the folder of buildx`, t => {
		const obstacle = explainEnvironment({exitCode: 1, stderr, stdout: ''}, {});
		t.regex(`${obstacle?.reason} ${obstacle?.next}`, /configuration folder: .*BUILDX_CONFIG/);
	});
}
test('what a RUN may not write to is not', t =>
	t.is(
		explainEnvironment(
			{exitCode: 1, stderr: said.other, stdout: '#5 0.1 mkdir: can’t create /x: Read-only'},
			{},
		),
		null,
	));
