import prettyBytes from 'pretty-bytes';
import {normalizeImageName} from '../../docker/image-ref.js';
import {messages} from '../../messages/index.js';
import {defineFinding, failed, type Judgement, passed, unknown} from '../finding.js';
import {type Machine, type PackInspection, type ProbeResult, settleProbe} from '../machine.js';

/** Are the base images on the engine, or available from their registry or a pack? */
export const images = defineFinding({
	id: 'images',
	async probe(machine) {
		const {env, workshop, inspectPack} = machine;
		const pack = inspectPack && settleProbe(inspectPack());
		const {value: engine} = await machine.engine;
		const objects = await machine.objects;
		const present = objects?.value?.images;
		const missing = workshop.images.filter(image => present && !present[normalizeImageName(image)]);
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
			/** Why the images could not be listed, or null. */
			trouble: objects?.value ? null : (objects?.trouble?.reason ?? messages.doctor.noEngineToLookOn),
		};
	},
	judge({wanted, missing, platform, pack, isPodman, refusals, trouble}) {
		const problem = judgePlatform(platform.asked, platform.own, platform.inspected);
		if (problem) return problem;
		if (pack) return judgePack(pack);
		if (trouble !== null) return unknown(trouble);
		const say = messages.doctor.images;
		if (wanted.length === 0) return passed(say.none);
		const [first] = missing;
		if (first === undefined) return passed(say.present(wanted));
		for (const image of missing) {
			const why = refusals[image];
			if (why) return failed(say.refused(missing, image, why));
		}
		return passed(isPodman ? say.unknownOnPodman(missing, first) : say.available(missing));
	},
});

/** Milliseconds to wait for the registry. */
const registryTimeoutMs = 5000;

/**
 * For each missing image, why the registry doesn't provide it; null if it does. Asks only for missing images, because
 * registries limit requests. Empty for Podman, which can't ask.
 */
const askRegistry = async ({engine}: Machine, missing: string[]): Promise<Record<string, string | null>> => {
	const {value} = await engine;
	if (!value || value.podman !== null) return {};
	const answers = missing.map(
		async image => [image, await value.askRegistry(image, registryTimeoutMs)] as const,
	);
	return Object.fromEntries(await Promise.all(answers));
};

/**
 * Can the engine run images for `DOCKER_DEFAULT_PLATFORM`? Null if it can, or if that is unknown. It runs its own
 * platform (`linux/amd64`), and those it emulates, which `docker buildx inspect` lists.
 */
const judgePlatform = (asked: string | undefined, own: string | undefined, inspected: string) => {
	if (!asked || own === undefined) return null;
	const listed = /^Platforms:[ \t]+(.+)$/m.exec(inspected)?.[1] ?? '';
	const known = [own, ...listed.split(',').map(platform => platform.trim().replace(/\*$/, ''))];
	return known.some(platform => platform === asked || platform.startsWith(`${asked}/`))
		? null
		: failed(messages.doctor.images.otherPlatform(asked, own));
};

/** Can the pack provide the workshop's images? */
const judgePack = ({value, trouble}: ProbeResult<PackInspection>): Judgement => {
	if (trouble) return failed(trouble);
	const say = messages.doctor.pack;
	const whole = value.unchecked ?? say.complete;
	if (!value.state) return unknown(`${whole} ${say.noEngine}`);
	const {missing} = value.state;
	if (missing.length === 0) return passed(`${whole} ${say.loaded}`);
	const toLoad = say.toLoad(missing.map(({image: {name, bytes}}) => `${name} (${prettyBytes(bytes)})`));
	const others = missing.filter(({other}) => other !== null).map(({image}) => image.name);
	return passed([whole, toLoad, ...(others.length > 0 ? [say.keepsOthers(others)] : [])].join(' '));
};
