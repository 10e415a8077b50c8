import test from 'ava';
import type Docker from 'dockerode';
import {
	type ContainerTraces,
	findHostAddress,
	findOwnIds,
	locatePublishedPorts,
} from '../../source/engine/daemon.js';

const own = 'a'.repeat(64);
const other = 'b'.repeat(64);

const nothing: ContainerTraces = {
	mounts: '',
	cgroups: '',
	hosts: '',
	routes: '',
	sockets: '',
	hostname: 'dev',
	hasMark: false,
};

const mount = (root: string, place: string) =>
	`36 35 254:1 ${root} ${place} rw,relatime - ext4 /dev/vda1 rw\n`;

/** Where engines say which container one is in; the shapes are those of Docker 20 to 28 and of Podman. */
const places: Record<string, Partial<ContainerTraces>> = {
	'Docker, control groups 1': {cgroups: `12:pids:/docker/${own}\n`},
	'Docker, by systemd': {cgroups: `0::/system.slice/docker-${own}.scope\n`},
	'Docker, control groups 2': {
		cgroups: '0::/\n',
		mounts: mount(`/var/lib/docker/containers/${own}/hostname`, '/etc/hostname'),
	},
	Podman: {
		cgroups: '0::/\n',
		mounts: mount(`/containers/overlay-containers/${own}/userdata/hosts`, '/etc/hosts'),
	},
};
for (const [title, traces] of Object.entries(places)) {
	test.serial(`own ID: ${title}`, t => t.deepEqual(findOwnIds({...nothing, ...traces}), [own]));
}
test.serial('own ID: the host name is its beginning', t =>
	t.deepEqual(findOwnIds({...nothing, hostname: own.slice(0, 12)}), [own.slice(0, 12)]),
);
test.serial('own ID: a host sees where containers are mounted, and is none of them', t =>
	t.deepEqual(
		findOwnIds({...nothing, mounts: mount('/', `/var/lib/docker/containers/${other}/mounts/shm`)}),
		[],
	),
);

/** An engine that knows some containers by ID, name or the beginning of an ID, and what network each is in. */
const knowing = (modes: Record<string, string>): Docker =>
	({
		getContainer: (name: string) => ({
			async inspect() {
				const Id = Object.keys(modes).find(id => id.startsWith(name));
				if (Id === undefined) throw Object.assign(new Error('No such container'), {statusCode: 404});
				return {Id, HostConfig: {NetworkMode: modes[Id]}};
			},
		}),
	}) as unknown as Docker;

const socket = {
	address: '127.0.0.1',
	connection: {via: 'socket', socketPath: '/var/run/docker.sock'},
} as const;
const routes = 'Iface\tDestination\tGateway\neth0\t000011AC\t00000000\neth0\t00000000\t010011AC\n';
const inside: ContainerTraces = {...nothing, cgroups: `/docker/${own}`, routes, hasMark: true};
const here = {inContainer: false, address: '127.0.0.1'};
const listening = 'ffff: 00000002 00000000 00010000 0001 01 22518 /run/docker.sock\n';

for (const [title, modes, traces, expected] of [
	['no container', {}, nothing, here],
	['a container of the engine', {[own]: 'bridge'}, inside, {inContainer: true, address: '172.17.0.1'}],
	['a container in the host’s network', {[own]: 'host'}, inside, here],
	[
		'a container in the network of one in the host’s',
		{[own]: `container:${other}`, [other]: 'host'},
		inside,
		here,
	],
	[
		'a container in the network of another',
		{[own]: `container:${other}`, [other]: 'bridge'},
		inside,
		{inContainer: true, address: '172.17.0.1'},
	],
	[
		'a container that has no way out',
		{[own]: 'none'},
		{...inside, routes: ''},
		{inContainer: true, address: 'host.docker.internal'},
	],
	// There are signs of one, and nobody who knows.
	['a container of another engine', {}, inside, {inContainer: true, address: '127.0.0.1'}],
	[
		'the mark of a container on the machine that the engine’s socket is of',
		{},
		{...inside, sockets: listening},
		here,
	],
	['a socket from elsewhere on a machine without a mark', {}, {...inside, hasMark: false}, here],
] as const) {
	test.serial(`where ports are published: ${title}`, async t => {
		t.deepEqual(await locatePublishedPorts(knowing(modes), socket, {isDesktop: false, traces}), expected);
	});
}

for (const [title, hosts, isDesktop, expected] of [
	['Docker Desktop knows the name', '', true, 'host.docker.internal'],
	['a name that was added', '172.17.0.1\thost.docker.internal\n', false, 'host.docker.internal'],
	['Podman’s name', '10.0.2.2\thost.containers.internal host\n', false, 'host.containers.internal'],
	['the gateway', '127.0.0.1\tlocalhost\n', false, '172.17.0.1'],
] as const) {
	test.serial(`the host as its containers reach it: ${title}`, t =>
		t.is(findHostAddress({...inside, hosts}, isDesktop), expected),
	);
}
