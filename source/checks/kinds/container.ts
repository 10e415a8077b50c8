import * as v from 'valibot';
import {isSameImageName} from '../../docker/image-ref.js';
import {messages} from '../../messages/index.js';
import {findImage, passed, selectFacts} from '../facts.js';
import {sentence} from '../fields.js';
import {defineKind, words} from '../kind.js';

/** Passes if there is a container of this name, in the given state and from the given image. */
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
		if (!found) return messages.checks.container.missing(name);
		const isFromImage =
			!image || isSameImageName(found.image, image) || findImage(facts, image)?.id === found.imageId;
		if (!isFromImage) return messages.checks.container.fromOtherImage(name, found.image, image);
		if (state && found.state !== state) return messages.checks.container.wrongState(name, found.state, state);
		return passed(messages.checks.container.inState(name, found.state));
	},
});
