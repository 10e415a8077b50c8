import type {ContainerFact} from '../checks/model.js';
import type {DockerCommand, Flags} from '../docker/command.js';
import {normalizeImageName} from '../docker/image-ref.js';
import {unclearFlags} from '../docker/verbs.js';
import {messages} from '../messages/index.js';
import {
	type CommandSimulator,
	createId,
	daemonError,
	findNamedContainer,
	findNamedImage,
	type PortRequest,
	Refusal,
	type SimulatedContainer,
	type SimulatedEngine,
	type SimulatedImage,
	type SimulationStep,
	succeeded,
	Unclear,
} from './model.js';
import {parseExposed, parsePublish} from './ports.js';
import {type StartResult, startContainer} from './start-container.js';

/** `docker run` and `docker create`. */
export const simulateRun: CommandSimulator = (engine, command) => {
	const {verb} = command;
	const asked = parseRun(command);
	const image = findNamedImage(engine, asked.image);
	if (!image) throw refuseMissingImage(engine, verb, asked.image);
	if (!image.config) throw new Unclear(messages.simulate.unclear.image(asked.image));
	const name = asked.flags.last('name') ?? findUnusedName(engine);
	const nameTrouble = explainNameRefusal(engine, name);
	if (nameTrouble) throw new Refusal(formatRefusal(verb, `${nameTrouble}.`));
	const after = {...engine, made: engine.made + 1};
	const container = makeContainer(after, asked, image, name);
	const {fact} = container;
	if (fact.command.length === 0) throw new Refusal(formatRefusal(verb, 'no command specified.'));
	const [, owner] = /^container:(?![\da-f]{64}$)(.+)$/.exec(fact.networkMode) ?? [];
	if (owner !== undefined) throw new Refusal(formatRefusal(verb, `No such container: ${owner}.`));
	return verb === 'create'
		? succeeded({...after, containers: [container, ...after.containers]}, fact.id)
		: describeStart(after, startContainer(container, after), asked);
};

/** Returns the engine and the output after a container was started, or could not start. */
const describeStart = (
	engine: SimulatedEngine,
	{container, error, exitCode}: StartResult,
	{detached}: ContainerRequest,
): SimulationStep => {
	const {fact} = container;
	const isGone = container.removeAtEnd && fact.state !== 'running';
	const after = isGone ? engine : {...engine, containers: [container, ...engine.containers]};
	const step = succeeded(after, detached ? fact.id : '');
	if (error !== null)
		return {...step, stderr: `docker: ${daemonError(error.replace(/\.$/, ''))}.\n`, exitCode};
	return detached
		? step
		: {...step, stderr: fact.lastLogLine ? `${fact.lastLogLine}\n` : '', exitCode: fact.exitCode};
};

/** Explains a missing image. If the workshop itself gave the image its name, no registry has the missing tag. */
const refuseMissingImage = (engine: SimulatedEngine, verb: string, name: string): Error => {
	const repository = name.replace(/[:@][^/]*$/, '');
	const isOurs = engine.images.some(
		({fact, source}) => source !== null && fact.tags.some(tag => tag.startsWith(`${repository}:`)),
	);
	if (!isOurs) return new Unclear(messages.simulate.unclear.missingImage(name));
	const full = normalizeImageName(name);
	const said = `pull access denied for ${repository}, repository does not exist or may require 'docker login'.`;
	return new Refusal(`Unable to find image '${full}' locally\n${formatRefusal(verb, said)}`);
};

const formatRefusal = (verb: string, words: string): string =>
	verb === 'run' ? `docker: ${daemonError(words)}\nSee 'docker run --help'.` : daemonError(words);

/** Returns an unused placeholder name; Docker would make one up. */
const findUnusedName = (engine: SimulatedEngine): string => {
	for (let number = 1; ; number++) {
		const name = number === 1 ? 'unnamed' : `unnamed${number}`;
		if (!findNamedContainer(engine, name)) return name;
	}
};

/** Returns Docker's error if a container can't have this name; null if it can. */
export const explainNameRefusal = ({containers}: SimulatedEngine, name: string): string | null => {
	if (!/^[a-zA-Z0-9][\w.-]+$/.test(name)) {
		return `Invalid container name (${name}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed`;
	}
	const holder = containers.find(({fact}) => fact.name === name);
	return holder
		? `Conflict. The container name "/${name}" is already in use by container "${holder.fact.id}". You have to remove (or rename) that container to be able to reuse that name`
		: null;
};

/** The parsed arguments of a `docker run` or `docker create` that matter to the ports. */
export type ContainerRequest = {
	image: string;
	args: string[];
	detached: boolean;
	flags: Flags;
	ports: PortRequest[];
	exposed: string[];
};

