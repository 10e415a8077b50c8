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

/** `build`: null for a command that builds nothing. */
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

/** What a docker command would make of an engine, worked out by reading it. Nothing runs. */
export const simulateCommand = (
	before: SimulatedEngine,
	{docker, build}: CommandRequest,
	lab: LabFiles,
): SimulationStep => {
	// Each command has its second: which came first tells what a refused one was about.
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

/** A build that the workshop ships: which name it gives to what. */
export type ShippedBuild = {tag: string; dockerfile: string; target: string | undefined; text: string};

/** The engine as a recording left it, ready to be thought on. `builds`: where its images come from. */
export const createSimulatedEngine = (facts: Fact[], builds: ShippedBuild[]): SimulatedEngine => {
	const engine = facts.find(fact => fact.fact === 'engine');
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
		networks: [{name: 'bridge', internal: false}],
		hostname: engine?.hostname ?? '',
		now: engine?.now ?? 0,
		made: 0,
	};
};

/** A container that really ran: what it was asked for is what it got. */
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
	joined: fact.networkMode === 'default' ? ['bridge'] : [fact.networkMode],
	listening: fact.state === 'running' ? (fact.loggedPort ?? findFirstExposed(fact.exposed)) : null,
});

const findFirstExposed = ([first]: string[]): number | null =>
	first === undefined ? null : Number.parseInt(first, 10);

/** Milliseconds after which nothing is just starting any more. */
const settlingMs = 60_000;

/** What a judge would find on the engine. `imageIds`: what the ledger says that runs made. */
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
];

/** With `--network container:…` both have the other's addresses and published ports. */
const describeContainer = (container: SimulatedContainer, engine: SimulatedEngine): ContainerFact => {
	const place = findNetworkOwner(container);
	const owner = engine.containers.find(({fact}) => fact.id === place)?.fact ?? container.fact;
	const fact = {...container.fact, addresses: owner.addresses, published: owner.published};
	if (fact.state !== 'running') return fact;
	const {listening} = container;
	const ports =
		place === 'host' && listening !== null
			? [{hostIp: '0.0.0.0', hostPort: listening, containerPort: listening}]
			: fact.published.filter(({protocol}) => protocol === 'tcp');
	return {...fact, answers: ports.map(port => createAnswer(port, place, engine))};
};

/** What a published TCP port answers: whoami, or curl's “nobody listens there”. */
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

/** What a command that was read would have done, in whole sentences for the learner. */
export const summarizeResult = (
	before: SimulatedEngine,
	{engine, stdout, stderr, unclear}: SimulationStep,
): string[] => {
	if (unclear !== null) return [unclear];
	const made = engine.containers.filter(({fact}) => !before.containers.some(one => one.fact.id === fact.id));
	const said = stderr.trimEnd();
	// A new container's ID is all that Docker would print, and there is no such container.
	const printed = made.length > 0 ? '' : stdout.trimEnd();
	return [
		...made.flatMap(describeNewContainer),
		...(said === '' ? [] : [messages.simulate.wouldSay, ...indent(said)]),
		...(printed === '' ? [] : [messages.simulate.wouldPrint, ...indent(printed)]),
	];
};

/** Line by line: a pane cuts long ones. */
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
