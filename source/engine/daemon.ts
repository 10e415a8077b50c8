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
	/** The folder of its images, on its own machine. */
	DockerRootDir: string;
	OperatingSystem: string;
	OSType: string;
	/** In the kernel's spelling: `x86_64`. */
	Architecture: string;
};

/** Whether the engine keeps its images in containerd. */
export const hasContainerdStore = ({DriverStatus}: DaemonInfo): boolean =>
	(DriverStatus ?? []).some(([, value]) => value === 'io.containerd.snapshotter.v1');

/** The platforms' names for the kernel's architectures. */
const architectures: Record<string, string> = {x86_64: 'amd64', aarch64: 'arm64', armv7l: 'arm/v7'};

/** The identity of a daemon that has answered. */
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
	/** The platform of its images: `linux/amd64`. */
	platform: `${info.OSType}/${architectures[info.Architecture] ?? info.Architecture}`,
});

/**
 * Connects to the daemon that the CLI uses, and reads its identity. Rejects with a `UserError` on failure. `silenceMs`:
 * see `createDockerClient`.
 */
export const reachDaemon = async (env: Record<string, string>, silenceMs: number) => {
	const endpoint = await resolveEndpoint(env);
	try {
		const docker = await createDockerClient(endpoint, {...env, ...endpoint.environment}, silenceMs);
		await withTimeout(() => docker.ping(), getPingTimeoutMs(endpoint.connection));
		const before = Date.now();
		const [info, version]: [DaemonInfo, DaemonVersion] = await Promise.all([
			// Podman starts helpers to answer these, which takes seconds on a busy machine.
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
			/** Whether this program runs in a container, with published ports on its host, at `address`. */
			inContainer,
			docker,
			/** The key of its ledgers. */
			id: podman === null ? info.ID : createPodmanId(info),
			/** The version of Podman if it is one; else null. */
			podman,
			/** Converts an image name from the engine's spelling to Docker's short form. */
			nameOf: podman === null ? (name: string) => name : normalizePodmanImageName,
			info,
			/** Milliseconds that its clock is ahead of ours: clocks of virtual machines drift. */
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

/** Rejects if Podman's `docker`, which ignores `DOCKER_HOST`, uses another storage than the engine there. */
const requireSameStorage = async (
	env: Record<string, string>,
	{endpoint}: Endpoint,
	{DockerRootDir}: DaemonInfo,
): Promise<void> => {
	// A missing docker command is reported elsewhere.
	const shim = await inspectShim(env).catch(() => null);
	if (shim === null || shim.root === DockerRootDir) return;
	throw new UserError(messages.engine.podman.otherStorage({endpoint, shim: shim.root, asked: DockerRootDir}));
};

/** Signs that this process runs in a container; texts are empty if they can't be read. */
export type ContainerTraces = ReturnType<typeof readTraces>;

/**
 * Determines whether this program runs in a container with its own network, where the engine's published ports are not
 * on 127.0.0.1. The engine decides, because it knows its containers. For a container of another engine, there are only
 * signs; then the address stays, and is not relied on. Rejects if the engine doesn't answer.
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
 * Possible IDs of this program's own container. Engines mount these three files from folders named after the container;
 * with cgroups v2, its ID is nowhere else. A host's mounts contain IDs too, but as the targets for containers, not as
 * sources of these files.
 */
export const findOwnIds = ({mounts, cgroups, hostname: name}: ContainerTraces): string[] => {
	const roots = mounts.split('\n').flatMap(line => {
		const [, , , root = '', place = ''] = line.split(' ');
		return ['/etc/hostname', '/etc/hosts', '/etc/resolv.conf'].includes(place) ? [root] : [];
	});
	const found = [...roots, cgroups].flatMap(text => text.match(/\b[0-9a-f]{64}\b/g) ?? []);
	return [...new Set([...found, ...(/^[0-9a-f]{12}$/.test(name) ? [name] : [])])];
};

/**
 * The network mode (`host`, `bridge`, …) of a container, or of the one whose network it shares; null if it doesn't
 * exist.
 */
const readNetworkMode = async (docker: Docker, id: string): Promise<string | null> => {
	const container = await orNull(withTimeout(() => docker.getContainer(id).inspect()));
	// The engine also finds containers by their names.
	if (!container?.Id.startsWith(id)) return null;
	const mode = container.HostConfig.NetworkMode ?? 'default';
	const [, owner] = /^container:(.+)$/.exec(mode) ?? [];
	return owner === undefined ? mode : ((await readNetworkMode(docker, owner)) ?? mode);
};

/** The names that engines give the host in containers. */
const hostNames = ['host.docker.internal', 'host.containers.internal'];

/** The host's address as seen by its containers. Docker Desktop resolves the name without a line in `/etc/hosts`. */
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

/** Whether a socket was opened in this program's network namespace; its path may contain a link. */
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
	/** The sockets of this process's network namespace. */
	sockets: readFileOrEmpty('/proc/net/unix'),
	hostname: hostname(),
	/** Whether there is a file that engines create in containers; hosts may have one. */
	hasMark: ['/.dockerenv', '/run/.containerenv'].some(file => existsSync(file)),
});

/** Empty except on Linux: elsewhere, this program never runs in a container. */
const readFileOrEmpty = (file: string): string => {
	if (process.platform !== 'linux') return '';
	try {
		return readFileSync(file, 'utf8');
	} catch {
		return '';
	}
};

/**
 * Creates a client for the daemon at an endpoint, without connecting. Connections that are silent for `silenceMs` are
 * closed; null: never.
 */
export const createDockerClient = async (
	{connection}: Pick<Endpoint, 'connection'>,
	env: Record<string, string>,
	silenceMs: number | null,
): Promise<Docker> => {
	// Loaded on demand, because it is large: `--help` and `list` should not wait.
	const {default: Client} = await import('dockerode');
	return new Client({...toOptions(connection, env), timeout: silenceMs ?? 0});
};

const toOptions = (connection: Endpoint['connection'], env: Record<string, string>) => {
	// Set one by one, because dockerode reads missing options from this process's environment.
	const plain = {protocol: 'http', ca: undefined, cert: undefined, key: undefined} as const;
	// After a restart of the daemon, a kept connection would fail the next request.
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
 * Keeps the details of an agent out of dockerode's debug log. dockerode formats each request for it, even if nobody
 * reads it; with all open connections of the agent, that took ten times as long as the request.
 */
const hideFromDebugLog = (agent: Agent): Agent =>
	Object.defineProperty(agent, inspect.custom, {value: () => 'agent'});

const formatUrlHost = (host: string): string => (host.includes(':') ? `[${host}]` : host);

/**
 * Creates an agent that sends HTTP requests through `docker system dial-stdio`, which the CLI connects to its own
 * daemon. Connections are kept for the next request, because over ssh each is slow to establish. Throws `ENOENT` if
 * there is no docker command.
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
		// Errors reach the request through the stream.
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
	// The methods that an agent calls on a socket when it stores or reuses it.
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