/** Parses the arguments. Throws Docker's error if Docker would refuse them, or `Unclear`. */
export const parseRun = (command: DockerCommand): ContainerRequest => {
	try {
		return readRequest(command);
	} catch (error) {
		throw error instanceof Refusal
			? new Refusal(`${error.message}\nSee 'docker ${command.verb} --help'.`, error.exitCode)
			: error;
	}
};

const readRequest = ({verb, flags, operands: [image, ...args], refusal}: DockerCommand): ContainerRequest => {
	if (refusal !== null) throw new Refusal(refusal);
	if (image === undefined) throw new Refusal(`"docker ${verb}" requires at least 1 argument.`, 1);
	const foreign = flags.given.find(({name}) => unclearFlags.has(name))?.name;
	if (foreign) throw new Unclear(messages.simulate.unclear.flag(foreign));
	const ports = flags.all('publish').flatMap(parsePublish);
	const exposed = flags.all('expose').flatMap(text => {
		const range = parseExposed(text);
		if (!range) throw new Refusal(`docker: invalid range format for --expose: ${text}.`);
		return range;
	});
	checkConflicts(flags, image);
	return {image, args, detached: flags.isOn('detach'), flags, ports, exposed};
};

const checkConflicts = (flags: Flags, image: string): void => {
	const network = flags.last('network') ?? flags.last('net') ?? '';
	if (/[:=]/.test(network) && !network.startsWith('container:'))
		throw new Unclear(messages.simulate.unclear.network(network));
	const uts = flags.last('uts') ?? 'host';
	if (uts !== 'host') throw new Unclear(messages.simulate.unclear.uts(uts));
	if (network.startsWith('container:') && (flags.all('publish').length > 0 || flags.isOn('publish-all')))
		throw new Refusal('docker: conflicting options: port publishing and the container type network mode.');
	if (flags.last('pull') === 'always') throw new Unclear(messages.simulate.unclear.registry);
	if (flags.isOn('rm') && ![null, 'no', ''].includes(flags.last('restart')))
		throw new Refusal('docker: Conflicting options: --restart and --rm.');
	const repository = image.replace(/[:@][^/]*$/, '');
	if (/[A-Z]/.test(repository)) {
		const full = repository.includes('/') ? repository : `library/${repository}`;
		throw new Refusal(`docker: invalid reference format: repository name (${full}) must be lowercase.`);
	}
	if (!/^[\w][\w./:@-]*$/.test(image)) throw new Refusal('docker: invalid reference format.');
};

/** Returns a created container that has not been started. */
const makeContainer = (
	engine: SimulatedEngine,
	{image: asked, args, flags, ports, exposed}: ContainerRequest,
	{fact: image, config}: SimulatedImage,
	name: string,
): SimulatedContainer => {
	const id = createId(`container ${engine.made}`);
	const entrypoint = flags.last('entrypoint');
	const networkMode = resolveNetworkMode(engine, flags.last('network') ?? flags.last('net') ?? 'bridge');
	const ownCommand = args.length > 0 ? args : entrypoint === null ? (config?.command ?? []) : [];
	const program = entrypoint === null ? (config?.entrypoint ?? []) : entrypoint === '' ? [] : [entrypoint];
	const fact: ContainerFact = {
		fact: 'container',
		id,
		name,
		imageId: image.id,
		image: asked,
		state: 'created',
		exitCode: 0,
		error: '',
		command: [...program, ...ownCommand],
		hostname: flags.last('hostname') ?? resolveHostname(engine, id, flags.last('uts') ?? networkMode),
		addresses: [],
		networkMode,
		exposed: [
			...new Set([
				...exposed,
				...(config?.exposed ?? []),
				...ports.map(({containerPort, protocol}) => `${containerPort}/${protocol}`),
			]),
		],
		published: [],
		createdAt: engine.now,
		startedAt: null,
		lastLogLine: null,
		loggedPort: null,
		answers: [],
		madeByStep: false,
	};
	return {
		fact,
		ports,
		publishAll: flags.isOn('publish-all'),
		restart: flags.last('restart') ?? 'no',
		removeAtEnd: flags.isOn('rm'),
		hasLog: flags.last('log-driver') !== 'none',
		user: flags.last('user') ?? '',
		joined: /^(?:host|none|container:.*)$/.test(networkMode) ? [] : [networkMode],
		listening: null,
	};
};

/** Replaces the name of a container whose network is shared with its ID, as Docker does. */
const resolveNetworkMode = (engine: SimulatedEngine, network: string): string => {
	if (network === 'default') return 'bridge';
	const [, owner] = /^container:(.+)$/.exec(network) ?? [];
	return owner === undefined ? network : `container:${findNamedContainer(engine, owner)?.fact.id ?? owner}`;
};

const resolveHostname = ({hostname, containers}: SimulatedEngine, id: string, mode: string): string => {
	const owner = containers.find(({fact}) => mode === `container:${fact.id}`);
	return owner ? owner.fact.hostname : mode === 'host' ? hostname : id.slice(0, 12);
};
