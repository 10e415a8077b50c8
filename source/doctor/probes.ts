import {homedir} from 'node:os';
import path from 'node:path';
import type {PackInspection} from '../app/load-from-pack.js';
import type {OpenWorkshop} from '../app/open-workshop.js';
import {type DockerOutput, readCliVersions, runDocker, verifyCli} from '../engine/docker-cli.js';
import {requireMatchingCli} from '../engine/endpoint.js';
import {type EngineInspection, type ExistingObjects, inspectEngine} from '../engine/inspect-engine.js';
import type {Ledger, LedgerEntry} from '../ownership/ledger.js';
import {environmentFor, planArgv} from '../session/plan/run-plan.js';
import type {Builder} from '../stages/model.js';
import {stateFolder} from '../storage/state-folder.js';
import {type Cli, type ProbeResult, settleProbe} from './finding.js';
import {readBuilder} from './findings/builders.js';
import {type DiskSpace, isLocked, readFreeSpace} from './findings/disk.js';
import {missingImages} from './findings/images.js';

/** Whose machine is looked at, and for which workshop. */
export type DoctorTarget = {
	open: OpenWorkshop;
	env: Record<string, string>;
	ledger: Ledger;
	/** The folder of a pack that the images are to come from; null: from a registry. */
	pack: string | null;
};

/** What takes its time to be read, under way; none of it rejects. Null: it takes an engine, and there is none. */
export type Probes = {
	cli: Promise<ProbeResult<Cli>>;
	look: Promise<ProbeResult<EngineInspection>>;
	/** Whether the CLI gets on with the engine that has answered us. */
	loop: Promise<ProbeResult<true> | null>;
	things: Promise<ProbeResult<ExistingObjects> | null>;
	/** Of the engine's ledger. */
	entries: Promise<LedgerEntry[]>;
	/** What the legacy builder said to a Dockerfile that is none. */
	legacyBuild: Promise<ProbeResult<DockerOutput> | null>;
	/** What BuildKit said to a build from nothing, which leaves nothing. Null too where a builder in a container hides it. */
	buildKitBuild: Promise<ProbeResult<DockerOutput> | null>;
	/** What Podman's Buildah said to an instruction that does not exist; null where Docker answers. */
	buildahBuild: Promise<ProbeResult<DockerOutput> | null>;
	/** What `docker buildx inspect` printed about the builder that the workshop's builds take. */
	ownBuilder: Promise<ProbeResult<DockerOutput> | null>;
	/** The same about the builder that is selected in other terminals. */
	selectedBuilder: Promise<ProbeResult<DockerOutput>>;
	/** Why the registry does not give an image that is missing, by image. */
	refusals: Promise<Record<string, string | null>>;
	diskSpaces: Promise<DiskSpace[]>;
	/** Null when no pack is meant. */
	packed: Promise<ProbeResult<PackInspection>> | null;
};

/** Milliseconds that one question may take at most: a docker command may be slow at its first start. */
export const probeTimeoutMs = 8000;
/** The same, for a registry. */
const registryTimeoutMs = 5000;

/** Bytes that may be needed: for transcripts and lab files; for base images and what is built from them. */
const minimumForFiles = 100e6;
const minimumForEngine = 1e9;

/** Begins to read everything, at the same time as far as one thing does not follow from another. */
export const startProbes = ({open, env, ledger, pack}: DoctorTarget): Probes => {
	const cli = settleProbe(readCliVersions(env, probeTimeoutMs));
	const look = settleProbe(inspectEngine(env));
	const withEngine = async <Value>(work: (engine: EngineInspection) => Promise<Value>) => {
		const {value} = await look;
		return value && settleProbe(work(value));
	};
	const loop = withEngine(async engine => {
		await verifyCli(env, engine.endpoint, probeTimeoutMs);
		const {value} = await cli;
		if (value) requireMatchingCli(value, engine);
		return true as const;
	});
	const things = withEngine(engine => engine.things());
	/** Null too where the engine refuses the CLI, which can't say anything of builders then. */
	const withCli = async (work: (engine: EngineInspection, cli: Cli) => Promise<DockerOutput>) => {
		const [{value: engine}, talked, {value: known}] = await Promise.all([look, loop, cli]);
		return engine && talked?.value && known ? settleProbe(work(engine, cliOn(engine, known))) : null;
	};
	/** Null too where Podman answers, which has none of Docker's builders. */
	const withDocker = async (work: (engine: EngineInspection, cli: Cli) => Promise<DockerOutput>) =>
		(await look).value?.podman == null ? withCli(work) : null;
	const ownBuilder = withDocker(engine =>
		runDocker(['buildx', 'inspect', engine.context], {
			env: {...env, ...engine.environment},
			timeoutMs: probeTimeoutMs,
		}),
	);
	return {
		cli,
		look,
		loop,
		things,
		entries: look.then(({value}) => (value ? ledger.entries(value.id) : [])),
		legacyBuild: withDocker((engine, cli) => tryBuild('legacy', {env, engine, cli})),
		// A builder in a container would be started by it.
		buildKitBuild: ownBuilder.then(own =>
			(readBuilder(own?.value?.stdout ?? '').driver ?? 'docker') !== 'docker'
				? null
				: withDocker((engine, cli) => tryBuild('buildkit', {env, engine, cli})),
		),
		buildahBuild: look.then(({value}) =>
			value?.podman == null ? null : withCli((engine, cli) => tryBuild('buildah', {env, engine, cli})),
		),
		ownBuilder,
		selectedBuilder: settleProbe(runDocker(['buildx', 'inspect'], {env, timeoutMs: probeTimeoutMs})),
		refusals: things.then(async seen => {
			const {value: engine} = await look;
			return engine && seen?.value && pack === null && engine.podman === null
				? askRegistryForMissing(open.workshop.images, engine, seen.value)
				: {};
		}),
		diskSpaces: Promise.all([cli, look]).then(([{value: found}, {value}]) =>
			readDiskSpaces(open.lab.path, value, found?.buildx && value?.podman == null ? buildxFolder(env) : null),
		),
		packed: pack === null ? null : settleProbe(loadAndInspectPack(pack, {open, env})),
	};
};

