import prettyBytes from 'pretty-bytes';
import type {PackInspection} from '../../app/load-from-pack.js';
import {normalizeImageName} from '../../docker/image-ref.js';
import type {DockerOutput} from '../../engine/docker-cli.js';
import type {ExistingObjects} from '../../engine/inspect-engine.js';
import {failed, type Judgement, type ProbeResult, passed, unknown, warning} from '../finding.js';

/** Those of the wanted images that are not on the engine. */
export const missingImages = (wanted: string[], {images}: ExistingObjects): string[] =>
	wanted.filter(image => !images[normalizeImageName(image)]);

/**
 * Are the base images on the engine, or can it get them? `refusals`: of each image that is missing why the registry
 * does not give it; null: it does. Podman can't be asked that.
 */
export const judgeImages = (
	wanted: string[],
	things: ProbeResult<ExistingObjects> | null,
	{refusals, isPodman}: {refusals: Record<string, string | null>; isPodman: boolean},
): Judgement => {
	if (!things?.value) return unknown(things?.trouble?.reason ?? 'There is no engine to look on.');
	if (wanted.length === 0) return passed('The workshop needs no base images.');
	const missing = missingImages(wanted, things.value);
	const refused = missing.find(image => refusals[image]);
	if (refused) {
		return failed(
			`${describeImages(missing)} not on the engine, and the registry does not give ${refused}: ${refusals[refused]}.`,
			`connect to the internet, then see whether \`docker pull ${refused}\` works`,
		);
	}
	const [first] = missing;
	if (first !== undefined && isPodman) {
		return warning(
			`${describeImages(missing)} not on the engine yet; whether the registry gives what a step first needs can’t be told with Podman.`,
			`to get it now: \`docker pull ${first}\``,
		);
	}
	return missing.length > 0
		? passed(`${describeImages(missing)} not on the engine yet; the registry gives what a step first needs.`)
		: passed(`${describeImages(wanted)} on the engine: no registry has to be in reach.`);
};

const describeImages = (names: string[]): string =>
	names.length === 1 ? `The base image ${names[0]} is` : `The base images ${names.join(' and ')} are`;

/**
 * Can the engine run what is asked for by `DOCKER_DEFAULT_PLATFORM`? Null when it can, as far as is known: it is the
 * engine's own platform (`linux/amd64`), or one that it emulates, which `docker buildx inspect` lists then.
 */
export const judgePlatform = (
	asked: string | undefined,
	own: string | undefined,
	inspected: ProbeResult<DockerOutput> | null,
): Judgement | null => {
	if (!asked || own === undefined) return null;
	const listed = /^Platforms:[ \t]+(.+)$/m.exec(inspected?.value?.stdout ?? '')?.[1] ?? '';
	const known = [own, ...listed.split(',').map(platform => platform.trim().replace(/\*$/, ''))];
	return known.some(platform => platform === asked || platform.startsWith(`${asked}/`))
		? null
		: failed(
				`\`DOCKER_DEFAULT_PLATFORM\` asks for images for ${asked}, and the engine runs ${own}.`,
				'`unset DOCKER_DEFAULT_PLATFORM`',
			);
};

/** Can the images of the workshop come from the pack? */
export const judgePack = ({value, trouble}: ProbeResult<PackInspection>): Judgement => {
	if (trouble) return failed(trouble.reason, trouble.next);
	const whole = value.unchecked === null ? 'The pack is whole' : `${value.unchecked} The rest is whole`;
	if (!value.state) return unknown(`${whole}, and there is no engine to load it into.`);
	const {missing} = value.state;
	if (missing.length === 0) return passed(`${whole}, and the engine has all of its images.`);
	const wanted = missing.map(({image: {name, bytes}}) => `${name} (${prettyBytes(bytes)})`).join(' and ');
	const others = missing.filter(({other}) => other !== null).map(({image}) => image.name);
	const kept =
		others.length === 0
			? ''
			: ` Another image is called ${others.join(', another ')} now; it is kept, and gets its name back.`;
	return passed(`${whole}; the first start loads ${wanted} from it.${kept}`);
};
