import path from 'node:path';
import type {ContainerFact, Fact, ImageFact} from '../../../source/checks/model.js';
import {type DockerCommand, parseDockerCommand} from '../../../source/docker/command.js';
import {messages} from '../../../source/messages/index.js';
import type {CleanupItem, CleanupResult, LedgerEntry} from '../../../source/ownership/ledger.js';
import type {CleanupPlan} from '../../../source/ownership/plan-cleanup.js';
import {selectActiveEntries} from '../../../source/ownership/rules.js';
import {planBuild} from '../../../source/session/plan/build-plan.js';
import type {Engine, EngineIdentity, FactScope} from '../../../source/session/ports.js';
import {assignNames, type BuildRequest} from '../../../source/simulate/images.js';
import {createId, type SimulatedEngine} from '../../../source/simulate/model.js';
import {
	createSimulatedEngine,
	describeEngine,
	type ShippedBuild,
	simulateCommand,
} from '../../../source/simulate/simulated-engine.js';
import {UserError} from '../../../source/text/user-error.js';
import type {FakeLab} from './fake-lab.js';

export type FakeEngine = Engine & {
	/** The names of its objects. */
	names(): {images: string[]; containers: string[]; volumes: string[]; networks: string[]};
	/** Simulates a docker command; null if its effect is unknown. `folder`: absolute. */
	run(argv: string[], folder?: string): {exitCode: number; stdout: string; stderr: string} | null;
	/**
	 * Adds the objects that a recorded command created and whose IDs it printed; other images of the recorded engine are
	 * ignored.
	 */
	learn(facts: Fact[], printed: string): void;
	/** Adds an object of the learner's. */
	addImage(image: Partial<ImageFact>): void;
	addContainer(container: Partial<ContainerFact>): void;
	addVolume(name: string): void;
	/** Makes it stop answering. */
	stop(error?: UserError): void;
	start(): void;
	/** Changes its identity or address. */
	become(identity: Partial<EngineIdentity>): void;
	/** Carries out a clean-up plan. */
	carryOut(plan: CleanupPlan, onRemoved: (item: CleanupItem) => void): Promise<CleanupResult>;
	/** The requested facts, oldest first. */
	asked: FactScope[];
};

export type FakeEngineOptions = {
	identity: EngineIdentity;
	lab: FakeLab;
	/** The workshop's builds, which define the content of its images. */
	builds?: ShippedBuild[];
	entries?: () => LedgerEntry[];
	/** Milliseconds since 1970. */
	now?: number;
};

const trouble = () =>
	new UserError(
		messages.engine.problems.notRunning({
			endpoint: 'unix:///var/run/docker.sock',
			context: 'default',
			platform: 'linux',
			words: '',
		}),
	);

/** The identity and state of a fake engine. */
type Held = {
	identity: EngineIdentity;
	state: SimulatedEngine;
	/** Name → creation time. */
	volumes: Map<string, string>;
	/** Why it does not answer; null if it does. */
	gone: UserError | null;
	change(next: SimulatedEngine): void;
};

/** Creates an engine with images, containers, volumes and networks, on which commands are simulated. */
export const createFakeEngine = (options: FakeEngineOptions): FakeEngine => {
	const {identity, builds = [], now = 0} = options;
	const listeners = new Set<() => void>();
	const held: Held = {
		identity,
		state: {...createSimulatedEngine([], builds), hostname: 'fake-host', now},
		volumes: new Map(),
		gone: null,
		change(next) {
			held.state = next;
			for (const listener of listeners) listener();
		},
	};
	return {
		...createAnswers(held, options),
		...createControls(held, options),
		describeBuild: async () => null,
		changes(onChange, signal) {
			listeners.add(onChange);
			signal.addEventListener('abort', () => listeners.delete(onChange), {once: true});
		},
	};
};

const demand = ({gone}: Held): void => {
	if (gone) throw gone;
};

/** The part that a session uses. */
const createAnswers = (held: Held, {entries = () => []}: FakeEngineOptions) => {
	const asked: FactScope[] = [];
	return {
		asked,
		async identity() {
			demand(held);
			return held.identity;
		},
		async facts(scope) {
			asked.push(scope);
			if (held.gone) return [{fact: 'engine-gone', reason: held.gone.message}];
			const facts = factsOf(held, selectActiveEntries(entries()));
			return facts.filter(({fact}) => fact !== 'objects' || scope.objects);
		},
		async images() {
			demand(held);
			const images = held.state.images.map(({fact}) => fact);
			return {
				ids: images.map(({id}) => id),
				names: Object.fromEntries(images.flatMap(({id, tags}) => tags.map(tag => [tag, id]))),
			};
		},
		async things() {
			demand(held);
			const {containers, networks} = held.state;
			return {
				containers: Object.fromEntries(containers.map(({fact}) => [fact.name, fact.id])),
				volumes: Object.fromEntries(held.volumes),
				networks: Object.fromEntries(networks.map(({name}) => [name, createId(`network ${name}`)])),
			};
		},
	} satisfies Partial<FakeEngine>;
};

