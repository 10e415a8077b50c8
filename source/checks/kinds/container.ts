import * as v from 'valibot';
import {isSameImageName} from '../../docker/image-ref.js';
import {findImage, passed, selectFacts} from '../facts.js';
import {sentence} from '../fields.js';
import {defineKind, words} from '../kind.js';

/** There is a container of that name, in that state, from that image. */
export const container = defineKind({
	schema: v.strictObject({
		check: v.literal('container'),
		name: sentence,
		state: v.exactOptional(sentence),
		image: v.exactOptional(sentence),
		...words,
	}),
	subject: 'engine',
	judge({name, state, image}, facts) {
		const found = selectFacts(facts, 'container').find(one => one.name === name);
		if (!found) return `There is no container ${name}.`;
		const isFromImage =
			!image || isSameImageName(found.image, image) || findImage(facts, image)?.id === found.imageId;
		if (!isFromImage) return `The container ${name} is from the image ${found.image}, not ${image}.`;
		if (state && found.state !== state) return `The container ${name} is ${found.state} instead of ${state}.`;
		return passed(`The container ${name} is ${found.state}.`);
	},
});
