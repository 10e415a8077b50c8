import {existsSync, readFileSync} from 'node:fs';
import {hostname} from 'node:os';
import process from 'node:process';
import type Docker from 'dockerode';
import {askEngine} from './ask-engine.js';
import type {Endpoint} from './resolve-endpoint.js';

/** What the kernel says of this process, as text; empty where it says nothing. */
export type OwnTraces = {
	/** `/proc/self/mountinfo` */
	mounts: string;
	/** `/proc/self/cgroup` */
	cgroups: string;
	/** `/etc/hosts` */
	hosts: string;
	/** `/proc/net/route` */
	routes: string;
	/** `/proc/net/unix`: the sockets of this process's network. */
	sockets: string;
	hostname: string;
	/** A file that container engines put into their containers; others keep it, too. */
	hasMark: boolean;
};

/** Where published ports are, as seen by a program that may run in a container itself. */
export type PortsPlace = {
	/** The ports are published on the container's host, or may be: not on this program's own loopback address. */
	inContainer: boolean;
	/** Where they are reached. */
	address: string;
};

/**
 * Finds out whether this program runs in a container with a network of its own, where 127.0.0.1 is not the address on
 * which the engine publishes ports. The engine's word counts: it knows the container. Of one that another engine runs
 * there are only signs; then the address stays, and nobody relies on it. Rejects when the engine does not answer.
 */
export const findPorts = async (
	docker: Docker,
	{address, connection}: Pick<Endpoint, 'address' | 'connection'>,
	{isDesktop, traces = readTraces()}: {isDesktop: boolean; traces?: OwnTraces},
): Promise<PortsPlace> => {
	for (const id of ownIds(traces)) {
		const networkMode = await networkOf(docker, id);
		if (networkMode === null) continue;
		return networkMode === 'host'
			? {inContainer: false, address}
			: {inContainer: true, address: hostFrom(traces, isDesktop)};
	}
	const isApart =
		traces.hasMark && connection.via === 'socket' && !listensHere(connection.socketPath, traces);
	return {inContainer: isApart, address};
};

/**
 * IDs that this program's own container may have. Engines mount files of theirs over these three, from folders named
 * after the container; with control groups of version 2 its ID stands nowhere else. On a host, too, IDs stand among the
 * mounts: but those are where containers are mounted, not what is mounted here.
 */
export const ownIds = ({mounts, cgroups, hostname: name}: OwnTraces): string[] => {
	const roots = mounts.split('\n').flatMap(line => {
		const [, , , root = '', place = ''] = line.split(' ');
		return ['/etc/hostname', '/etc/hosts', '/etc/resolv.conf'].includes(place) ? [root] : [];
	});
	const found = [...roots, cgroups].flatMap(text => text.match(/\b[0-9a-f]{64}\b/g) ?? []);
	return [...new Set([...found, ...(/^[0-9a-f]{12}$/.test(name) ? [name] : [])])];
};

/** `host`, `bridge`, …: of the container whose network this one shares, if it does; null when there is none. */
const networkOf = async (docker: Docker, id: string): Promise<string | null> => {
	try {
		const {Id, HostConfig} = await askEngine(() => docker.getContainer(id).inspect());
		// The engine also finds containers by their names.
		if (!Id.startsWith(id)) return null;
		const mode = HostConfig.NetworkMode ?? 'default';
		const [, owner] = /^container:(.+)$/.exec(mode) ?? [];
		return owner === undefined ? mode : ((await networkOf(docker, owner)) ?? mode);
	} catch (error) {
		if ((error as {statusCode?: number}).statusCode === 404) return null;
		throw error;
	}
};

/** Names by which engines make the host known to its containers. */
const hostNames = ['host.docker.internal', 'host.containers.internal'];

/** The host's address as its containers reach it. Docker Desktop answers for the name without a line in `/etc/hosts`. */
export const hostFrom = ({hosts, routes}: OwnTraces, isDesktop: boolean): string => {
	const words = hosts.split(/\s+/);
	const named = hostNames.find(name => words.includes(name));
	return (isDesktop ? hostNames[0] : named) ?? gatewayOf(routes) ?? 'host.docker.internal';
};

/** The gateway of the default route: `eth0 00000000 010011AC …`, lowest byte first. */
const gatewayOf = (routes: string): string | null => {
	const line = routes.split('\n').find(one => /^\S+\s+0{8}\s+(?!0{8})/.test(one));
	const hex = line?.trim().split(/\s+/)[2];
	return hex ? [...Buffer.from(hex, 'hex').reverse()].join('.') : null;
};

/** Whether a socket was opened in this program's network; its name may lead through a link. */
const listensHere = (socketPath: string, {sockets}: OwnTraces): boolean => {
	const name = socketPath.replace(/^\/var\/run\//, '/run/');
	return sockets
		.split('\n')
		.some(line => line.replace(/^.* (?=\/)/, '').replace(/^\/var\/run\//, '/run/') === name);
};

const readTraces = (): OwnTraces => ({
	mounts: readOrNothing('/proc/self/mountinfo'),
	cgroups: readOrNothing('/proc/self/cgroup'),
	hosts: readOrNothing('/etc/hosts'),
	routes: readOrNothing('/proc/net/route'),
	sockets: readOrNothing('/proc/net/unix'),
	hostname: hostname(),
	hasMark: ['/.dockerenv', '/run/.containerenv'].some(file => existsSync(file)),
});

/** Only Linux has any of it, and containers in which this program runs. */
const readOrNothing = (file: string): string => {
	if (process.platform !== 'linux') return '';
	try {
		return readFileSync(file, 'utf8');
	} catch {
		return '';
	}
};
