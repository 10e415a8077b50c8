import type {Answer, ContainerFact, Fact, PublishedPort} from '../checks/model.js';
import type {DockerCommand} from '../docker/command.js';
import {normalizeImageName} from '../docker/image-ref.js';
import {verbs} from '../docker/verbs.js';
import {messages} from '../messages/index.js';
import {parseDockerfile} from '../stages/dockerfile/parse-dockerfile.js';
import {containerSimulators} from './containers.js';
import {
	type BuildRequest,
	findKnownConfig,
	readConfig,
	removeImages,
	simulateBuild,
	tagImage,
} from './images.js';
import {
	type CommandSimulator,
	findNetworkOwner,
	type LabFiles,
	Refusal,
	type SimulatedContainer,
	type SimulatedEngine,
	type SimulationStep,
	succeeded,
	Unclear,
	unclear,
} from './model.js';
import {simulateRun} from './run.js';

/** A command to simulate. `build`: null if it builds nothing. */
export type CommandRequest = {docker: DockerCommand; build: BuildRequest | null};

const simulators = new Map<string, CommandSimulator>(
	Object.entries({
		...containerSimulators,
		run: simulateRun,
		create: simulateRun,
		tag: tagImage,
		'image rm': removeImages,
	}),
);

/** Works out the effect of a docker command on an engine by reading it. Nothing runs. */
export const simulateCommand = (
	before: SimulatedEngine,
	{docker, build}: CommandRequest,
	lab: LabFiles,
): SimulationStep => {
	// Each command takes a second, so that the order of containers and refused commands is known.
	const engine = {...before, now: before.now + 1000};
	try {
		return readCommand(engine, {docker, build}, lab);
	} catch (error) {
		if (error instanceof Unclear) return unclear(engine, error.message);
		if (!(error instanceof Refusal)) throw error;
		return {...succeeded(engine), stderr: `${error.message}\n`, exitCode: error.exitCode};
	}
};

