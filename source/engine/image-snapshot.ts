import type {ImageSnapshot} from '../session/ports.js';
import type {Reached} from './reach-daemon.js';
import {idsByName, listImages} from './read-images.js';

/** What a build is compared with: all image IDs, intermediate ones too, and which name stands for which. */
export const readImageSnapshot = async ({
	docker,
	nameOf,
}: Pick<Reached, 'docker' | 'nameOf'>): Promise<ImageSnapshot> => {
	const images = await listImages(docker, {all: true});
	return {
		ids: images.map(({Id}) => Id),
		names: idsByName(images, nameOf),
	};
};
