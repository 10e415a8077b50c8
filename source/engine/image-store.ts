import {statfs} from 'node:fs/promises';
import type {Readable} from 'node:stream';
import type Docker from 'dockerode';
import type {ImageInspectInfo} from 'dockerode';
import {messages} from '../messages/index.js';
import {reachDaemon} from './daemon.js';
import {withTimeout} from './endpoint.js';
import {getStatusCode, orNull, toUserError} from './errors.js';
import {listImages} from './facts.js';

/** An image as the engine has it. */
export type StoredImage = {
	id: string;
	/** `linux/amd64`, `linux/arm/v7` */
	platform: string;
	/** Digests of its unpacked layers, lowest first. Unlike its ID, they are the same on every engine. */
	layers: string[];
};

/** The images of one engine, for moving them in and out. Everything rejects with a `UserError`. */
export type ImageStore = Awaited<ReturnType<typeof openImageStore>>;

type OnBytes = (done: number, total: number) => void;

/** Milliseconds that the engine may be silent, for example while it unpacks a layer. */
const silenceTimeoutMs = 120_000;

/** Connects to the engine that the CLI uses. */
export const openImageStore = async (env: Record<string, string>) => {
	const reached = await reachDaemon(env, silenceTimeoutMs);
	const {docker, endpoint, local} = reached;
	const guard = <Result>(work: () => Promise<Result>): Promise<Result> =>
		work().catch(error => {
			throw toUserError(error, endpoint);
		});
	const version = await guard(() => withTimeout(() => docker.version()));
	return {
		engineId: reached.id,
		endpoint,
		/** Whether the engine runs on this machine. */
		local,
		/** The platform of the images that it runs. */
		platform: `${version.Os}/${version.Arch}`,
		/** The size of every image on the engine in bytes, by ID. */
		sizes: () =>
			guard(async () => {
				const images = await listImages(docker, {all: true});
				return new Map(images.map(({Id, Size}) => [Id, Size]));
			}),
		/** Null if there is no image with this name or ID. */
		inspect: (name: string) => guard(() => inspect(docker, name)),
		/** Pulls an image, which then has the name. `onBytes`: bytes downloaded so far, and in total. */
		pull: (name: string, platform: string, onBytes: OnBytes, signal: AbortSignal) =>
			guard(async () => {
				const stream = await docker.pull(name, {platform, abortSignal: signal});
				await followProgress(stream, onBytes);
			}),
		/** The archive that `docker save` writes; for one platform if the engine supports that. */
		save: (name: string, platform: string) =>
			guard(() => save(docker, name, savesByPlatform(version) ? platform : null)),
		/** Loads an archive as `docker load` does. Resolves once all of it is on the engine. */
		load: (archive: Readable, signal: AbortSignal) => guard(() => load(docker, archive, signal)),
		/** `name`: with a tag. */
		tag: (id: string, name: string) =>
			guard(async () => {
				const colon = name.lastIndexOf(':');
				await docker.getImage(id).tag({repo: name.slice(0, colon), tag: name.slice(colon + 1)});
			}),
		/** Removes a name, or an image without one. Keeps an image in use. */
		remove: (nameOrId: string) => guard(() => remove(docker, nameOrId)),
		/** Free bytes where the engine keeps its images; null if unknown, as with Docker Desktop. */
		freeBytes: async (): Promise<number | null> => {
			const disk = local ? await statfs(reached.info.DockerRootDir).catch(() => null) : null;
			return disk && disk.bavail * disk.bsize;
		},
	};
};

const inspect = async (docker: Docker, name: string): Promise<StoredImage | null> => {
	const image: (ImageInspectInfo & {Variant?: string | undefined}) | null = await orNull(
		withTimeout(() => docker.getImage(name).inspect(), 10_000),
	);
	return (
		image && {
			id: image.Id,
			platform: [image.Os, image.Architecture, image.Variant].filter(Boolean).join('/'),
			layers: image.RootFS?.Layers ?? [],
		}
	);
};

