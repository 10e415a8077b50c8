import {imageName} from '../text/image-name.js';
import type {SimulatedContainer, SimulatedEngine, SimulatedImage} from './model.js';

/** An image by its name or the beginning of its ID; null when there is none. */
export const findNamedImage = ({images}: SimulatedEngine, name: string): SimulatedImage | null => {
	const full = imageName(name);
	return (
		images.find(({fact}) => fact.tags.includes(full)) ??
		(/^(?:sha256:)?[\da-f]{4,64}$/.test(name)
			? images.find(({fact}) => fact.id.startsWith(`sha256:${name.replace('sha256:', '')}`))
			: undefined) ??
		null
	);
};

/** A container by its name or the beginning of its ID; null when there is none. */
export const findNamedContainer = ({containers}: SimulatedEngine, name: string): SimulatedContainer | null =>
	containers.find(({fact}) => fact.name === name.replace(/^\//, '')) ??
	(/^[\da-f]{2,64}$/.test(name) ? containers.find(({fact}) => fact.id.startsWith(name)) : undefined) ??
	null;
