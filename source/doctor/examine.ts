import process from 'node:process';
import {describeError} from '../text/wording.js';
import type {DoctorFinding} from './finding.js';
import {type DoctorId, doctorIds, type Judgement, unknown} from './finding.js';
import {judgeBuilder, judgeBuildKit, judgeLegacyBuilder, judgePodman} from './findings/builders.js';
import {judgeNames, judgePorts, listeningPorts, listRequirements} from './findings/conflicts.js';
import {judgeDisk} from './findings/disk.js';
import {judgeEngine, judgePermission} from './findings/engine.js';
import {judgeImages, judgePack, judgePlatform} from './findings/images.js';
import {judgeCli, judgeCurl, judgeNode, readCurl} from './findings/programs.js';
import {judgeTerminal, readTerminal} from './findings/terminal.js';
import {type DoctorTarget, type Probes, probeTimeoutMs, startProbes} from './probes.js';

/**
 * Looks whether this machine can run the workshop, at everything at the same time; calls back with each finding as it
 * comes, once for each ID. Makes nothing on the engine. Never rejects. `onSlow` is called with what is known of the docker
 * command meanwhile when it keeps everybody waiting.
 */
export const examine = async (
	patient: DoctorTarget,
	onFinding: (finding: DoctorFinding) => void,
	onSlow: (meanwhile: DoctorFinding) => void,
): Promise<void> => {
	const readings = startProbes(patient);
	const judgements = createJudgements(patient, readings);
	const timer = setTimeout(() => onSlow({id: 'docker-cli', ...slowCli}), slowAfterMs);
	void readings.cli.then(() => clearTimeout(timer));
	await Promise.all(
		doctorIds.map(async id => {
			const judgement = await judgements[id]().catch(error => unknown(describeError(error)));
			onFinding({id, ...judgement});
		}),
	);
};

/** Milliseconds after which a person begins to wonder. */
const slowAfterMs = 2500;

const slowCli = unknown('`docker --version` has not answered yet; it gets a few seconds more.');

const createJudgements = (
	{env, open}: DoctorTarget,
	readings: Probes,
): Record<DoctorId, () => Promise<Judgement>> => {
	const {cli, look, loop, things, entries, ownBuilder, refusals, diskSpaces: rooms, packed} = readings;
	const demands = listRequirements(open);
	const podmanBuilds = async (id: Parameters<typeof judgePodman>[0]) => {
		const podman = (await look).value?.podman ?? null;
		return podman === null ? null : judgePodman(id, podman, await readings.buildahBuild);
	};
	return {
		node: async () => judgeNode(process.versions.node),
		'docker-cli': async () => judgeCli(await cli, env),
		engine: async () => judgeEngine(await look, await loop),
		permission: async () => judgePermission(await look),
		'legacy-builder': async () =>
			(await podmanBuilds('legacy-builder')) ?? judgeLegacyBuilder(await readings.legacyBuild),
		buildkit: async () =>
			(await podmanBuilds('buildkit')) ?? judgeBuildKit(await cli, await readings.buildKitBuild),
		builder: async () =>
			(await podmanBuilds('builder')) ??
			judgeBuilder(await cli, {
				own: await ownBuilder,
				selected: await readings.selectedBuilder,
				context: (await look).value?.context ?? 'default',
			}),
		images: async () =>
			judgePlatform(env.DOCKER_DEFAULT_PLATFORM, (await look).value?.platform, await ownBuilder) ??
			(packed
				? judgePack(await packed)
				: judgeImages(open.workshop.images, await things, {
						refusals: await refusals,
						isPodman: (await look).value?.podman != null,
					})),
		names: async () => judgeNames(demands, await things, await entries),
		async ports() {
			const {value} = await look;
			const isHere = value === null || (value.local && !value.inContainer);
			const listening = isHere ? await listeningPorts(demands.hostPorts) : null;
			return judgePorts(demands.hostPorts, listening, {things: await things, entries: await entries});
		},
		curl: async () => judgeCurl(demands.callsCurl, await readCurl(env, probeTimeoutMs)),
		terminal: async () => judgeTerminal(readTerminal(env)),
		disk: async () => judgeDisk(await rooms),
	};
};
