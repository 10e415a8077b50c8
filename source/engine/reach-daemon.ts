import type Docker from 'dockerode';
import {UserError} from '../text/user-error.js';
import {askEngine, busyPatience, pulsePatience} from './ask-engine.js';
import {connectEngine} from './connect-engine.js';
import {describeTrouble} from './describe-trouble.js';
import {isLoopback} from './own-address.js';
import {findPorts} from './own-container.js';
import {type DaemonVersion, refusePodman} from './refuse-podman.js';
import {type Endpoint, resolveEndpoint} from './resolve-endpoint.js';

/** A daemon that has answered. */
export type Reached = Endpoint & {
	docker: Docker;
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
		refusePodman(version, endpoint.endpoint);
		const {inContainer, address} = isLoopback(endpoint.address)
			? await findPorts(docker, endpoint, {isDesktop: info.OperatingSystem === 'Docker Desktop'})
			: {inContainer: false, address: endpoint.address};
		return {
			...endpoint,
			address,
			inContainer,
			docker,
			info,
			clockAhead: (Date.parse(info.SystemTime) || between) - between,
		};
	} catch (error) {
		if (error instanceof UserError) throw error;
		const {reason, next} = describeTrouble(error, endpoint.endpoint, {context: endpoint.context});
		throw new UserError(reason, {next, cause: error});
	}
};
