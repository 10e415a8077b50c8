import type Docker from 'dockerode';
import type {ImageSnapshot} from '../session/ports.js';
import {listImages, namesOf} from './read-images.js';

/** What a build is compared with: all image IDs, intermediate ones too, and which name stands for which. */
export const readImageSnapshot = async (docker: Docker): Promise<ImageSnapshot> => {
	const images = await listImages(docker, {all: true});
	return {
		ids: images.map(({Id}) => Id),
		names: Object.fromEntries(images.flatMap(({Id, RepoTags}) => namesOf(RepoTags).map(name => [name, Id]))),
	};
};
