import test from 'ava';
import type {ContainerInspectInfo} from 'dockerode';
import {normalizePodmanImageName} from '../../source/docker/image-ref.js';
import {
	createPodmanId,
	findPodmanVersion,
	findShimVersion,
	requireMatchingCli,
} from '../../source/engine/endpoint.js';
import {indexIdsByName, toContainerFact} from '../../source/engine/facts.js';
import {UserError} from '../../source/text/user-error.js';

// As Docker 20.10 to 28.5 and Podman 5.4.2 and 5.8.6 name them.
const components = (...names: string[]) => ({Version: '5.4.2', Components: names.map(Name => ({Name}))});

for (const [title, version] of [
	['Docker', components('Engine', 'containerd', 'runc', 'docker-init')],
	['an engine without components', {Version: '20.10.24'}],
	['an engine whose components are null', {Version: '20.10.24', Components: null}],
] as const) {
	test.serial(`${title} is not taken for Podman`, t => t.is(findPodmanVersion({...version}), null));
}

test.serial('Podman is known by its components', t => {
	t.is(findPodmanVersion(components('Podman Engine', 'Conmon', 'OCI Runtime (runc)')), '5.4.2');
});

test.serial('a docker command that is Podman tells its version as Podman', t => {
	t.is(findShimVersion('podman version 5.4.2'), '5.4.2');
	t.is(findShimVersion('Docker version 26.1.5+dfsg1, build a72d7cd'), null);
});

test.serial('a Podman keeps its ledger by its machine and storage, whatever ID it tells', t => {
	const home = {Name: 'laptop', DockerRootDir: '/home/a/.local/share/containers/storage'};
	const key = createPodmanId({...home, ...{ID: 'b682bd42-c9fd-42c0-b702-da4e4e294246'}});
	t.is(createPodmanId({...home, ...{ID: 'bf1b1aa9-b17a-4d55-8a6c-ca1473e2f023'}}), key);
	t.not(createPodmanId({...home, DockerRootDir: '/var/lib/containers/storage'}), key);
	t.not(createPodmanId({...home, Name: 'server'}), key);
});

test.serial('of two images with one short name, that of localhost is meant', t => {
	const image = (Id: string, ...RepoTags: string[]) =>
		({Id, RepoTags}) as Parameters<typeof indexIdsByName>[0][0];
	for (const images of [
		[image('a', 'docker.io/library/whoami:latest'), image('b', 'localhost/whoami:latest')],
		[image('b', 'localhost/whoami:latest'), image('a', 'docker.io/library/whoami:latest')],
	]) {
		t.deepEqual(indexIdsByName(images, normalizePodmanImageName), {'whoami:latest': 'b'});
	}
});

test.serial('Docker’s own localhost is a registry, and stays in the name', t => {
	const images = [{Id: 'a', RepoTags: ['localhost/whoami:latest']}] as Parameters<typeof indexIdsByName>[0];
	t.deepEqual(
		indexIdsByName(images, name => name),
		{'localhost/whoami:latest': 'a'},
	);
});

test.serial(
	'a container of Podman is said to be of the image that its command named, and has no health check',
	t => {
		const info = {
			Id: 'c',
			Name: '/whoami',
			Image: 'sha256:a',
			Created: '2026-11-29T19:27:28Z',
			Path: '/whoami',
			Args: [],
			State: {
				Status: 'running',
				ExitCode: 0,
				Error: '',
				StartedAt: '2026-11-29T19:27:28Z',
				// Podman has it for containers without a health check, too.
				Health: {Status: '', FailingStreak: 0, Log: null},
			},
			Mounts: [
				{Type: 'volume', Name: 'data', Destination: '/data'},
				{Type: 'bind', Source: '/tmp', Destination: '/tmp'},
			],
			Config: {Image: 'localhost/whoami:latest', Hostname: 'c', ExposedPorts: {}},
			NetworkSettings: {Ports: {}, Networks: {podman: {}}},
			HostConfig: {NetworkMode: 'pasta'},
		} as unknown as ContainerInspectInfo;
		t.like(toContainerFact(info, {madeByStep: false, nameOf: normalizePodmanImageName}), {
			image: 'whoami:latest',
			health: 'none',
			networks: ['podman'],
			volumes: ['data'],
		});
	},
);

test.serial('Podman’s docker command and an engine that is Docker do not go together', t => {
	const docker = {podman: null, endpoint: 'unix:///var/run/docker.sock'};
	const error = t.throws(() => requireMatchingCli({podman: '5.4.2'}, docker), {instanceOf: UserError});
	t.regex(error?.message ?? '', /is Podman 5\.4\.2.*unix:\/\/\/var\/run\/docker\.sock/);
	t.notThrows(() => requireMatchingCli({}, docker));
	t.notThrows(() => requireMatchingCli({podman: '5.4.2'}, {...docker, podman: '5.4.2'}));
});
