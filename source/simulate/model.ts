import {createHash} from 'node:crypto';
import type {ContainerFact, ImageFact} from '../checks/model.js';
import type {DockerCommand} from '../docker/command.js';
import {normalizeImageName} from '../docker/image-ref.js';

/** The settings of an image for its containers. */
export type ImageConfig = {
	/** `80/tcp`, …, in Dockerfile order. */
	exposed: string[];
	entrypoint: string[];
	command: string[];
	/** Whether the image has a shell; `scratch` has none. */
	hasShell: boolean;
};

/** An image and its settings, null if unknown. */
export type SimulatedImage = {
	fact: ImageFact;
	config: ImageConfig | null;
	/** The shipped Dockerfile and the target that it was built from; null for any other image. */
	source: {dockerfile: string; target: string} | null;
};

/** One `-p` option, parsed. */
export type PortRequest = {
	/** Empty for any address. */
	hostIp: string;
	/** The first and the last host port to choose from; null for any free one. */
	hostPorts: [number, number] | null;
	containerPort: number;
	protocol: 'tcp' | 'udp' | 'sctp';
};

/** A container, with the options it was created with: its ports are assigned at each start. */
export type SimulatedContainer = {
	fact: ContainerFact;
	ports: PortRequest[];
	publishAll: boolean;
	restart: string;
	removeAtEnd: boolean;
	hasLog: boolean;
	/** The value of `--user`; empty without it. */
	user: string;
	/** The networks it is in; none with `--network host`, `none` or `container:…`. */
	joined: string[];
	/** The port that its program listens on while it runs; null if it listens on none. */
	listening: number | null;
};

/** A simulated engine: the result of all commands so far. */
export type SimulatedEngine = {
	images: SimulatedImage[];
	containers: SimulatedContainer[];
	networks: Array<{name: string; internal: boolean}>;
	/** The hostname of a container in the host's network. */
	hostname: string;
	/** Milliseconds since 1970; advances with each command. */
	now: number;
	/** How many things were created: makes each ID unique. */
	made: number;
};

/** The result of one simulated command. */
export type SimulationStep = {
	engine: SimulatedEngine;
	stdout: string;
	stderr: string;
	exitCode: number;
	/** Why the effect of the command is unknown, as a whole sentence, with the engine unchanged; null if it is known. */
	unclear: string | null;
};

/** Simulates a docker command. Throws a `Refusal` or `Unclear`. */
export type CommandSimulator = (engine: SimulatedEngine, command: DockerCommand) => SimulationStep;

/** The learner's files, as a build reads them. Paths are relative to the lab folder. */
export type LabFiles = {
	/** Returns null if the file does not exist. */
	read(path: string): string | null;
	/** Returns the same file as the workshop ships it. */
	readShipped(path: string): string | null;
	/** Whether anything in a build context, except its Dockerfile, differs from what the workshop ships. */
	isChanged(context: string): boolean;
};

/** The result of a command that succeeds. */
export const succeeded = (engine: SimulatedEngine, stdout = ''): SimulationStep => ({
	engine,
	stdout: stdout === '' || stdout.endsWith('\n') ? stdout : `${stdout}\n`,
	stderr: '',
	exitCode: 0,
	unclear: null,
});

/** Thrown if Docker would refuse a command, or the engine could not start a container; the message has their words. */
export class Refusal extends Error {
	constructor(
		words: string,
		readonly exitCode = 125,
	) {
		super(words);
	}
}

/** Thrown if the effect of a command can't be determined by reading it; the message is a whole sentence. */
export class Unclear extends Error {}

/** Formats an error of the engine as the CLI prints it. */
export const daemonError = (words: string): string => `Error response from daemon: ${words}`;

/** Throws the engine's refusal of a command. */
export const refuseByDaemon = (words: string): never => {
	throw new Refusal(daemonError(words), 1);
};

/** The result of a command whose effect is unknown. `why`: a whole sentence. */
export const unclear = (engine: SimulatedEngine, why: string): SimulationStep => ({
	...succeeded(engine),
	unclear: why,
});

/** Finds an image by its name or the start of its ID; null if there is none. */
export const findNamedImage = ({images}: SimulatedEngine, name: string): SimulatedImage | null => {
	const full = normalizeImageName(name);
	return (
		images.find(({fact}) => fact.tags.includes(full)) ??
		(/^(?:sha256:)?[\da-f]{4,64}$/.test(name)
			? images.find(({fact}) => fact.id.startsWith(`sha256:${name.replace('sha256:', '')}`))
			: undefined) ??
		null
	);
};

/** Finds a container by its name or the start of its ID; null if there is none. */
export const findNamedContainer = ({containers}: SimulatedEngine, name: string): SimulatedContainer | null =>
	containers.find(({fact}) => fact.name === name.replace(/^\//, '')) ??
	(/^[\da-f]{2,64}$/.test(name) ? containers.find(({fact}) => fact.id.startsWith(name)) : undefined) ??
	null;

/** Like `findNamedContainer`, but refuses the command if there is none. */
export const requireContainer = (engine: SimulatedEngine, name: string): SimulatedContainer =>
	findNamedContainer(engine, name) ?? refuseByDaemon(`No such container: ${name}`);

/** Changes a container, which keeps no ports and addresses, and listens nowhere, unless the change says so. */
export const settle = (
	container: SimulatedContainer,
	change: Partial<ContainerFact>,
	listening: number | null = null,
): SimulatedContainer => ({
	...container,
	listening,
	fact: {...container.fact, published: [], addresses: [], ...change},
});

/** Returns whose network a container's program listens in: `host`, or the ID of another container or its own. */
export const findNetworkOwner = ({fact}: SimulatedContainer): string =>
	fact.networkMode === 'host' ? 'host' : (/^container:(.+)$/.exec(fact.networkMode)?.[1] ?? fact.id);

/** Returns 64 hex digits, like Docker's IDs; the same text gives the same ID. */
export const createId = (text: string): string => createHash('sha256').update(text).digest('hex');