const readCommand = (
	engine: SimulatedEngine,
	{docker, build}: CommandRequest,
	lab: LabFiles,
): SimulationStep => {
	const {verb, args, refusal} = docker;
	const unreadable = args.find(arg => /[$`]/.test(arg));
	if (unreadable !== undefined) throw new Unclear(messages.simulate.unclear.shellWord(unreadable));
	if (verbs[verb]?.isReadOnly) return succeeded(engine);
	if (build) return simulateBuild(engine, build, lab);
	const simulate = simulators.get(verb);
	if (!simulate) throw new Unclear(messages.simulate.unclear.command(verb));
	if (refusal !== null) throw new Refusal(`${refusal}\nSee 'docker ${verb} --help'.`);
	return simulate(engine, docker);
};

/** A build that the workshop ships, and the name that it gives to the image. */
export type ShippedBuild = {tag: string; dockerfile: string; target: string | undefined; text: string};

/** Creates a simulated engine from the facts of a recording. `builds`: where its images come from. */
export const createSimulatedEngine = (facts: Fact[], builds: ShippedBuild[]): SimulatedEngine => {
	const engine = facts.find(fact => fact.fact === 'engine');
	const objects = facts.find(fact => fact.fact === 'objects');
	return {
		images: facts
			.filter(fact => fact.fact === 'image')
			.map(fact => {
				const build = builds.find(({tag}) => fact.tags.includes(normalizeImageName(tag)));
				const graph = build && parseDockerfile(build.text, {target: build.target});
				return {
					fact,
					config: graph
						? readConfig(graph, new Map(), findKnownConfig)
						: (fact.tags.map(findKnownConfig).find(Boolean) ?? null),
					source: build && graph ? {dockerfile: build.dockerfile, target: graph.target} : null,
				};
			}),
		containers: facts.filter(fact => fact.fact === 'container').map(toSimulatedContainer),
		networks: [...new Set(['bridge', ...(objects?.networks ?? [])])].map(name => ({name, internal: false})),
		hostname: engine?.hostname ?? '',
		now: engine?.now ?? 0,
		made: 0,
	};
};

/** Converts a container that really ran, as if it had requested the ports that it got. */
const toSimulatedContainer = (fact: Extract<Fact, {fact: 'container'}>): SimulatedContainer => ({
	fact,
	ports: fact.published
		.filter(({hostIp}) => hostIp !== '::')
		.map(({hostIp, hostPort, containerPort, protocol}) => ({
			hostIp: hostIp === '0.0.0.0' ? '' : hostIp,
			hostPorts: [hostPort, hostPort],
			containerPort,
			protocol,
		})),
	publishAll: false,
	restart: 'no',
	removeAtEnd: false,
	hasLog: true,
	user: '',
	joined: fact.networks ?? [fact.networkMode === 'default' ? 'bridge' : fact.networkMode],
	listening: fact.state === 'running' ? (fact.loggedPort ?? findFirstExposed(fact.exposed)) : null,
});

const findFirstExposed = ([first]: string[]): number | null =>
	first === undefined ? null : Number.parseInt(first, 10);

/** Milliseconds after which no container counts as just starting. */
const settlingMs = 60_000;

/** Returns the facts that checks would find on the engine. `imageIds`: the images that runs made, from the ledger. */
export const describeEngine = (engine: SimulatedEngine, imageIds: string[]): Fact[] => [
	{
		fact: 'engine',
		hostname: engine.hostname,
		address: '127.0.0.1',
		local: true,
		now: engine.now + settlingMs,
		isSimulated: true,
	},
	{fact: 'ledger', imageIds},
	...engine.images.map(({fact}) => fact),
	...engine.containers.map(container => describeContainer(container, engine)),
	{fact: 'objects', networks: engine.networks.map(({name}) => name), volumes: null},
];

/** With `--network container:…`, a container has the addresses and published ports of the other one. */
const describeContainer = (container: SimulatedContainer, engine: SimulatedEngine): ContainerFact => {
	const place = findNetworkOwner(container);
	const owner = engine.containers.find(({fact}) => fact.id === place)?.fact ?? container.fact;
	const fact = {
		...container.fact,
		addresses: owner.addresses,
		published: owner.published,
		networks: container.joined,
	};
	if (fact.state !== 'running') return fact;
	const {listening} = container;
	const ports =
		place === 'host' && listening !== null
			? [{hostIp: '0.0.0.0', hostPort: listening, containerPort: listening}]
			: fact.published.filter(({protocol}) => protocol === 'tcp');
	return {...fact, answers: ports.map(port => createAnswer(port, place, engine))};
};

/** Returns the answer of a published TCP port: whoami's, or a reset connection if nothing listens. */
const createAnswer = (
	{hostIp, hostPort, containerPort}: Omit<PublishedPort, 'protocol'>,
	place: string,
	{containers}: SimulatedEngine,
): ContainerFact['answers'][number] => {
	const server = containers.find(
		one => one.fact.state === 'running' && findNetworkOwner(one) === place && one.listening === containerPort,
	);
	const answer: Omit<Answer, 'address'> = server
		? {
				status: 200,
				firstLine: `Hostname: ${server.fact.hostname}`,
				hostname: server.fact.hostname,
				addresses: containers.find(({fact}) => fact.id === place)?.fact.addresses ?? [],
			}
		: {status: null, firstLine: 'ECONNRESET', hostname: null, addresses: []};
	return {...answer, address: formatAddress(hostIp, hostPort), hostPort, containerPort};
};

const formatAddress = (hostIp: string, port: number): string => {
	if (hostIp.includes(':')) return `[::1]:${port}`;
	return `${hostIp === '0.0.0.0' ? '127.0.0.1' : hostIp}:${port}`;
};

/** Describes to the learner, in whole sentences, what a simulated command would have done. */
export const summarizeResult = (
	before: SimulatedEngine,
	{engine, stdout, stderr, unclear}: SimulationStep,
): string[] => {
	if (unclear !== null) return [unclear];
	const made = engine.containers.filter(({fact}) => !before.containers.some(one => one.fact.id === fact.id));
	const said = stderr.trimEnd();
	// Docker would print only the ID of the new container, which does not exist.
	const printed = made.length > 0 ? '' : stdout.trimEnd();
	return [
		...made.flatMap(describeNewContainer),
		...(said === '' ? [] : [messages.simulate.wouldSay, ...indent(said)]),
		...(printed === '' ? [] : [messages.simulate.wouldPrint, ...indent(printed)]),
	];
};

/** One sentence a line, because a pane cuts long lines. */
const describeNewContainer = ({fact, listening}: SimulatedContainer): string[] => {
	const {wouldBe, wouldListen, published, nothingPublished} = messages.simulate;
	const there = wouldBe(fact.name, fact.state);
	if (fact.state !== 'running') return [there];
	return [
		there,
		...(listening === null ? [] : [wouldListen(listening)]),
		fact.published.length > 0 ? published(fact.published) : nothingPublished,
	];
};

const indent = (text: string): string[] => text.split('\n').map(line => `  ${line}`);
