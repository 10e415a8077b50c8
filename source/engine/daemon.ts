import {existsSync, readFileSync} from 'node:fs';
import {Agent} from 'node:http';
import {hostname} from 'node:os';
import process from 'node:process';
import type {Duplex} from 'node:stream';
import {inspect} from 'node:util';
import type Docker from 'dockerode';
import {execa} from 'execa';
import {normalizePodmanImageName} from '../docker/image-ref.js';
import {messages} from '../messages/index.js';
import {locateProgram} from '../system/processes.js';
import {UserError} from '../text/user-error.js';
import {
	busyTimeoutMs,
	createPodmanId,
	type DaemonVersion,
	type Endpoint,
	findPodmanVersion,
	getPingTimeoutMs,
	inspectShim,
	isLoopback,
	resolveEndpoint,
	withTimeout,
} from './endpoint.js';
import {explainEngineError, orNull} from './errors.js';

/** A daemon that has answered. */
export type ReachedDaemon = Awaited<ReturnType<typeof reachDaemon>>;

/** The parts of `docker info` that we use. */
type DaemonInfo = {
	ID: string;
	Name: string;
	ServerVersion: string;
	DriverStatus: string[][] | null;
	SystemTime: string;
	/** Where it keeps its images, on its own machine. */
	DockerRootDir: string;
	OperatingSystem: string;
	OSType: string;
	/** As its kernel names it: `x86_64`. */
	Architecture: string;
};

/** The names that platforms have for what the kernel calls so. */
const architectures: Record<string, string> = {x86_64: 'amd64', aarch64: 'arm64', armv7l: 'arm/v7'};

/** What a daemon is known by, once it has answered. */
export const describeDaemon = ({
	id,
	info,
	context,
	environment,
	endpoint,
	local,
	address,
}: ReachedDaemon) => ({
	id,
	version: info.ServerVersion.replace(/\+.*$/, ''),
	context,
	environment,
	endpoint,
	local,
	address,
	/** What it runs images of: `linux/amd64`. */
	platform: `${info.OSType}/${architectures[info.Architecture] ?? info.Architecture}`,
});

/**
 * Finds the daemon that the CLI talks to and asks it who it is. Rejects with a `UserError` when that fails.
 * `silenceMs` as for `createDockerClient`.
 */
export const reachDaemon = async (env: Record<string, string>, silenceMs: number) => {
	const endpoint = await resolveEndpoint(env);
	try {
		const docker = await createDockerClient(endpoint, {...env, ...endpoint.environment}, silenceMs);
		await withTimeout(() => docker.ping(), getPingTimeoutMs(endpoint.connection));
		const before = Date.now();
		const [info, version]: [DaemonInfo, DaemonVersion] = await Promise.all([
			// Podman runs its helpers to answer these, for seconds on a busy machine.
			withTimeout(() => docker.info(), busyTimeoutMs),
			withTimeout(() => docker.version(), busyTimeoutMs),
		]);
		const between = (before + Date.now()) / 2;
		if (!info?.ID) throw new Error(messages.engine.notDocker);
		const podman = findPodmanVersion(version);
		if (podman !== null && env.DOCKER_HOST) await requireSameStorage(env, endpoint, info);
		const {inContainer, address} = isLoopback(endpoint.address)
			? await locatePublishedPorts(docker, endpoint, {isDesktop: info.OperatingSystem === 'Docker Desktop'})
			: {inContainer: false, address: endpoint.address};
		return {
			...endpoint,
			address,
			/** This program runs in a container: published ports are on its host, at `address`. */
			inContainer,
			docker,
			/** What ledgers are keyed by. */
			id: podman === null ? info.ID : createPodmanId(info),
			/** The version of Podman, where that has answered. */
			podman,
			/** An image's name as the engine writes it, in Docker's short form. */
			nameOf: podman === null ? (name: string) => name : normalizePodmanImageName,
			info,
			/** Milliseconds that its clock is ahead of ours: that of a virtual machine drifts. */
			clockAhead: (Date.parse(info.SystemTime) || between) - between,
		};
	} catch (error) {
		if (error instanceof UserError) throw error;
		const problem = explainEngineError(error, endpoint.endpoint, {context: endpoint.context});
		if (problem.finding !== 'no-daemon' || !endpoint.byShim) throw new UserError(problem, {cause: error});
		const isSystem = endpoint.endpoint.startsWith('unix:///run/podman/');
		throw new UserError(messages.engine.podman.closedSocket(endpoint.endpoint, isSystem), {cause: error});
	}
};

