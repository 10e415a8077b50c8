import {createHash} from 'node:crypto';
import {execa} from 'execa';
import * as v from 'valibot';
import {locateProgram} from '../system/locate-program.js';
import {UserError} from '../text/user-error.js';
import {busyPatience} from './ask-engine.js';

/** The parts of `docker version` that tell who answers, and in which version. */
export type DaemonVersion = {Version: string; Components?: Array<{Name: string}> | null};

/** The version of Podman, which answers the same questions as Docker does; null where Docker answers. */
export const readPodman = ({Version, Components}: DaemonVersion): string | null =>
	(Components ?? []).some(({Name}) => Name === 'Podman Engine') ? Version : null;

/** The version of Podman, where `docker` is a script that calls it; null for Docker's own. `told`: by `docker --version`. */
export const readShim = (told: string): string | null => /^podman version (\S+)/m.exec(told)?.[1] ?? null;

/**
 * What ledgers of a Podman are keyed by, since the ID that it tells is new with every answer: its machine, and the
 * folder of its storage, of which each user has one.
 */
export const podmanKey = ({Name, DockerRootDir}: {Name: string; DockerRootDir: string}): string =>
	`podman-${createHash('sha256').update(`${Name}\n${DockerRootDir}`).digest('hex').slice(0, 32)}`;

/** What can't be done with Podman at all. `who`: a subject that it is. */
export const podmanTrouble = (who: string, version: string): UserError =>
	new UserError(
		`${who} is Podman ${version}, and this takes Docker: Podman has neither of the builders that the steps are about.`,
		{next: 'start Docker, then run the same command again'},
	);

/** Throws a `UserError` where the `docker` command is Podman's and the engine that was asked for is Docker's. */
export const demandSameMake = (
	cli: {podman?: string},
	{podman, endpoint}: {podman: string | null; endpoint: string},
): void => {
	if (cli.podman === undefined || podman !== null) return;
	throw new UserError(
		`The docker command of this machine is Podman ${cli.podman}, which passes over \`DOCKER_HOST\` and so does not use the Docker engine at ${endpoint}.`,
		{next: 'install Docker’s own `docker` command, or unset `DOCKER_HOST`'},
	);
};

const factsSchema = v.object({
	isRemote: v.boolean(),
	socket: v.string(),
	/** The folder of its storage. */
	root: v.string(),
});

/** Where the Podman behind a `docker` script keeps its things and listens; it has no contexts, and no `DOCKER_HOST`. */
export type ShimFacts = v.InferOutput<typeof factsSchema>;

/** Asks the `docker` script of Podman. Null where `docker` is Docker's own. Rejects when it does not answer. */
export const askShim = async (env: Record<string, string>): Promise<ShimFacts | null> => {
	const ask = async (...argv: string[]): Promise<string> => {
		const options = {env, extendEnv: false, stdin: 'ignore', timeout: busyPatience} as const;
		return (await execa(locateProgram('docker', env), argv, options)).stdout;
	};
	if (readShim(await ask('--version')) === null) return null;
	const format =
		'{"isRemote":{{json .Host.ServiceIsRemote}},"socket":{{json .Host.RemoteSocket.Path}},"root":{{json .Store.GraphRoot}}}';
	return v.parse(factsSchema, JSON.parse(await ask('info', '--format', format)));
};

/** How the socket of a Podman is opened, which on most systems is closed at first. */
export const openSocket = (endpoint: string): string =>
	/^unix:\/\/\/run\/podman\//.test(endpoint)
		? 'open its socket with `sudo systemctl start podman.socket`'
		: 'open its socket with `systemctl --user start podman.socket`';