/** The part that a test uses. */
const createControls = (held: Held, {lab, builds = [], now = 0}: FakeEngineOptions) => {
	const files = {
		read: lab.read,
		readShipped: lab.readShipped,
		isChanged: (context: string) =>
			lab.files().some(({path: file, state}) => file.startsWith(`${context}/`) && state !== 'ours'),
	};
	const add = (facts: Fact[]): void => {
		const {images, containers} = createSimulatedEngine(facts, builds);
		const {state} = held;
		held.change({
			...state,
			images: [...images, ...state.images],
			containers: [...containers, ...state.containers],
		});
	};
	const addVolume = (name: string) => void held.volumes.set(name, new Date(now).toISOString());
	return {
		names: () => ({
			images: held.state.images.flatMap(({fact}) => (fact.tags.length > 0 ? fact.tags : ['<none>'])).sort(),
			containers: held.state.containers.map(({fact}) => fact.name).sort(),
			volumes: [...held.volumes.keys()].sort(),
			networks: held.state.networks.map(({name}) => name).sort(),
		}),
		run(argv, folder = lab.path) {
			const docker = parseDockerCommand(argv);
			if (!docker) return null;
			if (docker.verb === 'volume create') {
				addVolume(docker.operands[0] ?? '');
				return {exitCode: 0, stdout: `${docker.operands[0]}\n`, stderr: ''};
			}
			const build = docker.verb === 'build' ? askedBuild(docker, folder, lab.path) : null;
			const {engine, exitCode, stdout, stderr, unclear} = simulateCommand(held.state, {docker, build}, files);
			if (unclear !== null) return null;
			held.change(engine);
			return {exitCode, stdout, stderr};
		},
		learn(facts, printed) {
			const whole = completeIds(facts, [...held.state.images.map(({fact}) => fact.id), printed].join('\n'));
			held.change(learn(held.state, createSimulatedEngine(whole, builds), printed));
		},
		addImage: image =>
			add([
				{
					fact: 'image',
					id: `sha256:${createId(JSON.stringify(image))}`,
					tags: [],
					layers: [],
					bytes: 1,
					...image,
				},
			]),
		addContainer: container => add([sampleContainer(container)]),
		addVolume,
		stop(error = trouble()) {
			held.gone = error;
			held.change(held.state);
		},
		start() {
			held.gone = null;
			held.change(held.state);
		},
		become(more) {
			held.identity = {...held.identity, ...more};
		},
		async carryOut(plan, onRemoved) {
			demand(held);
			const {next, removed, kept} = carryOut(held.state, plan);
			for (const {name} of plan.volumes) held.volumes.delete(name);
			held.change(next);
			removed.forEach(onRemoved);
			return {removed, kept: [...plan.kept, ...kept]};
		},
	} satisfies Partial<FakeEngine>;
};

/** A running container of the learner's without published ports. */
const sampleContainer = (more: Partial<ContainerFact>): ContainerFact => ({
	fact: 'container',
	id: createId(`container ${JSON.stringify(more)}`),
	name: 'mine',
	imageId: `sha256:${createId('image')}`,
	image: 'alpine:3.13',
	state: 'running',
	exitCode: 0,
	error: '',
	command: ['sleep', '1000'],
	hostname: 'mine',
	addresses: [],
	networkMode: 'default',
	exposed: [],
	published: [],
	createdAt: 0,
	startedAt: 0,
	lastLogLine: null,
	loggedPort: null,
	answers: [],
	madeByStep: false,
	...more,
});

/** The simulated objects as facts of a real engine. */
const factsOf = ({state, identity: {address, local}, volumes}: Held, living: LedgerEntry[]): Fact[] => {
	const ours = living.flatMap(entry => (entry.kind === 'image' ? [entry.id] : []));
	const ofSteps = new Set(
		living.flatMap(entry => (entry.kind === 'container' && entry.stepId !== null ? [entry.id] : [])),
	);
	return describeEngine(state, ours).map((fact): Fact => {
		if (fact.fact === 'engine')
			return {fact: 'engine', hostname: fact.hostname, address, local, now: fact.now};
		if (fact.fact === 'objects') return {...fact, volumes: [...volumes.keys()]};
		return fact.fact === 'container' ? {...fact, madeByStep: ofSteps.has(fact.id)} : fact;
	});
};