/** Podman's own `docker` passes over `DOCKER_HOST`: what it makes must be on the engine that is looked at. */
const requireSameStorage = async (
	env: Record<string, string>,
	{endpoint}: Endpoint,
	{DockerRootDir}: DaemonInfo,
): Promise<void> => {
	// That there is no docker command is for others to say.
	const shim = await inspectShim(env).catch(() => null);
	if (shim === null || shim.root === DockerRootDir) return;
	throw new UserError(messages.engine.podman.otherStorage({endpoint, shim: shim.root, asked: DockerRootDir}));
};

/** What the kernel says of this process, as text; empty where it says nothing. */
export type ContainerTraces = ReturnType<typeof readTraces>;

/**
 * Finds out whether this program runs in a container with a network of its own, where 127.0.0.1 is not the address on
 * which the engine publishes ports. The engine's word counts: it knows the container. Of one that another engine runs
 * there are only signs; then the address stays, and nobody relies on it. Rejects when the engine does not answer.
 */
export const locatePublishedPorts = async (
	docker: Docker,
	{address, connection}: Pick<Endpoint, 'address' | 'connection'>,
	{isDesktop, traces = readTraces()}: {isDesktop: boolean; traces?: ContainerTraces},
): Promise<{inContainer: boolean; address: string}> => {
	for (const id of findOwnIds(traces)) {
		const networkMode = await readNetworkMode(docker, id);
		if (networkMode === null) continue;
		return networkMode === 'host'
			? {inContainer: false, address}
			: {inContainer: true, address: findHostAddress(traces, isDesktop)};
	}
	const isApart =
		traces.hasMark && connection.via === 'socket' && !isOpenedHere(connection.socketPath, traces);
	return {inContainer: isApart, address};
};

/**
 * IDs that this program's own container may have. Engines mount files of theirs over these three, from folders named
 * after the container; with control groups of version 2 its ID stands nowhere else. On a host, too, IDs stand among the
 * mounts: but those are where containers are mounted, not what is mounted here.
 */
export const findOwnIds = ({mounts, cgroups, hostname: name}: ContainerTraces): string[] => {
	const roots = mounts.split('\n').flatMap(line => {
		const [, , , root = '', place = ''] = line.split(' ');
		return ['/etc/hostname', '/etc/hosts', '/etc/resolv.conf'].includes(place) ? [root] : [];
	});
	const found = [...roots, cgroups].flatMap(text => text.match(/\b[0-9a-f]{64}\b/g) ?? []);
	return [...new Set([...found, ...(/^[0-9a-f]{12}$/.test(name) ? [name] : [])])];
};

/** `host`, `bridge`, …: of the container whose network this one shares, if it does; null when there is none. */
const readNetworkMode = async (docker: Docker, id: string): Promise<string | null> => {
	const container = await orNull(withTimeout(() => docker.getContainer(id).inspect()));
	// The engine also finds containers by their names.
	if (!container?.Id.startsWith(id)) return null;
	const mode = container.HostConfig.NetworkMode ?? 'default';
	const [, owner] = /^container:(.+)$/.exec(mode) ?? [];
	return owner === undefined ? mode : ((await readNetworkMode(docker, owner)) ?? mode);
};

/** Names by which engines make the host known to its containers. */
const hostNames = ['host.docker.internal', 'host.containers.internal'];

/** The host's address as its containers reach it. Docker Desktop answers for the name without a line in `/etc/hosts`. */
export const findHostAddress = ({hosts, routes}: ContainerTraces, isDesktop: boolean): string => {
	const words = hosts.split(/\s+/);
	const named = hostNames.find(name => words.includes(name));
	return (isDesktop ? hostNames[0] : named) ?? findGateway(routes) ?? 'host.docker.internal';
};

/** The gateway of the default route: `eth0 00000000 010011AC …`, lowest byte first. */
const findGateway = (routes: string): string | null => {
	const line = routes.split('\n').find(one => /^\S+\s+0{8}\s+(?!0{8})/.test(one));
	const hex = line?.trim().split(/\s+/)[2];
	return hex ? [...Buffer.from(hex, 'hex').reverse()].join('.') : null;
};

