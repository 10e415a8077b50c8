import {setTimeout as pause} from 'node:timers/promises';
import type Docker from 'dockerode';
import type {GetEventsOptions} from 'dockerode';
import type {ContainerFact, Fact} from '../checks/model.js';
import {messages} from '../messages/index.js';
import type {Engine, EngineIdentity, FactScope} from '../session/ports.js';
import {usesBuildKit} from '../stages/builders.js';
import {UserError} from '../text/user-error.js';
import {
	createDockerClient,
	describeDaemon,
	hasContainerdStore,
	type ReachedDaemon,
	reachDaemon,
} from './daemon.js';
import {describeBuild} from './describe-build.js';
import {readCliVersions, verifyCli} from './docker-cli.js';
import {getPingTimeoutMs, mapLimited, requireMatchingCli, withTimeout} from './endpoint.js';
import {explainEngineError} from './errors.js';
import {
	readContainers,
	readImageSnapshot,
	readImages,
	readLog,
	readNamedObjects,
	summarizeLog,
} from './facts.js';
import {probePorts, selectProbedContainers} from './probe-ports.js';

/** An engine, and the environment with which docker commands reach it. */
export type LiveEngine = Engine & {
	/** The inherited one; once the engine has answered, bound to that engine. */
	environment(): Record<string, string>;
};

type Options = {
	/** The inherited environment. */
	env: Record<string, string>;
	/** IDs of our runs' images, from the ledger. */
	ledgerImageIds: () => string[];
	/** IDs of the containers that shipped steps created. */
	stepContainerIds: () => string[];
};

/** The learner's own engine: the daemon that the CLI uses. */
export const createLiveEngine = ({env: inherited, ledgerImageIds, stepContainerIds}: Options): LiveEngine => {
	const layersById = new Map<string, string[]>();
	let env = inherited;
	let reached: ReachedDaemon | null = null;
	/** A docker command that lacks nothing, and the daemon that it has reached: starting it takes time at each step. */
	let proven: {cli: EngineIdentity['cli']; daemon: string} | null = null;

	const reach = async (): Promise<ReachedDaemon> => {
		reached ??= await reachDaemon(env, 10_000);
		// Bind to an engine only if it answers: until then, the learner may select another one.
		env = {...inherited, ...reached.environment};
		return reached;
	};

	/**
	 * Turns an error into a `UserError`, and reconnects to the daemon the next time; at once, if the connection was cut off:
	 * only a new one tells whether the engine has gone or was started again.
	 */
	const use = async <Result>(
		work: (engine: ReachedDaemon) => Promise<Result>,
		isSecond = false,
	): Promise<Result> => {
		let endpoint = env.DOCKER_HOST ?? messages.engine.currentContext;
		let context: string | undefined;
		try {
			const engine = await reach();
			({endpoint, context} = engine);
			return await work(engine);
		} catch (error) {
			reached = null;
			proven = null;
			if (!isSecond && wasCutOff(error)) return use(work, true);
			if (error instanceof UserError) throw error;
			throw new UserError(explainEngineError(error, endpoint, {context}), {cause: error});
		}
	};

	return {
		environment: () => env,
		identity: async () => {
			reached = null;
			if (proven) {
				const engine = await use(async one => one);
				if (daemonOf(engine) === proven?.daemon) return createIdentity(engine, proven.cli);
			}
			// In parallel: a learner who has pressed enter is waiting.
			const reading = readCliVersions(env);
			const reaching = use(async engine => {
				await verifyCli(env, engine.endpoint);
				return engine;
			});
			// Reported second: a missing CLI matters more.
			reaching.catch(() => {});
			const cli = await reading;
			const engine = await reaching;
			requireMatchingCli(cli, engine);
			// A learner may install buildx meanwhile.
			const lacksBuildx = cli.buildx === null && cli.podman === undefined && usesBuildKit(cli.version);
			proven = lacksBuildx ? null : {cli, daemon: daemonOf(engine)};
			return createIdentity(engine, cli);
		},
		facts: async scope => {
			try {
				return await use(engine =>
					readFacts(engine, scope, {layersById, ledgerIds: ledgerImageIds(), stepIds: stepContainerIds()}),
				);
			} catch (error) {
				return [{fact: 'engine-gone', reason: (error as Error).message}];
			}
		},
		images: () => use(readImageSnapshot),
		describeBuild: (build, place) => describeBuild(build, place).catch(() => null),
		things: () => use(({docker}) => readNamedObjects(docker)),
		changes: (onChange, signal) => {
			void followEvents(() => use(engine => createDockerClient(engine, env, null)), onChange, signal);
		},
	};
};

const wasCutOff = (error: unknown): boolean => {
	const cause = error instanceof UserError ? error.cause : error;
	return cause instanceof Error && 'code' in cause && ['ECONNRESET', 'EPIPE'].includes(String(cause.code));
};

/** Changes when another daemon answers, or an updated one. */
const daemonOf = ({id, info}: ReachedDaemon): string => `${id} ${info.ServerVersion}`;

const createIdentity = (engine: ReachedDaemon, cli: EngineIdentity['cli']): EngineIdentity => ({
	...describeDaemon(engine),
	...(engine.inContainer ? {inContainer: true} : {}),
	store: hasContainerdStore(engine.info) ? 'containerd' : 'graphdriver',
	cli: engine.podman === null ? cli : {...cli, podman: engine.podman},
	recorded: null,
});

