import type {ContainerFact, PublishedPort} from '../checks/model.js';
import type {DockerCommand} from '../docker/command.js';
import {
	createId,
	findNamedContainer,
	refused,
	type SimulatedContainer,
	type SimulatedEngine,
	type SimulationStep,
	succeeded,
	unclear,
} from './model.js';
import {explainNameRefusal} from './run.js';
import {startContainer} from './start-container.js';

/** What becomes of one container: null when it is gone; Docker's words; or why it can't be told. */
type Change = {container: SimulatedContainer | null} | {error: string} | {unclear: string};

type Changer = (container: SimulatedContainer, engine: SimulatedEngine, isForced: boolean) => Change;

const isUp = ({fact}: SimulatedContainer): boolean =>
	['running', 'paused', 'restarting'].includes(fact.state);

/** By `SIGTERM` whoami ends well; by force, and every other program, with 137. */
const stopped = (container: SimulatedContainer, exitCode: number): SimulatedContainer => ({
	...container,
	listening: null,
	fact: {...container.fact, state: 'exited', exitCode, published: [], addresses: []},
});

const start: Changer = (container, engine) => {
	if (container.fact.state === 'paused') {
		return {error: 'cannot start a paused container, try unpause instead'};
	}
	if (isUp(container)) return {container};
	const begun = startContainer(container, engine);
	if ('unclear' in begun) return begun;
	if (begun.error !== null) return {error: begun.error};
	return {container: container.removeAtEnd && !isUp(begun.container) ? null : begun.container};
};

const stop: Changer = container => {
	if (!isUp(container)) return {container};
	return {
		container: container.removeAtEnd ? null : stopped(container, container.listening === null ? 137 : 0),
	};
};

const changers: Record<string, Changer> = {
	start,
	stop,
	restart: (container, engine) => start(isUp(container) ? stopped(container, 0) : container, engine, false),
	kill: container => {
		if (!isUp(container)) {
			return {
				error: `cannot kill container: ${container.fact.name}: container ${container.fact.id} is not running`,
			};
		}
		return {container: container.removeAtEnd ? null : stopped(container, 137)};
	},
	pause: container => {
		const {fact} = container;
		if (fact.state === 'paused') return {error: `Container ${fact.id} is already paused`};
		if (fact.state !== 'running') return {error: `container ${fact.id} is not running`};
		return {container: {...container, fact: {...fact, state: 'paused'}}};
	},
	unpause: container => {
		const {fact} = container;
		if (fact.state !== 'paused') return {error: `Container ${fact.id} is not paused`};
		return {container: {...container, fact: {...fact, state: 'running'}}};
	},
	rm: (container, _, isForced) => {
		if (isForced || !isUp(container)) return {container: null};
		const advice =
			container.fact.state === 'paused'
				? 'container is paused and must be unpaused first'
				: 'container is running: stop the container before removing or force remove';
		return {error: `cannot remove container "/${container.fact.name}": ${advice}`};
	},
};

/** The verbs whose arguments are containers. */
export const containerVerbs: ReadonlySet<string> = new Set(Object.keys(changers));

/** `docker rm`, `stop`, `start`, `restart`, `kill`, `pause`, `unpause`: each container by itself, as Docker does. */
export const changeContainers = (
	engine: SimulatedEngine,
	{verb, flags, operands, refusal}: DockerCommand,
): SimulationStep => {
	const change = changers[verb];
	const help = `\nSee 'docker ${verb} --help'.`;
	if (!change || refusal !== null) {
		return refused(engine, `${refusal ?? `unknown command: ${verb}`}${help}`, 125);
	}
	const signal = flags.last('signal') ?? 'KILL';
	if (verb === 'kill' && !/^(?:SIG)?KILL$|^9$/.test(signal)) {
		return unclear(engine, `What whoami does on the signal ${signal} can’t be told by reading.`);
	}
	if (operands.length === 0)
		return refused(engine, `"docker ${verb}" requires at least 1 argument.${help}`, 1);
	const isForced = flags.isOn('force');
	let after = engine;
	const said: string[] = [];
	const errors: string[] = [];
	for (const name of operands) {
		const container = findNamedContainer(after, name);
		const changed = container ? change(container, after, isForced) : {error: `No such container: ${name}`};
		if ('unclear' in changed) return unclear(engine, changed.unclear);
		if ('error' in changed) {
			errors.push(`Error response from daemon: ${changed.error}`);
			continue;
		}
		said.push(name);
		after = {
			...after,
			containers: after.containers.flatMap(one =>
				one === container ? (changed.container ? [changed.container] : []) : [one],
			),
		};
	}
	return {
		engine: after,
		stdout: said.map(name => `${name}\n`).join(''),
		stderr: errors.map(line => `${line}\n`).join(''),
		exitCode: errors.length > 0 && !(verb === 'rm' && isForced) ? 1 : 0,
		unclear: null,
	};
};