const askedBuild = (docker: DockerCommand, folder: string, labFolder: string): BuildRequest => {
	const cli = {version: '', buildx: null};
	const below = path.posix.relative(labFolder, folder);
	const {dockerfile, target, tags} = planBuild(docker, {builder: 'buildkit', cli, folder: below});
	const context = dockerfile === null ? null : path.posix.dirname(dockerfile);
	return {dockerfile, context, target, tags, buildArgs: docker.flags.all('build-arg')};
};

/** Recordings have 12 digits of each image’s ID; `known` contains the whole ones. */
const completeIds = (facts: Fact[], known: string): Fact[] => {
	const complete = (id: string): string => new RegExp(`${id}[\\da-f]*`).exec(known)?.[0] ?? id;
	return facts.map(fact => {
		if (fact.fact === 'image') return {...fact, id: complete(fact.id)};
		return fact.fact === 'container' ? {...fact, imageId: complete(fact.imageId)} : fact;
	});
};

const learn = (before: SimulatedEngine, recorded: SimulatedEngine, printed: string): SimulatedEngine => {
	const isKnown = ({fact}: SimulatedEngine['images'][number]) =>
		before.images.some(one => one.fact.id === fact.id) ||
		printed.includes(fact.id.slice(7, 19)) ||
		// A container that has just been started needs its image.
		recorded.containers.some(one => one.fact.imageId === fact.id && printed.includes(one.fact.id));
	const made = recorded.images.filter(isKnown).map(image => {
		const known = before.images.find(one => one.fact.id === image.fact.id)?.fact.tags;
		// The facts of a recording are those after all commands of its step.
		const isGiven = (tag: string) =>
			!known || known.includes(tag) || printed.includes(tag.replace(/:latest$/, ''));
		return {...image, fact: {...image.fact, tags: image.fact.tags.filter(isGiven)}};
	});
	const given = new Set(made.flatMap(({fact}) => fact.tags));
	const staying = before.images
		.filter(({fact}) => !made.some(one => one.fact.id === fact.id))
		.map(image => ({...image, fact: {...image.fact, tags: image.fact.tags.filter(tag => !given.has(tag))}}));
	const images = [...made, ...staying];
	const containers = recorded.containers.filter(({fact}) => images.some(one => one.fact.id === fact.imageId));
	const isNew = (id: string) => !containers.some(({fact}) => fact.id === id);
	return {
		...before,
		now: recorded.now,
		images,
		containers: [...containers, ...before.containers.filter(({fact}) => isNew(fact.id))],
	};
};

/** Removes objects in the order of a real clean-up: an image last, once no name and no container refers to it. */
const carryOut = (state: SimulatedEngine, plan: CleanupPlan): CleanupResult & {next: SimulatedEngine} => {
	const isPlanned = (list: Array<{id: string}>) => (id: string) => list.some(one => one.id === id);
	const [isContainer, isNetwork, isImage] = [plan.containers, plan.networks, plan.images].map(isPlanned) as [
		(id: string) => boolean,
		(id: string) => boolean,
		(id: string) => boolean,
	];
	const containers = state.containers.filter(({fact}) => !isContainer(fact.id));
	let images = state.images;
	for (const {name, restoreTo} of plan.names) images = assignNames(images, restoreTo ?? '', [name]);
	const isFree = ({fact}: SimulatedEngine['images'][number]) =>
		fact.tags.length === 0 && !containers.some(one => one.fact.imageId === fact.id);
	const staying = images.filter(image => !isImage(image.fact.id) || !isFree(image));
	const isLeft = (id: string) => staying.some(({fact}) => fact.id === id);
	const items: CleanupItem[] = [
		...plan.containers.map(({id, name}): CleanupItem => ({kind: 'container', id, name})),
		...plan.networks.map(({id, name}): CleanupItem => ({kind: 'network', id, name})),
		...plan.volumes.map(({name}): CleanupItem => ({kind: 'volume', id: name, name})),
		...plan.names.map(({id, name}): CleanupItem => ({kind: 'name', id, name})),
		...plan.images.map(({id, name}): CleanupItem => ({kind: 'image', id, name})),
	];
	const inUse = items.filter(({kind, id}) => kind === 'image' && isLeft(id));
	return {
		next: {
			...state,
			containers,
			images: staying,
			networks: state.networks.filter(({name}) => !isNetwork(createId(`network ${name}`))),
		},
		removed: items.filter(item => !inUse.includes(item)),
		kept: inUse.map(item => ({...item, reason: 'it is in use'})),
	};
};