const readFacts = async (
	engine: ReachedDaemon,
	scope: FactScope,
	known: {layersById: Map<string, string[]>; ledgerIds: string[]; stepIds: string[]},
): Promise<Fact[]> => {
	const {ledgerIds} = known;
	const {docker, info, address, local, inContainer, connection, clockAhead} = engine;
	// Take the time first: an object that is missing now may exist by the time it is read.
	const now = Date.now() + clockAhead;
	// An engine that hangs doesn't get the long timeout of a busy one.
	await withTimeout(() => docker.ping(), getPingTimeoutMs(connection));
	const [images, containers, objects] = await Promise.all([
		readImages(engine, {all: scope.allImages ?? false, layersById: known.layersById}),
		readContainers(engine, known.stepIds),
		scope.objects ? readNamedObjects(docker) : null,
	]);
	const probed = scope.probePorts
		? selectProbedContainers(containers, {images, ledgerIds, names: scope.portImages})
		: [];
	const asked = await mapLimited(containers, async (container): Promise<ContainerFact> => {
		const isProbed = probed.includes(container);
		const isLogged = scope.loggedContainers?.includes(container.name) ?? false;
		if (!isProbed && !isLogged) return container;
		const lines = await readLog(docker, container.id);
		const logged = {...container, ...summarizeLog(lines), ...(isLogged ? {log: lines.join('\n')} : {})};
		if (!isProbed) return logged;
		return {...logged, answers: await probePorts(logged, {address, local: local && !inContainer}, now)};
	});
	return [
		{
			fact: 'engine',
			hostname: info.Name,
			address,
			local: connection.via === 'socket' && !inContainer,
			...(inContainer ? {inContainer} : {}),
			now,
		},
		{fact: 'ledger', imageIds: ledgerIds},
		...images,
		...asked,
		...(objects
			? [
					{
						fact: 'objects' as const,
						networks: Object.keys(objects.networks),
						volumes: Object.keys(objects.volumes),
					},
				]
			: []),
	];
};

/** The events that can change a verdict. `docker exec` can't. */
const filters: GetEventsOptions['filters'] = {
	type: ['container', 'image', 'network', 'volume'],
	event: [
		...[
			'create',
			'start',
			'die',
			'stop',
			'kill',
			'destroy',
			'pause',
			'unpause',
			'restart',
			'rename',
			'update',
			'health_status',
		],
		...['tag', 'untag', 'delete', 'import', 'load', 'pull'],
		...['connect', 'disconnect', 'remove'],
	],
};

/** Milliseconds between attempts to connect. */
const minPauseMs = 250;
const maxPauseMs = 2000;

/** Milliseconds between pings: a daemon that hangs keeps its connections open without sending anything. */
const heartbeatMs = 10_000;

/**
 * Calls back after events, debounced, until the signal is aborted. Reconnects after pauses that grow up to 2 s, and
 * asks for the events since. Also calls back after each connection and disconnection, to notice changes in between.
 */
const followEvents = async (connect: () => Promise<Docker>, onChange: () => void, signal: AbortSignal) => {
	const change = debounce(onChange, signal);
	let since: number | null = null;
	let isBroken = false;
	let wait = minPauseMs;
	while (!signal.aborted) {
		const connection = new AbortController();
		const both = AbortSignal.any([signal, connection.signal]);
		try {
			const docker = await connect();
			const events = await openEvents(docker, since, both);
			change();
			isBroken = false;
			wait = minPauseMs;
			void watchHeartbeat(docker, both).catch(() => connection.abort());
			for await (const chunk of events) {
				since = findLastTime(String(chunk)) ?? since;
				change();
			}
		} catch {
			// Reconnect after any error; the facts report what is wrong with the daemon.
		}
		connection.abort();
		if (!isBroken) change();
		isBroken = true;
		await pause(wait, null, {signal}).catch(() => null);
		wait = Math.min(wait * 2, maxPauseMs);
	}
};

const openEvents = async (docker: Docker, since: number | null, signal: AbortSignal) => {
	const controller = new AbortController();
	try {
		return await withTimeout(() =>
			docker.getEvents({
				filters,
				...(since === null ? {} : {since}),
				abortSignal: AbortSignal.any([signal, controller.signal]),
			}),
		);
	} catch (error) {
		controller.abort();
		throw error;
	}
};

/** Pings the daemon from time to time. Rejects if it doesn't answer, or the signal is aborted. */
const watchHeartbeat = async (docker: Docker, signal: AbortSignal): Promise<never> => {
	for (;;) {
		await pause(heartbeatMs, null, {signal, ref: false});
		await withTimeout(() => docker.ping());
	}
};

/** The time of the newest event, in seconds since 1970 by the engine's clock. */
const findLastTime = (chunk: string): number | null => {
	const nanoseconds = [...chunk.matchAll(/"timeNano":(\d+)/g)].at(-1)?.[1];
	return nanoseconds ? Number(nanoseconds) / 1e9 : null;
};

/** Turns a burst of events into one call, 50 ms after the first. */
const debounce = (call: () => void, signal: AbortSignal): (() => void) => {
	let isDue = false;
	return () => {
		if (isDue) return;
		isDue = true;
		setTimeout(() => {
			isDue = false;
			if (!signal.aborted) call();
		}, 50);
	};
};
