import prettyBytes from 'pretty-bytes';
import * as v from 'valibot';
import {findImage, findRun, isBuiltOn, passed} from '../facts.js';
import {sentence} from '../fields.js';
import {defineKind, words} from '../kind.js';
import type {Fact} from '../model.js';

/** An image is there, or is not; it is smaller than another one, or built on another one. */
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
			return found
				? `The image ${name} is still on the engine.`
				: passed(`There is no image ${name} on the engine.`);
		}
		if (!found) return `There is no image ${name} on the engine.`;
		let reason = describePresence(name, facts);
		if (smallerThan) {
			const {image: otherName, factor} = smallerThan;
			const other = findImage(facts, otherName);
			if (!other) return `There is no image ${otherName} to compare ${name} with.`;
			const sizes = `${name} has ${prettyBytes(found.bytes)} and ${otherName} ${prettyBytes(other.bytes)}`;
			if (found.bytes * factor > other.bytes)
				return `${sizes}, which is not ${shortNumber(factor)} times smaller.`;
			reason = `${sizes}: it is ${shortNumber(other.bytes / found.bytes)} times smaller.`;
		}
		if (builtOn) {
			const base = findImage(facts, builtOn);
			if (!base) return `There is no image ${builtOn} that ${name} could be built on.`;
			if (!isBuiltOn(found, base)) return `The image ${name} does not begin with the layers of ${builtOn}.`;
			reason = `The first layers of ${name} are those of ${builtOn}.`;
		}
		return passed(reason);
	},
});

/** A pull that could not reach its registry is no failure of the learner's as long as the image is there. */
const describePresence = (name: string, facts: Fact[]): string => {
	const run = findRun(facts);
	if (!run || run.exitCode === 0) return `The image ${name} is on the engine.`;
	return /no such host|dial tcp|i\/o timeout|TLS handshake|connection refused|network is unreachable|request canceled|deadline exceeded|server misbehaving/i.test(
		run.stderr,
	)
		? `The registry could not be reached, so the image ${name} that is already on this engine is used.`
		: `The command failed, but the image ${name} is already on this engine and is used.`;
};

const shortNumber = (number: number): string =>
	number >= 10 ? String(Math.floor(number)) : String(Math.floor(number * 10) / 10);
