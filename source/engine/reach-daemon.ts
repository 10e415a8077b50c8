import type Docker from 'dockerode';
import {podmanImageName} from '../text/image-name.js';
import {UserError} from '../text/user-error.js';
import {askEngine, busyPatience, pulsePatience} from './ask-engine.js';
import {connectEngine} from './connect-engine.js';
import {describeTrouble} from './describe-trouble.js';
import {isLoopback} from './own-address.js';
import {findPorts} from './own-container.js';
import {askShim, type DaemonVersion, openSocket, podmanKey, readPodman} from './podman.js';
import {type Endpoint, resolveEndpoint} from './resolve-endpoint.js';

/** A daemon that has answered. */
export type Reached = Endpoint & {
	docker: Docker;
	/** What ledgers are keyed by. */
	id: string;
	/** The version of Podman, where that has answered. */
	podman: string | null;
	/** An image's name as the engine writes it, in Docker's short form. */
	nameOf(written: string): string;
	info: DaemonInfo;
	/** This program runs in a container: published ports are on its host, at `address`. */
	inContainer: boolean;
	/** Milliseconds that its clock is ahead of ours: that of a virtual machine drifts. */
	clockAhead: number;
};

/** The parts of `docker info` that we use. */
export type DaemonInfo = {
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

/** What a daemon runs images of: `linux/amd64`. */
export const platformOf = ({OSType, Architecture}: Pick<DaemonInfo, 'OSType' | 'Architecture'>): string =>
	`${OSType}/${architectures[Architecture] ?? Architecture}`;

/**
 * Finds the daemon that the CLI talks to and asks it who it is. Rejects with a `UserError` when that fails.
 * `silenceMs` as for `connectEngine`.
 */
export const reachDaemon = async (env: Record<string, string>, silenceMs: number): Promise<Reached> => {
	const endpoint = await resolveEndpoint(env);
	try {
		const docker = await connectEngine(endpoint, {...env, ...endpoint.environment}, silenceMs);
		await askEngine(() => docker.ping(), pulsePatience(endpoint.connection));
		const before = Date.now();
		const [info, version]: [DaemonInfo, DaemonVersion] = await Promise.all([
			// Podman runs its helpers to answer these, for seconds on a busy machine.
			askEngine(() => docker.info(), busyPatience),
			askEngine(() => docker.version(), busyPatience),
		]);
		const between = (before + Date.now()) / 2;
		if (!info?.ID) throw new Error('it does not answer like a Docker engine');
		const podman = readPodman(version);
		if (podman !== null && env.DOCKER_HOST) await demandSameStorage(env, endpoint, info);
		const {inContainer, address} = isLoopback(endpoint.address)
			? await findPorts(docker, endpoint, {isDesktop: info.OperatingSystem === 'Docker Desktop'})
			: {inContainer: false, address: endpoint.address};
		return {
			...endpoint,
			address,
			inContainer,
			docker,
			id: podman === null ? info.ID : podmanKey(info),
			podman,
			nameOf: podman === null ? name => name : podmanImageName,
			info,
			clockAhead: (Date.parse(info.SystemTime) || between) - between,
		};
	} catch (error) {
		if (error instanceof UserError) throw error;
		const {finding, reason, next} = describeTrouble(error, endpoint.endpoint, {context: endpoint.context});
		if (finding === 'no-daemon' && endpoint.byShim) throw closedSocket(endpoint, error);
		throw new UserError(reason, {next, cause: error});
	}
};

/** Podman's own `docker` passes over `DOCKER_HOST`: what it makes must be on the engine that is looked at. */
const demandSameStorage = async (
	env: Record<string, string>,
	{endpoint}: Endpoint,
	{DockerRootDir}: DaemonInfo,
): Promise<void> => {
	// That there is no docker command is for others to say.
	const shim = await askShim(env).catch(() => null);
	if (shim === null || shim.root === DockerRootDir) return;
	throw new UserError(
		`The docker command of this machine is Podman, which passes over \`DOCKER_HOST\`: it keeps its images in ${shim.root}, and the Podman at ${endpoint} keeps its own in ${DockerRootDir}.`,
		{next: 'unset `DOCKER_HOST`, or install Docker’s own `docker` command'},
	);
};

const closedSocket = ({endpoint}: Endpoint, cause: unknown): UserError =>
	new UserError(
		`The docker command of this machine is Podman, and nothing listens at ${endpoint}, where the workshop asks it what is there.`,
		{next: openSocket(endpoint), cause},
	);