/** Whether a socket was opened in this program's network; its name may lead through a link. */
const isOpenedHere = (socketPath: string, {sockets}: ContainerTraces): boolean => {
	const name = socketPath.replace(/^\/var\/run\//, '/run/');
	return sockets
		.split('\n')
		.some(line => line.replace(/^.* (?=\/)/, '').replace(/^\/var\/run\//, '/run/') === name);
};

const readTraces = () => ({
	mounts: readFileOrEmpty('/proc/self/mountinfo'),
	cgroups: readFileOrEmpty('/proc/self/cgroup'),
	hosts: readFileOrEmpty('/etc/hosts'),
	routes: readFileOrEmpty('/proc/net/route'),
	/** The sockets of this process's network. */
	sockets: readFileOrEmpty('/proc/net/unix'),
	hostname: hostname(),
	/** A file that container engines put into their containers; others keep it, too. */
	hasMark: ['/.dockerenv', '/run/.containerenv'].some(file => existsSync(file)),
});

/** Only Linux has any of it, and containers in which this program runs. */
const readFileOrEmpty = (file: string): string => {
	if (process.platform !== 'linux') return '';
	try {
		return readFileSync(file, 'utf8');
	} catch {
		return '';
	}
};

/**
 * A client for the daemon at an endpoint; nothing is sent yet. Connections that are silent for `silenceMs` are
 * closed; null: never.
 */
export const createDockerClient = async (
	{connection}: Pick<Endpoint, 'connection'>,
	env: Record<string, string>,
	silenceMs: number | null,
): Promise<Docker> => {
	// It is heavy: whoever asks for help or a list should not wait for it.
	const {default: Client} = await import('dockerode');
	return new Client({...toOptions(connection, env), timeout: silenceMs ?? 0});
};

const toOptions = (connection: Endpoint['connection'], env: Record<string, string>) => {
	// Named one by one, because it would fill in what is missing from the environment of this process.
	const plain = {protocol: 'http', ca: undefined, cert: undefined, key: undefined} as const;
	// A connection kept from before the daemon was started again would fail the next request.
	const agent = hideFromDebugLog(new Agent({keepAlive: false}));
	switch (connection.via) {
		case 'socket':
			return {...plain, host: undefined, socketPath: connection.socketPath, agent};
		case 'tcp':
			return {...plain, host: `http://${formatUrlHost(connection.host)}`, port: connection.port, agent};
		case 'dial-stdio':
			return {
				...plain,
				host: 'http://docker',
				port: undefined,
				agent: hideFromDebugLog(createDialAgent(env)),
			};
	}
};

/**
 * For a debug log that nobody reads, dockerode spells out each request, and with its agent all connections that are
 * open: that took ten times as long as the request itself. So the agent says little of itself.
 */
const hideFromDebugLog = (agent: Agent): Agent =>
	Object.defineProperty(agent, inspect.custom, {value: () => 'agent'});

const formatUrlHost = (host: string): string => (host.includes(':') ? `[${host}]` : host);

/**
 * Lets HTTP requests travel through `docker system dial-stdio`, which the CLI connects to its own daemon, whatever
 * lies between. Connections are kept for the next request: over ssh each one is slow to make. Throws `ENOENT` when there
 * is no docker command.
 */
const createDialAgent = (env: Record<string, string>): Agent => {
	const agent = new Agent({keepAlive: true, maxSockets: 4});
	const docker = locateProgram('docker', env);
	agent.createConnection = () => dial(docker, env);
	return agent;
};

const dial = (docker: string, env: Record<string, string>): Duplex => {
	const child = execa(docker, ['system', 'dial-stdio'], {
		env,
		extendEnv: false,
		stdin: 'pipe',
		buffer: {stdout: false, stderr: true},
		// What goes wrong reaches the request as an error of the stream.
		reject: false,
	});
	const stream = child.duplex();
	const stop = (): void => {
		child.kill();
	};
	stream.once('close', stop);
	const pipes = [child.stdin, child.stdout, child.stderr] as unknown[] as Array<Partial<NodeJS.RefCounted>>;
	let timer: NodeJS.Timeout | undefined;
	stream.once('close', () => clearTimeout(timer));
	// What an agent calls on a real socket when it puts it aside and takes it up again.
	return Object.assign(stream, {
		setKeepAlive: () => stream,
		setNoDelay: () => stream,
		setTimeout: (milliseconds: number) => {
			clearTimeout(timer);
			if (milliseconds > 0) timer = setTimeout(() => stream.emit('timeout'), milliseconds).unref();
			return stream;
		},
		ref: () => {
			child.ref();
			for (const pipe of pipes) pipe.ref?.();
			return stream;
		},
		unref: () => {
			child.unref();
			for (const pipe of pipes) pipe.unref?.();
			return stream;
		},
	});
};
