import type {EngineThings} from '../../engine/look-at-engine.js';
import {imageName} from '../../text/image-name.js';
import {failed, type Judgement, passed, unknown, warning} from './judgement.js';
import type {Reading} from './reading.js';

/** Those of the wanted images that are not on the engine. */
export const missingImages = (wanted: string[], {images}: EngineThings): string[] =>
	wanted.filter(image => !images[imageName(image)]);

/**
 * Are the base images on the engine, or can it get them? `refusals`: of each image that is missing why the registry
 * does not give it; null: it does. Podman can't be asked that.
 */
export const judgeImages = (
	wanted: string[],
	things: Reading<EngineThings> | null,
	{refusals, isPodman}: {refusals: Record<string, string | null>; isPodman: boolean},
): Judgement => {
	if (!things?.value) return unknown(things?.trouble?.reason ?? 'There is no engine to look on.');
	if (wanted.length === 0) return passed('The workshop needs no base images.');
	const missing = missingImages(wanted, things.value);
	const refused = missing.find(image => refusals[image]);
	if (refused) {
		return failed(
			`${list(missing)} not on the engine, and the registry does not give ${refused}: ${refusals[refused]}.`,
			`connect to the internet, then see whether \`docker pull ${refused}\` works`,
		);
	}
	const [first] = missing;
	if (first !== undefined && isPodman) {
		return warning(
			`${list(missing)} not on the engine yet; whether the registry gives what a step first needs can’t be told with Podman.`,
			`to get it now: \`docker pull ${first}\``,
		);
	}
	return missing.length > 0
		? passed(`${list(missing)} not on the engine yet; the registry gives what a step first needs.`)
		: passed(`${list(wanted)} on the engine: no registry has to be in reach.`);
};

const list = (names: string[]): string =>
	names.length === 1 ? `The base image ${names[0]} is` : `The base images ${names.join(' and ')} are`;
