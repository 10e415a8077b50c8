import type Docker from 'dockerode';
import type {ImageInfo} from 'dockerode';
import type {ImageFact} from '../checks/model.js';
import {askEngine, busyPatience} from './ask-engine.js';
import {mapLimited} from './map-limited.js';
import type {Reached} from './reach-daemon.js';

/** All images, or without the intermediate ones of the legacy builder. Rejects when the daemon does not answer. */
export const listImages = async (docker: Docker, {all}: {all: boolean}): Promise<ImageInfo[]> => {
	const images = await askEngine(() => docker.listImages({all}), busyPatience);
	if (!Array.isArray(images)) throw new Error('it does not answer like a Docker engine');
	return images;
};

/**
 * All images with their layers. `layersById` keeps them from call to call: an ID never changes its layers, and asking
 * for them takes 3 ms an image, 40 ms on the containerd store.
 */
export const readImages = async (
	{docker, nameOf}: Pick<Reached, 'docker' | 'nameOf'>,
	{all, layersById}: {all: boolean; layersById: Map<string, string[]>},
): Promise<ImageFact[]> => {
	const images = await listImages(docker, {all});
	await mapLimited(
		images.filter(({Id}) => !layersById.has(Id)),
		async ({Id}) => {
			const layers = await readLayers(docker, Id);
			if (layers) layersById.set(Id, layers);
		},
	);
	return images.map(({Id, RepoTags, Size}) => ({
		fact: 'image',
		id: Id,
		tags: [...new Set(namesOf(RepoTags).map(nameOf))],
		layers: layersById.get(Id) ?? [],
		bytes: Size,
	}));
};

/**
 * The IDs of images by their names in Docker's short form. Of two that Podman has by one short name, the docker command
 * takes the one that it writes with `localhost/`.
 */
export const idsByName = (images: ImageInfo[], nameOf: Reached['nameOf']): Record<string, string> => {
	const named = images.flatMap(({Id, RepoTags}) => namesOf(RepoTags).map(written => ({written, Id})));
	const isLocal = ({written}: {written: string}) => written.startsWith('localhost/');
	const inOrder = [...named.filter(one => !isLocal(one)), ...named.filter(isLocal)];
	return Object.fromEntries(inOrder.map(({written, Id}) => [nameOf(written), Id]));
};

/** The names of an image as the engine writes them; engines write `<none>:<none>` or nothing when it has none. */
export const namesOf = (tags: string[] | null | undefined): string[] =>
	(tags ?? []).filter(tag => !tag.includes('<none>'));

/** Null when the image has gone in the meantime. */
const readLayers = async (docker: Docker, id: string): Promise<string[] | null> => {
	try {
		const {RootFS} = await askEngine(() => docker.getImage(id).inspect(), busyPatience);
		return RootFS?.Layers ?? [];
	} catch (error) {
		if ((error as {statusCode?: number}).statusCode === 404) return null;
		throw error;
	}
};
