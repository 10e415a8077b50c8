import {homedir} from 'node:os';
import path from 'node:path';
import type {Builder} from '../../build/model.js';
import {readCli, tryCli} from '../../engine/cli-facts.js';
import {type EngineLook, type EngineThings, lookAtEngine} from '../../engine/look-at-engine.js';
import {demandSameMake} from '../../engine/podman.js';
import {type DockerAnswer, runDocker} from '../../engine/run-docker.js';
import {environmentFor, planArgv} from '../../session/perform/plan-run.js';
import type {Ledger, LedgerEntry} from '../../session/ports.js';
import {stateFolder} from '../../storage/state-folder.js';
import type {OpenWorkshop} from '../open-workshop.js';
import {isLocked} from './is-locked.js';
import type {Room} from './judge-disk.js';
import {missingImages} from './judge-images.js';
import type {lookAtPack as LookAtPack, PackLook} from './look-at-pack.js';
import {readBuilder} from './read-builder.js';
import {readFreeSpace} from './read-free-space.js';
import {type Cli, type Reading, read} from './reading.js';

/** Whose machine is looked at, and for which workshop. */
export type Patient = {
	open: OpenWorkshop;
	env: Record<string, string>;
	ledger: Ledger;
	/** The folder of a pack that the images are to come from; null: from a registry. */
	pack: string | null;
};

/** What takes its time to be read, under way; none of it rejects. Null: it takes an engine, and there is none. */
export type Readings = {
	cli: Promise<Reading<Cli>>;
	look: Promise<Reading<EngineLook>>;
	/** Whether the CLI gets on with the engine that has answered us. */
	talk: Promise<Reading<true> | null>;
	things: Promise<Reading<EngineThings> | null>;
	/** Of the engine's ledger. */
	entries: Promise<LedgerEntry[]>;
	/** What the legacy builder said to a Dockerfile that is none. */
	legacyBuild: Promise<Reading<DockerAnswer> | null>;
	/** What BuildKit said to a build from nothing, which leaves nothing. Null too where a builder in a container hides it. */
	buildKitBuild: Promise<Reading<DockerAnswer> | null>;
	/** What Podman's Buildah said to an instruction that does not exist; null where Docker answers. */
	buildahBuild: Promise<Reading<DockerAnswer> | null>;
	/** What `docker buildx inspect` printed about the builder that the workshop's builds take. */
	ownBuilder: Promise<Reading<DockerAnswer> | null>;
	/** The same about the builder that is selected in other terminals. */
	selectedBuilder: Promise<Reading<DockerAnswer>>;
	/** Why the registry does not give an image that is missing, by image. */
	refusals: Promise<Record<string, string | null>>;
	rooms: Promise<Room[]>;
	/** Null when no pack is meant. */
	packed: Promise<Reading<PackLook>> | null;
};

/** Milliseconds that one question may take at most: a docker command may be slow at its first start. */
export const patience = 8000;
/** The same, for a registry. */
const registryPatience = 5000;

/** Bytes that may be needed: for transcripts and lab files; for base images and what is built from them. */
const leastForFiles = 100e6;
const leastForEngine = 1e9;

/** Begins to read everything, at the same time as far as one thing does not follow from another. */
export const startReadings = ({open, env, ledger, pack}: Patient): Readings => {
	const cli = read(readCli(env, patience));
	const look = read(lookAtEngine(env));
	const withEngine = async <Value>(work: (engine: EngineLook) => Promise<Value>) => {
		const {value} = await look;
		return value && read(work(value));
	};
	const talk = withEngine(async engine => {
		await tryCli(env, engine.endpoint, patience);
		const {value} = await cli;
		if (value) demandSameMake(value, engine);
		return true as const;
	});
	const things = withEngine(engine => engine.things());
	/** Null too where the engine refuses the CLI, which can't say anything of builders then. */
	const withCli = async (work: (engine: EngineLook, cli: Cli) => Promise<DockerAnswer>) => {
		const [{value: engine}, talked, {value: known}] = await Promise.all([look, talk, cli]);
		return engine && talked?.value && known ? read(work(engine, cliOn(engine, known))) : null;
	};
	/** Null too where Podman answers, which has none of Docker's builders. */
	const withDocker = async (work: (engine: EngineLook, cli: Cli) => Promise<DockerAnswer>) =>
		(await look).value?.podman == null ? withCli(work) : null;
	const ownBuilder = withDocker(engine =>
		runDocker(['buildx', 'inspect', engine.context], {
			env: {...env, ...engine.environment},
			timeoutMs: patience,
		}),
	);
	return {
		cli,
		look,
		talk,
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
		selectedBuilder: read(runDocker(['buildx', 'inspect'], {env, timeoutMs: patience})),
		refusals: things.then(async seen => {
			const {value: engine} = await look;
			return engine && seen?.value && pack === null && engine.podman === null
				? askForMissing(open.workshop.images, engine, seen.value)
				: {};
		}),
		rooms: Promise.all([cli, look]).then(([{value: found}, {value}]) =>
			readRooms(open.lab.path, value, found?.buildx && value?.podman == null ? buildxFolder(env) : null),
		),
		packed: pack === null ? null : read(lookAt(pack, {open, env})),
	};
};

