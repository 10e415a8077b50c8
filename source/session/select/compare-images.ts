import type {ImageFact} from '../../checks/model.js';
import {imageName} from '../../text/image-name.js';
import type {Engine} from '../ports.js';
import type {Comparison} from '../state.js';

/** Sizes and IDs of the images a step compares, as the engine lists them; null when it compares none. */
export const compareImages = async (
	images: string[],
	engine: Engine,
	stepId: string,
): Promise<Comparison | null> => {
	if (images.length === 0) return null;
	const facts = await engine.facts({probePorts: false, stepId});
	const known = facts.filter((fact): fact is ImageFact => fact.fact === 'image');
	return images.map(image => {
		const tag = imageName(image);
		const found = known.find(({tags}) => tags.includes(tag));
		return found ? {image, id: found.id, bytes: found.bytes} : {image, id: null, bytes: null};
	});
};
