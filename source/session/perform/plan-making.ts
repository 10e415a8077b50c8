import path from 'node:path';
import type {Makes} from '../../docker/makes.js';
import {imageName} from '../../text/image-name.js';
import type {Making} from '../ports.js';

/**
 * Sums up what the docker commands of one line make. `folder`: where they run, absolute. `isBuildFollowed`: its one build
 * is read as it goes, so what that prints need not be read again. Base images of the workshop are never ours. Files that a learner's own line writes are the
 * learner's.
 */
export const planMaking = (
	makes: readonly Makes[],
	{
		folder,
		isTyped,
		isBuildFollowed,
		baseImages,
	}: {folder: string; isTyped: boolean; isBuildFollowed: boolean; baseImages: string[]},
): Making => {
	const bases = new Set(baseImages.map(imageName));
	const isRead = (one: Makes) => one.images === 'bake' || (one.images === 'build' && !isBuildFollowed);
	const pulls = isTyped ? [] : makes.filter(({images}) => images === 'pull');
	const loads = isTyped ? [] : makes.filter(({images}) => images === 'load');
	const named = makes.filter(({images}) => images === null || images === 'output' || images === 'build');
	return {
		names: named.filter(one => one.images !== 'build' || isRead(one)).flatMap(({names}) => names),
		images: [
			...(makes.some(isRead) ? ['built' as const] : []),
			...(makes.some(({images}) => images === 'output') ? ['printed' as const] : []),
			...(loads.length > 0 ? ['loaded' as const] : []),
		],
		pulled: pulls.flatMap(({names}) => names).filter(name => !bases.has(name)),
		containers: isTyped ? makes.flatMap(({container}) => container?.name ?? []) : [],
		printsContainer: makes.some(({container}) => container !== null),
		volumes: makes.flatMap(({volumes}) => volumes),
		printsVolume: makes.some(({printsVolume}) => printsVolume),
		networks: makes.flatMap(({networks}) => networks),
		files: isTyped ? [] : makes.flatMap(({files}) => files.map(file => path.resolve(folder, file))),
		isTyped,
	};
};

/** Which parts of the engine have to be looked at before and after. */
export const looksAt = (making: Making): {images: boolean; things: boolean; anything: boolean} => {
	const images = making.names.length + making.images.length + making.pulled.length > 0;
	const things =
		making.containers.length + making.volumes.length + making.networks.length > 0 ||
		(making.isTyped && making.printsContainer) ||
		making.printsVolume;
	return {images, things, anything: images || things || making.files.length > 0};
};
