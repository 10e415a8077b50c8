import prettyBytes from 'pretty-bytes';
import {normalizeImageName} from '../../docker/image-ref.js';
import {
	defineFinding,
	failed,
	type Judgement,
	type Machine,
	type PackInspection,
	type ProbeResult,
	passed,
	settleProbe,
	unknown,
	warning,
} from '../finding.js';

/** Are the base images on the engine, or can it get them: from its registry, or from a pack? */
export const images = defineFinding({
	id: 'images',
	async probe(machine) {
		const {env, workshop, inspectPack} = machine;
		const pack = inspectPack && settleProbe(inspectPack());
		const {value: engine} = await machine.engine;
		const objects = await machine.objects;
		const missing = objects?.value ? listMissing(workshop.images, objects.value.images) : [];
		return {
			wanted: workshop.images,
			missing,
			platform: {
				asked: env.DOCKER_DEFAULT_PLATFORM,
				own: engine?.platform,
				inspected: (await machine.ownBuilder)?.value?.stdout ?? '',
			},
			pack: await pack,
			isPodman: engine?.podman != null,
			refusals: pack ? {} : await askRegistry(machine, missing),
			/** Why the images could not be listed. */
			trouble: objects?.value ? null : (objects?.trouble?.reason ?? 'There is no engine to look on.'),
		};
	},
	judge({wanted, missing, platform, pack, isPodman, refusals, trouble}) {
		const problem = judgePlatform(platform);
		if (problem) return problem;
		if (pack) return judgePack(pack);
		if (trouble !== null) return unknown(trouble);
		if (wanted.length === 0) return passed('The workshop needs no base images.');
		const [first] = missing;
		if (first === undefined)
			return passed(`${describeImages(wanted)} on the engine: no registry has to be in reach.`);
		const refused = missing.find(image => refusals[image]);
		if (refused) {
			return failed(
				`${describeImages(missing)} not on the engine, and the registry does not give ${refused}: ${refusals[refused]}.`,
				`connect to the internet, then see whether \`docker pull ${refused}\` works`,
			);
		}
		return isPodman
			? warning(
					`${describeImages(missing)} not on the engine yet; whether the registry gives what a step first needs can’t be told with Podman.`,
					`to get it now: \`docker pull ${first}\``,
				)
			: passed(
					`${describeImages(missing)} not on the engine yet; the registry gives what a step first needs.`,
				);
	},
});

const listMissing = (wanted: string[], present: Record<string, string>): string[] =>
	wanted.filter(image => !present[normalizeImageName(image)]);

/** Milliseconds that the registry may take at most. */
const registryTimeoutMs = 5000;

/**
 * Why the registry does not give an image, by image; null when it does. Only what is missing is asked for, because
 * registries count questions. Podman can't ask.
 */
const askRegistry = async ({engine}: Machine, missing: string[]): Promise<Record<string, string | null>> => {
	const {value} = await engine;
	if (!value || value.podman !== null) return {};
	const answers = missing.map(
		async image => [image, await value.askRegistry(image, registryTimeoutMs)] as const,
	);
	return Object.fromEntries(await Promise.all(answers));
};

const describeImages = (names: string[]): string =>
	names.length === 1 ? `The base image ${names[0]} is` : `The base images ${names.join(' and ')} are`;

/**
 * Can the engine run what `DOCKER_DEFAULT_PLATFORM` asks for? Null when it can, as far as is known: it is the engine's
 * own platform (`linux/amd64`), or one that it emulates, which `docker buildx inspect` lists then.
 */
const judgePlatform = ({
	asked,
	own,
	inspected,
}: {
	asked: string | undefined;
	own: string | undefined;
	inspected: string;
}): Judgement | null => {
	if (!asked || own === undefined) return null;
	const listed = /^Platforms:[ \t]+(.+)$/m.exec(inspected)?.[1] ?? '';
	const known = [own, ...listed.split(',').map(platform => platform.trim().replace(/\*$/, ''))];
	return known.some(platform => platform === asked || platform.startsWith(`${asked}/`))
		? null
		: failed(
				`\`DOCKER_DEFAULT_PLATFORM\` asks for images for ${asked}, and the engine runs ${own}.`,
				'`unset DOCKER_DEFAULT_PLATFORM`',
			);
};

/** Can the images of the workshop come from the pack? */
const judgePack = ({value, trouble}: ProbeResult<PackInspection>): Judgement => {
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
