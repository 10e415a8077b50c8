import prettyBytes from 'pretty-bytes';
import * as v from 'valibot';
import {networkFailure} from '../../docker/error-patterns.js';
import {startsWithLayers} from '../../docker/image-ref.js';
import {messages} from '../../messages/index.js';
import {findImage, findRun, passed} from '../facts.js';
import {sentence} from '../fields.js';
import {defineKind, words} from '../kind.js';
import type {Fact} from '../model.js';

/** Passes if an image exists, or does not. It may also have to be smaller than another one, or built on one. */
export const image = defineKind({
	schema: v.strictObject({
		check: v.literal('image'),
		image: sentence,
		exists: v.exactOptional(v.boolean()),
		'smaller-than': v.exactOptional(
			v.strictObject({image: sentence, factor: v.pipe(v.number(), v.gtValue(0))}),
		),
		'built-on': v.exactOptional(sentence),
		...words,
	}),
	subject: 'engine',
	judge({image: name, exists = true, smallerThan, builtOn}, facts) {
		const found = findImage(facts, name);
		if (!exists) {
			return found ? messages.checks.image.stillPresent(name) : passed(messages.checks.image.missing(name));
		}
		if (!found) return messages.checks.image.missing(name);
		let reason = describePresence(name, facts);
		if (smallerThan) {
			const {image: otherName, factor} = smallerThan;
			const other = findImage(facts, otherName);
			if (!other) return messages.checks.image.nothingToCompare(name, otherName);
			const sizes = [name, prettyBytes(found.bytes), otherName, prettyBytes(other.bytes)] as const;
			if (found.bytes * factor > other.bytes) return messages.checks.image.notSmaller(...sizes, factor);
			reason = messages.checks.image.smaller(...sizes, other.bytes / found.bytes);
		}
		if (builtOn) {
			const base = findImage(facts, builtOn);
			if (!base) return messages.checks.image.noBase(name, builtOn);
			if (!startsWithLayers(found.layers, base.layers)) return messages.checks.image.otherBase(name, builtOn);
			reason = messages.checks.image.builtOn(name, builtOn);
		}
		return passed(reason);
	},
});

/** Describes an image that exists: a pull that could not reach its registry is then no failure of the learner's. */
const describePresence = (name: string, facts: Fact[]): string => {
	const run = findRun(facts);
	if (!run || run.exitCode === 0) return messages.checks.image.present(name);
	return networkFailure.test(run.stderr)
		? messages.checks.image.presentOffline(name)
		: messages.checks.image.presentAnyway(name);
};
