import prettyBytes from 'pretty-bytes';
import {failed, findImage, findRun, isBuiltOn, passed} from '../facts.js';
import type {CheckDeclaration, Fact, ImageFact, Verdict} from '../model.js';

type ImageCheck = Extract<CheckDeclaration, {check: 'image'}>;

/** An image is there, or is not, and holds up against another one in size or layers. */
export const checkImage = (check: ImageCheck, facts: Fact[]): Verdict => {
	const {image: name, exists = true, smallerThan, builtOn, finding, hint} = check;
	const image = findImage(facts, name);
	if (!exists) {
		return image
			? failed(finding, `The image ${name} is still on the engine.`, hint)
			: passed(`There is no image ${name} on the engine.`);
	}
	if (!image) return failed(finding, `There is no image ${name} on the engine.`, hint);
	if (smallerThan) {
		const verdict = judgeSize(check, image, smallerThan, facts);
		if (verdict.verdict !== 'passed' || !builtOn) return verdict;
	}
	if (builtOn) return judgeBase(check, image, builtOn, facts);
	return passed(describePresence(name, facts));
};

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

const judgeSize = (
	{image: name, finding, hint}: ImageCheck,
	image: ImageFact,
	{image: otherName, factor}: {image: string; factor: number},
	facts: Fact[],
): Verdict => {
	const other = findImage(facts, otherName);
	if (!other) return failed(finding, `There is no image ${otherName} to compare ${name} with.`, hint);
	const times = other.bytes / image.bytes;
	const sizes = `${name} has ${prettyBytes(image.bytes)} and ${otherName} ${prettyBytes(other.bytes)}`;
	if (image.bytes * factor <= other.bytes) {
		return passed(`${sizes}: it is ${shortNumber(times)} times smaller.`);
	}
	return failed(finding, `${sizes}, which is not ${shortNumber(factor)} times smaller.`, hint);
};

const shortNumber = (number: number): string =>
	number >= 10 ? String(Math.floor(number)) : String(Math.floor(number * 10) / 10);

const judgeBase = (
	{image: name, finding, hint}: ImageCheck,
	image: ImageFact,
	baseName: string,
	facts: Fact[],
): Verdict => {
	const base = findImage(facts, baseName);
	if (!base) return failed(finding, `There is no image ${baseName} that ${name} could be built on.`, hint);
	return isBuiltOn(image, base)
		? passed(`The first layers of ${name} are those of ${baseName}.`)
		: failed(finding, `The image ${name} does not begin with the layers of ${baseName}.`, hint);
};
