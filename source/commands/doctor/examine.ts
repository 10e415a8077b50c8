import process from 'node:process';
import {type DoctorId, doctorIds} from '../../session/doctor-ids.js';
import type {DoctorFinding} from '../../session/state.js';
import {messageOf} from '../../text/message-of.js';
import {judgeBuilder} from './judge-builder.js';
import {judgeBuildKit} from './judge-buildkit.js';
import {judgeCli} from './judge-cli.js';
import {judgeCurl} from './judge-curl.js';
import {judgeDisk} from './judge-disk.js';
import {judgeEngine, judgePermission} from './judge-engine.js';
import {judgeImages} from './judge-images.js';
import {judgeLegacyBuilder} from './judge-legacy-builder.js';
import {judgeNames} from './judge-names.js';
import {judgeNode} from './judge-node.js';
import {judgePack} from './judge-pack.js';
import {judgePlatform} from './judge-platform.js';
import {judgePodman} from './judge-podman.js';
import {judgePorts} from './judge-ports.js';
import {judgeTerminal} from './judge-terminal.js';
import {type Judgement, unknown} from './judgement.js';
import {listeningPorts} from './listening-ports.js';
import {readCurl} from './read-curl.js';
import {readTerminal} from './read-terminal.js';
import {type Patient, patience, type Readings, startReadings} from './start-readings.js';
import {demandsOf} from './workshop-demands.js';

/**
 * Looks whether this machine can run the workshop, at everything at the same time; calls back with each finding as it
 * comes, once for each ID. Makes nothing on the engine. Never rejects. `onSlow` is called with what is known of the docker
 * command meanwhile when it keeps everybody waiting.
 */
export const examine = async (
	patient: Patient,
	onFinding: (finding: DoctorFinding) => void,
	onSlow: (meanwhile: DoctorFinding) => void,
): Promise<void> => {
	const readings = startReadings(patient);
	const judgements = createJudgements(patient, readings);
	const timer = setTimeout(() => onSlow({id: 'docker-cli', ...slowCli}), slowAfter);
	void readings.cli.then(() => clearTimeout(timer));
	await Promise.all(
		doctorIds.map(async id => {
			const judgement = await judgements[id]().catch(error => unknown(messageOf(error)));
			onFinding({id, ...judgement});
		}),
	);
};

/** Milliseconds after which a person begins to wonder. */
const slowAfter = 2500;

const slowCli = unknown('`docker --version` has not answered yet; it gets a few seconds more.');

const createJudgements = (
	{env, open}: Patient,
	readings: Readings,
): Record<DoctorId, () => Promise<Judgement>> => {
	const {cli, look, talk, things, entries, ownBuilder, refusals, rooms, packed} = readings;
	const demands = demandsOf(open);
	const podmanBuilds = async (id: Parameters<typeof judgePodman>[0]) => {
		const podman = (await look).value?.podman ?? null;
		return podman === null ? null : judgePodman(id, podman, await readings.buildahBuild);
	};
	return {
		node: async () => judgeNode(process.versions.node),
		'docker-cli': async () => judgeCli(await cli, env),
		engine: async () => judgeEngine(await look, await talk),
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
		curl: async () => judgeCurl(demands.callsCurl, await readCurl(env, patience)),
		terminal: async () => judgeTerminal(readTerminal(env)),
		disk: async () => judgeDisk(await rooms),
	};
};
