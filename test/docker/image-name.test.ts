import test from 'ava';
import {parseDockerCommand} from '../../source/docker/command.js';
import {readEffects} from '../../source/docker/effects.js';
import {
	isSameImageName,
	normalizeImageName,
	normalizePodmanImageName,
} from '../../source/docker/image-ref.js';

for (const [written, listed] of [
	['whoami', 'whoami:latest'],
	['whoami:1', 'whoami:1'],
	['docker.io/library/whoami', 'whoami:latest'],
	['index.docker.io/library/whoami:1', 'whoami:1'],
	['library/whoami', 'whoami:latest'],
	['docker.io/someone/whoami', 'someone/whoami:latest'],
	['localhost:5000/whoami', 'localhost:5000/whoami:latest'],
	['quay.io/library/whoami', 'quay.io/library/whoami:latest'],
	['localhost/whoami', 'localhost/whoami:latest'],
	['whoami@sha256:abc', 'whoami@sha256:abc'],
] as const) {
	test(`Docker lists ${written} as ${listed}`, t => t.is(normalizeImageName(written), listed));
}

for (const written of ['whoami', 'localhost/whoami:latest', 'docker.io/library/whoami:latest']) {
	test(`on Podman ${written} is whoami:latest`, t =>
		t.is(normalizePodmanImageName(written), 'whoami:latest'));
}

test('a port is no part of localhost as Podman writes it', t => {
	t.is(normalizePodmanImageName('localhost:5000/whoami'), 'localhost:5000/whoami:latest');
});

test('Docker keeps what a registry called localhost has apart', t => {
	t.true(isSameImageName('whoami', 'docker.io/library/whoami:latest'));
	t.false(isSameImageName('whoami', 'localhost/whoami'));
});

test('a build that names its image in full gives the name that Docker lists', t => {
	const command = parseDockerCommand(['docker', 'build', '-t', 'docker.io/library/misc:a', '.']);
	t.deepEqual(command && readEffects(command).names, ['misc:a']);
});
