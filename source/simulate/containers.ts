import type {PublishedPort} from '../checks/model.js';
import {messages} from '../messages/index.js';
import {
	type CommandSimulator,
	createId,
	daemonError,
	findNamedContainer,
	Refusal,
	refuseByDaemon,
	requireContainer,
	type SimulatedContainer,
	type SimulatedEngine,
	settle,
	succeeded,
	Unclear,
} from './model.js';
import {explainNameRefusal} from './run.js';
import {startContainer} from './start-container.js';

/** Changes one container, or returns null if it is removed. Throws a `Refusal` or `Unclear`. */
type Changer = (
	container: SimulatedContainer,
	engine: SimulatedEngine,
	isForced: boolean,
) => SimulatedContainer | null;

const refuse = (words: string): never => {
	throw new Refusal(words);
};

const isUp = ({fact}: SimulatedContainer): boolean =>
	['running', 'paused', 'restarting'].includes(fact.state);

/** Stops a container. On `SIGTERM`, whoami exits with 0, and other programs with 137; by force, all with 137. */
const stopped = (container: SimulatedContainer, exitCode: number): SimulatedContainer =>
	settle(container, {state: 'exited', exitCode});

/** Returns null for a container started with `--rm` that has ended. */
const unlessRemoved = (container: SimulatedContainer): SimulatedContainer | null =>
	container.removeAtEnd && !isUp(container) ? null : container;

const start: Changer = (container, engine) => {
	if (container.fact.state === 'paused') refuse('cannot start a paused container, try unpause instead');
	if (isUp(container)) return container;
	const begun = startContainer(container, engine);
	return begun.error === null ? unlessRemoved(begun.container) : refuse(begun.error);
};

const changers: Record<string, Changer> = {
	start,
	stop: container =>
		isUp(container) ? unlessRemoved(stopped(container, container.listening === null ? 137 : 0)) : container,
	restart: (container, engine) => start(isUp(container) ? stopped(container, 0) : container, engine, false),
	kill(container) {
		const {name, id} = container.fact;
		if (!isUp(container)) refuse(`cannot kill container: ${name}: container ${id} is not running`);
		return unlessRemoved(stopped(container, 137));
	},
	pause(container) {
		const {fact} = container;
		if (fact.state === 'paused') refuse(`Container ${fact.id} is already paused`);
		if (fact.state !== 'running') refuse(`container ${fact.id} is not running`);
		return {...container, fact: {...fact, state: 'paused'}};
	},
	unpause(container) {
		const {fact} = container;
		if (fact.state !== 'paused') refuse(`Container ${fact.id} is not paused`);
		return {...container, fact: {...fact, state: 'running'}};
	},
	rm(container, _, isForced) {
		if (isForced || !isUp(container)) return null;
		const advice =
			container.fact.state === 'paused'
				? 'container is paused and must be unpaused first'
				: 'container is running: stop the container before removing or force remove';
		return refuse(`cannot remove container "/${container.fact.name}": ${advice}`);
	},
};

/** `docker rm`, `stop`, `start`, `restart`, `kill`, `pause`, `unpause`: each container separately, as Docker does. */
const changeContainers =
	(change: Changer): CommandSimulator =>
	(engine, {verb, flags, operands}) => {
		const signal = flags.last('signal') ?? 'KILL';
		if (verb === 'kill' && !/^(?:SIG)?KILL$|^9$/.test(signal)) {
			throw new Unclear(messages.simulate.unclear.signal(signal));
		}
		if (operands.length === 0)
			throw new Refusal(`"docker ${verb}" requires at least 1 argument.\nSee 'docker ${verb} --help'.`, 1);
		const isForced = flags.isOn('force');
		let after = engine;
		let stdout = '';
		let stderr = '';
		for (const name of operands) {
			try {
				const container = findNamedContainer(after, name) ?? refuse(`No such container: ${name}`);
				after = replaceContainer(after, container, change(container, after, isForced));
				stdout += `${name}\n`;
			} catch (error) {
				if (!(error instanceof Refusal)) throw error;
				stderr += `${daemonError(error.message)}\n`;
			}
		}
		const exitCode = stderr !== '' && !(verb === 'rm' && isForced) ? 1 : 0;
		return {...succeeded(after, stdout), stderr, exitCode};
	};

const replaceContainer = (
	engine: SimulatedEngine,
	old: SimulatedContainer,
	changed: SimulatedContainer | null,
): SimulatedEngine => ({
	...engine,
	containers: engine.containers.flatMap(one => (one === old ? (changed ?? []) : one)),
});

/** `docker rename`. */
const renameContainer: CommandSimulator = (engine, {operands: [from, to]}) => {
	if (from === undefined || to === undefined)
		throw new Refusal('"docker rename" requires exactly 2 arguments.', 1);
	const container = requireContainer(engine, from);
	const trouble = explainNameRefusal(engine, to);
	if (trouble) refuseByDaemon(trouble);
	const fact = {...container.fact, name: to};
	return succeeded(replaceContainer(engine, container, {...container, fact}));
};

