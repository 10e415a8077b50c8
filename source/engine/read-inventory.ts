import type {ContainerFact, ImageFact} from '../checks/model.js';
import {askEngine} from './ask-engine.js';
import {reachDaemon} from './reach-daemon.js';
import {readContainers} from './read-containers.js';
import {readImages} from './read-images.js';

/** All that clean-up has to know of an engine. */
export type Inventory = {
	/** Intermediate ones too. */
	images: ImageFact[];
	/** Stopped ones too; without logs and answers. */
	containers: ContainerFact[];
	/** Of the engine's build cache; null when it does not say so in time. */
	buildCacheBytes: number | null;
};

/** Rejects with a `UserError` when the engine can't be reached. */
export const readInventory = async (env: Record<string, string>): Promise<Inventory> => {
	const {docker} = await reachDaemon(env, 10_000);
	const [images, containers, buildCacheBytes] = await Promise.all([
		readImages(docker, {all: true, layersById: new Map()}),
		readContainers(docker, []),
		askEngine(() => docker.df()).then(sumBuildCache, () => null),
	]);
	return {images, containers, buildCacheBytes};
};

/** Records that share their content with another are counted once. */
const sumBuildCache = ({BuildCache}: {BuildCache: Array<{Size: number; Shared: boolean}> | null}): number =>
	(BuildCache ?? []).reduce((sum, {Size, Shared}) => sum + (Shared ? 0 : Size), 0);
