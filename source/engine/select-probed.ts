import type {ContainerFact, ImageFact} from '../checks/model.js';
import {beginsWith} from '../ownership/is-ours.js';
import {imageName} from '../text/image-name.js';

/**
 * The containers whose logs are read and whose ports are asked: not those of shipped steps, and where the scope names
 * images, only containers of these, of what is built on them, and of what our runs made. The learner's other
 * servers are left alone.
 */
export const selectProbed = (
	containers: ContainerFact[],
	{images, ledgerIds, names}: {images: ImageFact[]; ledgerIds: string[]; names: string[] | undefined},
): ContainerFact[] => {
	const others = containers.filter(({madeByStep, state}) => !madeByStep && state !== 'created');
	if (!names) return others;
	const tags = names.map(imageName);
	const bases = images.filter(image => image.tags.some(tag => tags.includes(tag)));
	return others.filter(({imageId}) => {
		if (ledgerIds.some(id => id !== '' && bare(imageId).startsWith(bare(id)))) return true;
		const image = images.find(({id}) => id === imageId);
		return bases.some(base => base.id === imageId || (image && beginsWith(image.layers, base.layers)));
	});
};

const bare = (id: string): string => id.replace(/^sha256:/, '');