/** `docker ps`: lists the simulated containers. */
const showContainers: CommandSimulator = (engine, {flags}) => {
	const shown = engine.containers.filter(({fact}) => flags.isOn('all') || fact.state !== 'exited');
	const rows = shown.map(({fact}) => [
		fact.id.slice(0, 12),
		fact.image,
		fact.state === 'exited' ? `exited (${fact.exitCode})` : fact.state,
		fact.published.map(port => `${formatHostPort(port)}->${formatContainerPort(port)}`).join(', '),
		fact.name,
	]);
	return succeeded(engine, formatTable([['CONTAINER ID', 'IMAGE', 'STATUS', 'PORTS', 'NAMES'], ...rows]));
};

/** `docker port`. */
const showPorts: CommandSimulator = (engine, {operands: [name = '', wanted]}) => {
	const {published} = requireContainer(engine, name).fact;
	if (wanted === undefined) {
		const lines = published.map(port => `${formatContainerPort(port)} -> ${formatHostPort(port)}`);
		return succeeded(engine, lines.join('\n'));
	}
	const wantedPort = wanted.includes('/') ? wanted : `${wanted}/tcp`;
	const ports = published.filter(port => formatContainerPort(port) === wantedPort);
	if (ports.length === 0) throw new Refusal(`Error: No public port '${wantedPort}' published for ${name}`, 1);
	return succeeded(engine, ports.map(formatHostPort).join('\n'));
};

/** `docker logs`: prints only the last line, since no other is known. */
const showLog: CommandSimulator = (engine, {operands: [name = '']}) =>
	succeeded(engine, requireContainer(engine, name).fact.lastLogLine ?? '');

const formatContainerPort = ({containerPort, protocol}: PublishedPort): string =>
	`${containerPort}/${protocol}`;

const formatHostPort = ({hostIp, hostPort}: PublishedPort): string =>
	hostIp.includes(':') ? `[${hostIp}]:${hostPort}` : `${hostIp}:${hostPort}`;

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

/** `docker network create`: creates a bridge, internal with `--internal`. */
const createNetwork: CommandSimulator = (engine, {flags, operands: [name, ...others]}) => {
	if (name === undefined) throw new Refusal('"docker network create" requires exactly 1 argument.', 1);
	if (others.length > 0 || flags.given.some(flag => flag.name !== 'internal'))
		throw new Unclear(messages.simulate.unclear.networkOptions);
	if (engine.networks.some(network => network.name === name))
		refuseByDaemon(`network with name ${name} already exists`);
	const networks = [...engine.networks, {name, internal: flags.isOn('internal')}];
	return succeeded({...engine, networks, made: engine.made + 1}, createId(`network ${engine.made}`));
};

/** `docker network rm`. */
const removeNetworks: CommandSimulator = (engine, {operands: names}) => {
	const missing = names.find(name => !engine.networks.some(network => network.name === name));
	if (missing !== undefined) refuseByDaemon(`network ${missing} not found`);
	const used = names.find(name =>
		engine.containers.some(({fact}) => fact.networkMode === name && fact.state === 'running'),
	);
	if (used !== undefined) refuseByDaemon(`network ${used} has active endpoints`);
	const networks = engine.networks.filter(({name}) => !names.includes(name));
	return succeeded({...engine, networks}, names.join('\n'));
};

/** `docker network connect` and `disconnect`. A container in no network publishes nothing. */
const changeNetworks: CommandSimulator = (engine, {verb, flags, operands}) => {
	const [network = '', name = '', ...others] = operands;
	if (others.length > 0 || flags.given.some(flag => flag.name !== 'force'))
		throw new Unclear(messages.simulate.unclear.connectOptions);
	const container = requireContainer(engine, name);
	if (!engine.networks.some(one => one.name === network)) refuseByDaemon(`network ${network} not found`);
	const {fact, joined, ports} = container;
	const isJoining = verb === 'network connect';
	if (joined.includes(network) === isJoining)
		refuseByDaemon(
			isJoining
				? `endpoint with name ${fact.name} already exists in network ${network}`
				: `container ${fact.id} is not connected to network ${network}`,
		);
	const left = joined.filter(one => one !== network);
	if (isJoining === (left.length === 0)) throw new Unclear(messages.simulate.unclear.lateNetwork);
	const changed = isJoining
		? {...container, joined: [...joined, network]}
		: {
				...container,
				joined: [],
				fact: {...fact, published: [], addresses: [], ...(ports.length > 0 && {isShut: true as const})},
			};
	return succeeded(replaceContainer(engine, container, changed));
};

/** The simulators of commands on containers and networks, by verb. */
export const containerSimulators: Record<string, CommandSimulator> = {
	...Object.fromEntries(Object.entries(changers).map(([verb, change]) => [verb, changeContainers(change)])),
	rename: renameContainer,
	ps: showContainers,
	port: showPorts,
	logs: showLog,
	'network create': createNetwork,
	'network rm': removeNetworks,
	'network connect': changeNetworks,
	'network disconnect': changeNetworks,
};
