import type {ImageInspectInfo} from 'dockerode';
import {digest} from '../explain/digest.js';
import type {ImageState} from '../explain/record.js';
import {hasContainerdStore, reachDaemon} from './daemon.js';
import {mapLimited, withTimeout} from './endpoint.js';
import {orNull} from './errors.js';

/** Milliseconds that the engine may be silent. */
const silenceTimeoutMs = 10_000;

/** What an engine shows of itself. */
export type EngineLook = {
	/** The images that were asked for and are there, by name. */
	images: Map<string, ImageState>;
	/** Whether its BuildKit merges layers, which takes the containerd image store. */
	mergesLayers: boolean;
};

/** Looks at an engine, and at its images with these names. Null if no engine answers. */
export const lookAtImages = async (
	env: Record<string, string>,
	names: string[],
): Promise<EngineLook | null> => {
	try {
		const {docker, info} = await reachDaemon(env, silenceTimeoutMs);
		const found = await mapLimited(names, async name => ({
			name,
			image: await orNull(withTimeout(() => docker.getImage(name).inspect())),
		}));
		return {
			images: new Map(
				found.flatMap(({name, image}) => (image ? [[name, describeImage(image)] as const] : [])),
			),
			mergesLayers: hasContainerdStore(info),
		};
	} catch {
		return null;
	}
};

/** BuildKit counts the layers of an image, not its ID, and a stage takes over these settings. */
const describeImage = ({Id, RootFS, Config}: ImageInspectInfo): ImageState => {
	const {Env, User, WorkingDir, Shell, OnBuild}: Partial<ImageInspectInfo['Config']> & {Shell?: unknown} =
		Config ?? {};
	const settings = JSON.stringify([RootFS?.Layers, Env, User, WorkingDir, Shell, OnBuild]);
	return {id: Id, print: digest(settings)};
};