/** `docker rename`. */
export const renameContainer = (engine: SimulatedEngine, [from, to]: string[]): SimulationStep => {
	if (from === undefined || to === undefined) {
		return refused(engine, '"docker rename" requires exactly 2 arguments.', 1);
	}
	const container = findNamedContainer(engine, from);
	const trouble = container ? explainNameRefusal(engine, to) : `No such container: ${from}`;
	if (trouble) return refused(engine, `Error response from daemon: ${trouble}`, 1);
	return {
		engine: {
			...engine,
			containers: engine.containers.map(one =>
				one === container ? {...one, fact: {...one.fact, name: to}} : one,
			),
		},
		stdout: '',
		stderr: '',
		exitCode: 0,
		unclear: null,
	};
};

/** `docker ps`: which containers there would be. */
export const showContainers = (engine: SimulatedEngine, args: string[]): SimulationStep => {
	const isAll = args.some(arg => arg === '--all' || /^-[a-z]*a/.test(arg));
	const shown = engine.containers.filter(({fact}) => isAll || fact.state !== 'exited');
	const rows = shown.map(({fact}) => [
		fact.id.slice(0, 12),
		fact.image,
		fact.state === 'exited' ? `exited (${fact.exitCode})` : fact.state,
		fact.published.map(formatMapping).join(', '),
		fact.name,
	]);
	return succeeded(engine, formatTable([['CONTAINER ID', 'IMAGE', 'STATUS', 'PORTS', 'NAMES'], ...rows]));
};

/** `docker port`. */
export const showPorts = (engine: SimulatedEngine, [name = '', wanted]: string[]): SimulationStep => {
	const container = findNamedContainer(engine, name);
	if (!container) return refused(engine, `Error response from daemon: No such container: ${name}`, 1);
	const door = wanted === undefined ? null : wanted.includes('/') ? wanted : `${wanted}/tcp`;
	const ports = container.fact.published.filter(port => door === null || formatContainerPort(port) === door);
	if (door !== null && ports.length === 0) {
		return refused(engine, `Error: No public port '${door}' published for ${name}`, 1);
	}
	return succeeded(
		engine,
		ports
			.map(port =>
				door === null ? `${formatContainerPort(port)} -> ${formatHostPort(port)}` : formatHostPort(port),
			)
			.join('\n'),
	);
};

/** `docker logs`: the last line is all that is known. */
export const showLog = (engine: SimulatedEngine, args: string[]): SimulationStep => {
	const name = args.findLast(arg => !arg.startsWith('-')) ?? '';
	const container = findNamedContainer(engine, name);
	if (!container) return refused(engine, `Error response from daemon: No such container: ${name}`, 1);
	return succeeded(engine, container.fact.lastLogLine ?? '');
};

const formatContainerPort = ({containerPort, protocol}: PublishedPort): string =>
	`${containerPort}/${protocol}`;

const formatHostPort = ({hostIp, hostPort}: PublishedPort): string =>
	hostIp.includes(':') ? `[${hostIp}]:${hostPort}` : `${hostIp}:${hostPort}`;

const formatMapping = (port: ContainerFact['published'][number]): string =>
	`${formatHostPort(port)}->${formatContainerPort(port)}`;

