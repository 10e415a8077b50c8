import {messages} from '../messages/index.js';
import {describeDaemon, type ReachedDaemon, reachDaemon} from './daemon.js';
import {withTimeout} from './endpoint.js';
import {explainEngineError, readDaemonMessage} from './errors.js';
import {indexIdsByName, listImages} from './facts.js';

/** The objects on an engine that may conflict with the workshop. */
export type ExistingObjects = {
	/** ID by name. */
	images: Record<string, string>;
	/** Including stopped ones. `image`: the name it was started by. `hostPorts`: those published now. */
	containers: Array<{id: string; name: string; imageId: string; image: string; hostPorts: number[]}>;
};

/** An engine that has answered. */
export type EngineInspection = Awaited<ReturnType<typeof inspectEngine>>;

/** Inspects the daemon that the CLI uses. Rejects with a `UserError` if it can't be reached. */
export const inspectEngine = async (env: Record<string, string>) => {
	const reached = await reachDaemon(env, 10_000);
	const {docker, podman, inContainer} = reached;
	return {
		...describeDaemon(reached),
		podman,
		inContainer,
		/** The folder of its data; null if it isn't on a disk of this machine. */
		dataFolder: findDataFolder(reached),
		things: () => readExistingObjects(reached),
		/** Makes the engine ask the registry for an image. Resolves with null if it has it, else with the reason. */
		async askRegistry(image: string, timeoutMs: number): Promise<string | null> {
			try {
				await withTimeout(() => docker.getImage(image).distribution(), timeoutMs);
				return null;
			} catch (error) {
				return describeRegistryError(error, timeoutMs);
			}
		},
	};
};

/**
 * Null for Docker Desktop, whose engine runs in a virtual machine, and in a container: paths there only look like local
 * ones.
 */
const findDataFolder = ({info, connection, local, inContainer}: ReachedDaemon): string | null => {
	const isHere = local && !inContainer && connection.via === 'socket' && process.platform === 'linux';
	return isHere && info.OperatingSystem !== 'Docker Desktop' ? info.DockerRootDir : null;
};

const readExistingObjects = async ({docker, nameOf}: ReachedDaemon): Promise<ExistingObjects> => {
	const [images, containers] = await Promise.all([
		listImages(docker, {all: false}),
		withTimeout(() => docker.listContainers({all: true})),
	]);
	return {
		images: indexIdsByName(images, nameOf),
		containers: containers.map(({Id, Names, Image, ImageID, Ports}) => ({
			id: Id,
			name: (Names[0] ?? '').replace(/^\//, ''),
			imageId: ImageID,
			image: Image,
			hostPorts: [...new Set((Ports ?? []).flatMap(({PublicPort}) => (PublicPort ? [PublicPort] : [])))],
		})),
	};
};

const describeRegistryError = (error: unknown, timeoutMs: number): string =>
	readDaemonMessage(error) ??
	((error as {code?: string}).code === 'ETIMEDOUT'
		? messages.engine.noAnswerWithin(timeoutMs / 1000)
		: explainEngineError(error, '').reason);
