import type {ContainerFact, Fact} from '../checks/model.js';
import type {Engine, EngineIdentity, FactScope} from '../session/ports.js';
import {UserError} from '../text/user-error.js';
import {askEngine, pulsePatience} from './ask-engine.js';
import {readCli, tryCli} from './cli-facts.js';
import {connectEngine} from './connect-engine.js';
import {describeTrouble} from './describe-trouble.js';
import {followEvents} from './follow-events.js';
import {readImageSnapshot} from './image-snapshot.js';
import {mapLimited} from './map-limited.js';
import {demandSameMake} from './podman.js';
import {probePorts} from './probe-ports.js';
import {platformOf, type Reached, reachDaemon} from './reach-daemon.js';
import {readContainers} from './read-containers.js';
import {readImages} from './read-images.js';
import {readLog} from './read-log.js';
import {readThings} from './read-things.js';
import {selectProbed} from './select-probed.js';

/** An engine, and the environment in which docker commands reach it. */
export type LiveEngine = Engine & {
	/** The one that was inherited; once the engine has answered, one that stays on it. */
	environment(): Record<string, string>;
};

type Options = {
	/** The environment that is inherited. */
	env: Record<string, string>;
	/** Image IDs that the ledger says our runs made. */
	ledgerImageIds: () => string[];
	/** IDs of the containers that shipped steps made. */
	stepContainerIds: () => string[];
};

/** The learner's own engine: the daemon that the CLI talks to. */
export const createLiveEngine = ({env: inherited, ledgerImageIds, stepContainerIds}: Options): LiveEngine => {
	const layersById = new Map<string, string[]>();
	let env = inherited;
	let reached: Reached | null = null;

	const reach = async (): Promise<Reached> => {
		reached ??= await reachDaemon(env, 10_000);
		// Only an engine that answers is stayed with: who has none may select another one.
		env = {...inherited, ...reached.environment};
		return reached;
	};

	/** What goes wrong is told in a sentence, and the way to the daemon is looked for anew the next time. */
	const use = async <Result>(work: (engine: Reached) => Promise<Result>): Promise<Result> => {
		let endpoint = env.DOCKER_HOST ?? 'the current context';
		let context: string | undefined;
		try {
			const engine = await reach();
			({endpoint, context} = engine);
			return await work(engine);
		} catch (error) {
			reached = null;
			if (error instanceof UserError) throw error;
			const {reason, next} = describeTrouble(error, endpoint, {context});
			throw new UserError(reason, {next, cause: error});
		}
	};

	return {
		environment: () => env,
		identity: async () => {
			reached = null;
			// At the same time: a learner who has pressed enter waits for it.
			const reading = readCli(env);
			const reaching = use(async engine => {
				await tryCli(env, engine.endpoint);
				return engine;
			});
			// That there is no CLI matters more than that there is no engine.
			reaching.catch(() => {});
			const cli = await reading;
			const engine = await reaching;
			demandSameMake(cli, engine);
			return toIdentity(engine, cli);
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
		things: () => use(({docker}) => readThings(docker)),
		changes: (onChange, signal) => {
			void followEvents(() => use(engine => connectEngine(engine, env, null)), onChange, signal);
		},
	};
};

const toIdentity = (
	{id, podman, context, environment, endpoint, local, address, inContainer, info}: Reached,
	cli: EngineIdentity['cli'],
): EngineIdentity => ({
	id,
	version: info.ServerVersion.replace(/\+.*$/, ''),
	context,
	environment,
	endpoint,
	local,
	address,
	...(inContainer ? {inContainer} : {}),
	store: (info.DriverStatus ?? []).some(([, value]) => value === 'io.containerd.snapshotter.v1')
		? 'containerd'
		: 'graphdriver',
	platform: platformOf(info),
	cli: podman === null ? cli : {...cli, podman},
	recorded: null,
});

const readFacts = async (
	engine: Reached,
	scope: FactScope,
	{
		layersById,
		ledgerIds,
		stepIds,
	}: {layersById: Map<string, string[]>; ledgerIds: string[]; stepIds: string[]},
): Promise<Fact[]> => {
	const {docker, info, address, local, inContainer, connection, clockAhead} = engine;
	// Before all else: what is not there at this time may be there a moment later, when it is looked at.
	const now = Date.now() + clockAhead;
	// An engine that hangs is not given the patience that a busy one gets.
	await askEngine(() => docker.ping(), pulsePatience(connection));
	const [images, containers] = await Promise.all([
		readImages(engine, {all: scope.allImages ?? false, layersById}),
		readContainers(engine, stepIds),
	]);
	const probed = scope.probePorts
		? selectProbed(containers, {images, ledgerIds, names: scope.portImages})
		: [];
	const asked = await mapLimited(containers, async (container): Promise<ContainerFact> => {
		if (!probed.includes(container)) return container;
		const logged = {...container, ...(await readLog(docker, container.id))};
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
	];
};
