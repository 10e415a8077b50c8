import {createHash} from 'node:crypto';
import type {ContainerFact, ImageFact} from '../checks/model.js';
import type {DockerCommand} from '../docker/command.js';
import {normalizeImageName} from '../docker/image-ref.js';

/** What an image says about the containers made of it. */
export type ImageConfig = {
	/** `80/tcp`, … in the order of the Dockerfile. */
	exposed: string[];
	entrypoint: string[];
	command: string[];
	/** Whether there is a shell in it; `scratch` has none. */
	hasShell: boolean;
};

/** An image, and what it says: null when that can't be told. */
export type SimulatedImage = {
	fact: ImageFact;
	config: ImageConfig | null;
	/** The Dockerfile and the target it was built from, as the workshop ships them; null for all others. */
	source: {dockerfile: string; target: string} | null;
};

/** One `-p`, taken apart. */
export type PortRequest = {
	/** Empty: any address. */
	hostIp: string;
	/** The first and the last host port to choose from; null: any free one. */
	hostPorts: [number, number] | null;
	containerPort: number;
	protocol: 'tcp' | 'udp' | 'sctp';
};

/** A container, and what was asked for when it was made: its ports are given out at each start. */
export type SimulatedContainer = {
	fact: ContainerFact;
	ports: PortRequest[];
	publishAll: boolean;
	restart: string;
	removeAtEnd: boolean;
	hasLog: boolean;
	/** As `--user` says; empty without. */
	user: string;
	/** The networks it is in; none of the host's, of no one, and of another container. */
	joined: string[];
	/** The port that its program listens on while it runs; null when on none. */
	listening: number | null;
};

/** An engine that is only thought of: what all commands so far would have made. */
export type SimulatedEngine = {
	images: SimulatedImage[];
	containers: SimulatedContainer[];
	networks: Array<{name: string; internal: boolean}>;
	/** What a container in the host's network calls itself. */
	hostname: string;
	/** Milliseconds since 1970; goes on with each command. */
	now: number;
	/** How many things were made: each gets an ID of its own. */
	made: number;
};

/** What one command would do. */
export type SimulationStep = {
	engine: SimulatedEngine;
	stdout: string;
	stderr: string;
	exitCode: number;
	/** Why it can't be told what the command would do, as a whole sentence; null when it can. The engine is as before. */
	unclear: string | null;
};

/** Reads what a docker command would do. Throws a `Refusal`, or `Unclear`. */
export type CommandSimulator = (engine: SimulatedEngine, command: DockerCommand) => SimulationStep;

/** The learner's files, as a build reads them. Paths are relative to the lab folder. */
export type LabFiles = {
	/** Null when it is not there. */
	read(path: string): string | null;
	/** The same file as the workshop ships it. */
	readShipped(path: string): string | null;
	/** Whether anything in a build context differs from what the workshop ships, its Dockerfile aside. */
	isChanged(context: string): boolean;
};

/** The command does what it says. */
export const succeeded = (engine: SimulatedEngine, stdout = ''): SimulationStep => ({
	engine,
	stdout: stdout === '' || stdout.endsWith('\n') ? stdout : `${stdout}\n`,
	stderr: '',
	exitCode: 0,
	unclear: null,
});

/** Docker refuses a command, or the engine can't start a container: in its words. Thrown while a command is read. */
export class Refusal extends Error {
	constructor(
		words: string,
		readonly exitCode = 125,
	) {
		super(words);
	}
}

/** It can't be told by reading what a command does: a whole sentence. Thrown while a command is read. */
export class Unclear extends Error {}

/** A sentence of the engine's, as the CLI prints it. */
export const daemonError = (words: string): string => `Error response from daemon: ${words}`;

/** The engine refuses the command. */
export const refuseByDaemon = (words: string): never => {
	throw new Refusal(daemonError(words), 1);
};

/** It can't be told by reading. `why`: a whole sentence. */
export const unclear = (engine: SimulatedEngine, why: string): SimulationStep => ({
	...succeeded(engine),
	unclear: why,
});

/** An image by its name or the beginning of its ID; null when there is none. */
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

/** A container by its name or the beginning of its ID; null when there is none. */
export const findNamedContainer = ({containers}: SimulatedEngine, name: string): SimulatedContainer | null =>
	containers.find(({fact}) => fact.name === name.replace(/^\//, '')) ??
	(/^[\da-f]{2,64}$/.test(name) ? containers.find(({fact}) => fact.id.startsWith(name)) : undefined) ??
	null;

/** The same, where the engine refuses a command without one. */
export const requireContainer = (engine: SimulatedEngine, name: string): SimulatedContainer =>
	findNamedContainer(engine, name) ?? refuseByDaemon(`No such container: ${name}`);

/** A container after a change; it listens nowhere and has no ports and addresses but those that it is given. */
export const settle = (
	container: SimulatedContainer,
	change: Partial<ContainerFact>,
	listening: number | null = null,
): SimulatedContainer => ({
	...container,
	listening,
	fact: {...container.fact, published: [], addresses: [], ...change},
});

/** Where a container's program listens: in a place of its own, in that of another container, or in the host's. */
export const findNetworkOwner = ({fact}: SimulatedContainer): string =>
	fact.networkMode === 'host' ? 'host' : (/^container:(.+)$/.exec(fact.networkMode)?.[1] ?? fact.id);

/** 64 hex digits as Docker's IDs have, the same for the same text. */
export const createId = (text: string): string => createHash('sha256').update(text).digest('hex');