/** What reads packs is loaded only for one: the screen asks the doctor at every start. */
const lookAt = async (...request: Parameters<typeof LookAtPack>): Promise<PackLook> =>
	(await import('./look-at-pack.js')).lookAtPack(...request);

/**
 * Lets a builder build as it does for a step. To complain of a Dockerfile that is none, the legacy builder and Buildah
 * have to be there, and they make nothing of it; BuildKit really builds, from nothing, and keeps no image.
 */
const tryBuild = (
	builder: Builder,
	{env, engine, cli}: {env: Record<string, string>; engine: EngineLook; cli: Cli},
): Promise<DockerAnswer> => {
	const argv = ['build', ...(builder === 'buildkit' ? ['--output', 'type=cacheonly'] : []), '-'];
	const plan = planArgv(['docker', ...argv], builder, cli);
	return runDocker(argv, {
		env: {...environmentFor(env, {builder, plan, engine}), ...fromPipe},
		timeoutMs: patience,
		input: attempts[builder],
	});
};

/** A Dockerfile for each builder to show that it is there. */
const attempts: Record<Builder, string> = {
	legacy: 'THIS is no Dockerfile\n',
	buildkit: 'FROM scratch\nLABEL made-by=doctor\n',
	buildah: 'FROM scratch\nTHIS is no Dockerfile\n',
};

/** The docker command does not know that it is Podman's engine that builds. */
const cliOn = ({podman}: EngineLook, cli: Cli): Cli => (podman === null ? cli : {...cli, podman});

/**
 * A Dockerfile from a pipe takes a temporary folder, and hangs with the experimental buildx (0.13): the steps' builds do
 * neither.
 */
const fromPipe = {TMPDIR: '', BUILDX_EXPERIMENTAL: ''};

/** Only what is missing is asked for: registries count questions. */
const askForMissing = async (
	wanted: string[],
	engine: EngineLook,
	things: EngineThings,
): Promise<Record<string, string | null>> => {
	const asked = missingImages(wanted, things).map(
		async image => [image, await engine.askRegistry(image, registryPatience)] as const,
	);
	return Object.fromEntries(await Promise.all(asked));
};

/** Where buildx keeps what it knows of builders, and notes when each was used. */
const buildxFolder = ({BUILDX_CONFIG, DOCKER_CONFIG}: Record<string, string>): string =>
	BUILDX_CONFIG || path.join(DOCKER_CONFIG || path.join(homedir(), '.docker'), 'buildx');

/** `buildx`: the folder of its settings; null without one. */
const readRooms = async (
	labFolder: string,
	engine: EngineLook | null,
	buildx: string | null,
): Promise<Room[]> => {
	const room = async (what: string, folder: string | null, least: number): Promise<Room> => ({
		what,
		folder,
		free: folder === null ? null : await readFreeSpace(folder),
		least,
		isLocked: what !== 'the engine' && folder !== null && isLocked(folder),
	});
	const settings = {what: 'the settings of buildx', folder: buildx, free: null, least: 0, isLocked: true};
	const rooms = await Promise.all([
		room('progress and transcripts', stateFolder(), leastForFiles),
		room('the lab files', labFolder, leastForFiles),
		room('the engine', engine?.dataFolder ?? null, leastForEngine),
	]);
	return buildx !== null && isLocked(buildx) ? [...rooms, settings] : rooms;
};