const formatTable = (rows: string[][]): string => {
	const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0)));
	return rows
		.map(row =>
			row
				.map((cell, column) => cell.padEnd(widths[column] ?? 0))
				.join('   ')
				.trimEnd(),
		)
		.join('\n');
};

const daemonError = (text: string): string => `Error response from daemon: ${text}`;

/** `docker network create`: a bridge, closed with `--internal`. */
export const createNetwork = (engine: SimulatedEngine, args: string[]): SimulationStep => {
	const internal = args.includes('--internal');
	const [name, ...others] = args.filter(arg => arg !== '--internal');
	if (name === undefined) return refused(engine, '"docker network create" requires exactly 1 argument.', 1);
	if (others.length > 0 || name.startsWith('-')) {
		return unclear(engine, 'What a network with these options does can’t be told by reading.');
	}
	if (engine.networks.some(network => network.name === name)) {
		return refused(engine, daemonError(`network with name ${name} already exists`), 1);
	}
	const networks = [...engine.networks, {name, internal}];
	return succeeded({...engine, networks, made: engine.made + 1}, createId(`network ${engine.made}`));
};

/** `docker network rm`. */
export const removeNetworks = (engine: SimulatedEngine, names: string[]): SimulationStep => {
	const missing = names.find(name => !engine.networks.some(network => network.name === name));
	if (missing !== undefined) return refused(engine, daemonError(`network ${missing} not found`), 1);
	const used = names.find(name =>
		engine.containers.some(({fact}) => fact.networkMode === name && fact.state === 'running'),
	);
	if (used !== undefined) return refused(engine, daemonError(`network ${used} has active endpoints`), 1);
	const networks = engine.networks.filter(({name}) => !names.includes(name));
	return succeeded({...engine, networks}, names.join('\n'));
};

/** `docker network connect`. */
export const connectNetwork = (engine: SimulatedEngine, args: string[]): SimulationStep => {
	const found = findContainerAndNetwork(engine, args);
	if ('stdout' in found) return found;
	const {container, network} = found;
	if (container.joined.includes(network)) {
		return refused(
			engine,
			daemonError(`endpoint with name ${container.fact.name} already exists in network ${network}`),
			1,
		);
	}
	if (container.joined.length === 0)
		return unclear(engine, 'What this container publishes then can’t be told by reading.');
	return replaceContainer(engine, container, {...container, joined: [...container.joined, network]});
};

/** `docker network disconnect`: outside of all networks nothing is published. */
export const disconnectNetwork = (engine: SimulatedEngine, args: string[]): SimulationStep => {
	const found = findContainerAndNetwork(
		engine,
		args.filter(arg => arg !== '-f' && arg !== '--force'),
	);
	if ('stdout' in found) return found;
	const {container, network} = found;
	if (!container.joined.includes(network)) {
		return refused(
			engine,
			daemonError(`container ${container.fact.id} is not connected to network ${network}`),
			1,
		);
	}
	const joined = container.joined.filter(name => name !== network);
	if (joined.length > 0)
		return unclear(engine, 'What this container publishes then can’t be told by reading.');
	const isShut = container.ports.length > 0 ? {isShut: true as const} : {};
	const fact = {...container.fact, published: [], addresses: [], ...isShut};
	return replaceContainer(engine, container, {...container, joined, fact});
};

const findContainerAndNetwork = (
	engine: SimulatedEngine,
	[network = '', name = '', ...others]: string[],
): {container: SimulatedContainer; network: string} | SimulationStep => {
	if (others.length > 0 || network.startsWith('-')) {
		return unclear(engine, 'What these options change can’t be told by reading.');
	}
	const container = findNamedContainer(engine, name);
	if (!container) return refused(engine, daemonError(`No such container: ${name}`), 1);
	if (!engine.networks.some(one => one.name === network)) {
		return refused(engine, daemonError(`network ${network} not found`), 1);
	}
	return {container, network};
};

const replaceContainer = (
	engine: SimulatedEngine,
	old: SimulatedContainer,
	changed: SimulatedContainer,
): SimulationStep =>
	succeeded({...engine, containers: engine.containers.map(one => (one === old ? changed : one))});
