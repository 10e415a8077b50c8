import test from 'ava';
import {createPlatformArgs} from '../../source/stages/dockerfile/parse-dockerfile.js';

const gives = test.macro({
	exec(t, platform: string, expected: [whole: string, os: string, architecture: string, variant: string]) {
		const args = createPlatformArgs({target: undefined, platform, enginePlatform: 'linux/amd64'});
		t.deepEqual(
			['TARGETPLATFORM', 'TARGETOS', 'TARGETARCH', 'TARGETVARIANT'].map(name => args.get(name)),
			expected,
		);
		t.is(args.get('BUILDPLATFORM'), 'linux/amd64');
	},
	title: (_, platform) => `arguments for ${platform}`,
});
test(gives, 'linux/amd64', ['linux/amd64', 'linux', 'amd64', '']);
test(gives, 'arm64', ['linux/arm64', 'linux', 'arm64', '']);
test(gives, 'linux/arm64/v8', ['linux/arm64', 'linux', 'arm64', '']);
test(gives, 'linux/arm', ['linux/arm/v7', 'linux', 'arm', 'v7']);
test(gives, 'linux/arm/v6', ['linux/arm/v6', 'linux', 'arm', 'v6']);
test(gives, 'linux/x86_64', ['linux/amd64', 'linux', 'amd64', '']);
test(gives, 'windows/amd64', ['windows/amd64', 'windows', 'amd64', '']);

test('a stage that is asked for is an argument, too', t => {
	const of = (target: string | undefined) =>
		createPlatformArgs({target, platform: 'linux/amd64', enginePlatform: 'linux/arm64'});
	t.is(of('test').get('TARGETSTAGE'), 'test');
	t.is(of(undefined).get('TARGETSTAGE'), 'default');
	t.is(of(undefined).get('BUILDARCH'), 'arm64');
});