/** What reads packs is loaded only for one: the screen asks the doctor at every start. */
const loadAndInspectPack = async (
	...request: Parameters<typeof import('../app/load-from-pack.js').inspectPack>
): Promise<PackInspection> => (await import('../app/load-from-pack.js')).inspectPack(...request);

/**
 * Lets a builder build as it does for a step. To complain of a Dockerfile that is none, the legacy builder and Buildah
 * have to be there, and they make nothing of it; BuildKit really builds, from nothing, and keeps no image.
 */
const tryBuild = (
	builder: Builder,
	{env, engine, cli}: {env: Record<string, string>; engine: EngineInspection; cli: Cli},
): Promise<DockerOutput> => {
	const argv = ['build', ...(builder === 'buildkit' ? ['--output', 'type=cacheonly'] : []), '-'];
	const plan = planArgv(['docker', ...argv], builder, cli);
	return runDocker(argv, {
		env: {...environmentFor(env, {builder, plan, engine}), ...pipedBuildEnvironment},
		timeoutMs: probeTimeoutMs,
		input: probeDockerfiles[builder],
	});
};

/** A Dockerfile for each builder to show that it is there. */
const probeDockerfiles: Record<Builder, string> = {
	legacy: 'THIS is no Dockerfile\n',
	buildkit: 'FROM scratch\nLABEL made-by=doctor\n',
	buildah: 'FROM scratch\nTHIS is no Dockerfile\n',
};

/** The docker command does not know that it is Podman's engine that builds. */
const cliOn = ({podman}: EngineInspection, cli: Cli): Cli => (podman === null ? cli : {...cli, podman});

/**
 * A Dockerfile from a pipe takes a temporary folder, and hangs with the experimental buildx (0.13): the steps' builds do
 * neither.
 */
const pipedBuildEnvironment = {TMPDIR: '', BUILDX_EXPERIMENTAL: ''};

/** Only what is missing is asked for: registries count questions. */
const askRegistryForMissing = async (
	wanted: string[],
	engine: EngineInspection,
	things: ExistingObjects,
): Promise<Record<string, string | null>> => {
	const asked = missingImages(wanted, things).map(
		async image => [image, await engine.askRegistry(image, registryTimeoutMs)] as const,
	);
	return Object.fromEntries(await Promise.all(asked));
};

/** Where buildx keeps what it knows of builders, and notes when each was used. */
const buildxFolder = ({BUILDX_CONFIG, DOCKER_CONFIG}: Record<string, string>): string =>
	BUILDX_CONFIG || path.join(DOCKER_CONFIG || path.join(homedir(), '.docker'), 'buildx');

/** `buildx`: the folder of its settings; null without one. */
const readDiskSpaces = async (
	labFolder: string,
	engine: EngineInspection | null,
	buildx: string | null,
): Promise<DiskSpace[]> => {
	const size = async (what: string, folder: string | null, least: number): Promise<DiskSpace> => ({
		what,
		folder,
		free: folder === null ? null : await readFreeSpace(folder),
		least,
		isLocked: what !== 'the engine' && folder !== null && isLocked(folder),
	});
	const settings = {what: 'the settings of buildx', folder: buildx, free: null, least: 0, isLocked: true};
	const rooms = await Promise.all([
		size('progress and transcripts', stateFolder(), minimumForFiles),
		size('the lab files', labFolder, minimumForFiles),
		size('the engine', engine?.dataFolder ?? null, minimumForEngine),
	]);
	return buildx !== null && isLocked(buildx) ? [...rooms, settings] : rooms;
};