/**
 * Since API 1.48 (engine 28). Without it, the containerd store saves what it has, and fails if it lacks its own
 * platform.
 */
const savesByPlatform = ({ApiVersion}: {ApiVersion: string}): boolean => {
	const [major = 0, minor = 0] = ApiVersion.split('.').map(Number);
	return major > 1 || minor >= 48;
};

const save = async (docker: Docker, name: string, platform: string | null): Promise<Readable> => {
	const [os, architecture, variant] = platform?.split('/') ?? [];
	const query = platform === null ? {} : {platform: JSON.stringify({os, architecture, variant})};
	return new Promise((resolve, reject) => {
		// The client's own `get` takes no options.
		docker.modem.dial(
			{
				path: `/images/${name}/get?`,
				method: 'GET',
				options: query,
				isStream: true,
				statusCodes: {200: true, 404: 'no such image', 500: 'server error'},
			},
			(error: unknown, stream: unknown) => (error ? reject(error) : resolve(stream as Readable)),
		);
	});
};

const load = async (docker: Docker, archive: Readable, signal: AbortSignal): Promise<void> => {
	// The engine may refuse an archive before all of it is sent, or die without an answer.
	const broken = new Promise<never>((_, reject) => archive.once('error', reject));
	broken.catch(() => {});
	const loading = async () => {
		// Its types lack the signal.
		const options: object = {quiet: true, abortSignal: signal};
		await followProgress(await docker.loadImage(archive, options), () => {});
	};
	try {
		await Promise.race([loading(), broken]);
	} finally {
		archive.destroy();
	}
};

const remove = async (docker: Docker, nameOrId: string): Promise<void> => {
	try {
		await docker.getImage(nameOrId).remove();
	} catch (error) {
		// 404: already removed; 409: in use.
		if (![404, 409].includes(getStatusCode(error) ?? 0)) throw error;
	}
};

/** One line of the engine's progress, an object, while it pulls or loads. */
type ProgressLine = {
	id?: string;
	status?: string;
	progressDetail?: {current?: number; total?: number};
	/** Older engines set both; newer ones set only `errorDetail`. */
	error?: string;
	errorDetail?: {message?: string};
};

/**
 * Reads the engine's progress to the end of a pull or load. Rejects with the engine's message on an error line, because
 * the HTTP status is 200 by then. `onBytes`: bytes downloaded so far, and the total as known so far.
 */
export const followProgress = async (stream: NodeJS.ReadableStream, onBytes: OnBytes): Promise<void> => {
	const layers = new Map<string, {done: number; total: number}>();
	let rest = '';
	for await (const chunk of stream.setEncoding('utf8')) {
		const lines = (rest + chunk).split('\n');
		rest = lines.pop() ?? '';
		for (const line of lines) {
			readProgressLine(line, layers);
			onBytes(sumBytes(layers, 'done'), sumBytes(layers, 'total'));
		}
	}
	readProgressLine(rest, layers);
};

const readProgressLine = (line: string, layers: Map<string, {done: number; total: number}>): void => {
	if (line.trim() === '') return;
	const {id, status, progressDetail, error, errorDetail} = JSON.parse(line) as ProgressLine;
	if (error !== undefined || errorDetail !== undefined)
		throw new Error(errorDetail?.message ?? error ?? messages.engine.noReason);
	const {current, total} = progressDetail ?? {};
	if (id === undefined) return;
	if (status === 'Downloading' && current !== undefined && total !== undefined) {
		layers.set(id, {done: current, total});
	} else if (status === 'Download complete') {
		const layer = layers.get(id);
		if (layer) layer.done = layer.total;
	}
};

const sumBytes = (layers: Map<string, {done: number; total: number}>, what: 'done' | 'total'): number =>
	[...layers.values()].reduce((total, layer) => total + layer[what], 0);
