import type {PublishedPort} from '../checks/model.js';
import {messages} from '../messages/index.js';
import {
	type CommandSimulator,
	createId,
	daemonError,
	findNamedContainer,
	refused,
	refusedByDaemon,
	type SimulatedContainer,
	type SimulatedEngine,
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

/** The verbs whose operands are containers. */
export const containerVerbs = Object.keys(changers);

/** `docker rm`, `stop`, `start`, `restart`, `kill`, `pause`, `unpause`: each container by itself, as Docker does. */
export const changeContainers: CommandSimulator = (engine, {verb, flags, operands}) => {
	const signal = flags.last('signal') ?? 'KILL';
	if (verb === 'kill' && !/^(?:SIG)?KILL$|^9$/.test(signal)) {
		return unclear(engine, messages.simulate.unclear.signal(signal));
	}
	const change = changers[verb];
	if (!change || operands.length === 0) {
		return refused(engine, `"docker ${verb}" requires at least 1 argument.\nSee 'docker ${verb} --help'.`, 1);
	}
	const isForced = flags.isOn('force');
	let after = engine;
	let stdout = '';
	let stderr = '';
	for (const name of operands) {
		const container = findNamedContainer(after, name);
		const changed = container ? change(container, after, isForced) : {error: `No such container: ${name}`};
		if ('unclear' in changed) return unclear(engine, changed.unclear);
		if ('error' in changed) {
			stderr += `${daemonError(changed.error)}\n`;
			continue;
		}
		stdout += `${name}\n`;
		after = replaceContainer(after, container, changed.container);
	}
	const exitCode = stderr !== '' && !(verb === 'rm' && isForced) ? 1 : 0;
	return {...succeeded(after, stdout), stderr, exitCode};
};

const replaceContainer = (
	engine: SimulatedEngine,
	old: SimulatedContainer | null,
	changed: SimulatedContainer | null,
): SimulatedEngine => ({
	...engine,
	containers: engine.containers.flatMap(one => (one === old ? (changed ?? []) : one)),
});

/** `docker rename`. */
export const renameContainer: CommandSimulator = (engine, {operands: [from, to]}) => {
	if (from === undefined || to === undefined) {
		return refused(engine, '"docker rename" requires exactly 2 arguments.', 1);
	}
	const container = findNamedContainer(engine, from);
	if (!container) return refusedByDaemon(engine, `No such container: ${from}`);
	const trouble = explainNameRefusal(engine, to);
	if (trouble) return refusedByDaemon(engine, trouble);
	const fact = {...container.fact, name: to};
	return succeeded(replaceContainer(engine, container, {...container, fact}));
};

/** `docker ps`: which containers there would be. */
export const showContainers: CommandSimulator = (engine, {flags}) => {
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
export const showPorts: CommandSimulator = (engine, {operands: [name = '', wanted]}) => {
	const container = findNamedContainer(engine, name);
	if (!container) return refusedByDaemon(engine, `No such container: ${name}`);
	const {published} = container.fact;
	if (wanted === undefined) {
		const lines = published.map(port => `${formatContainerPort(port)} -> ${formatHostPort(port)}`);
		return succeeded(engine, lines.join('\n'));
	}
	const wantedPort = wanted.includes('/') ? wanted : `${wanted}/tcp`;
	const ports = published.filter(port => formatContainerPort(port) === wantedPort);
	return ports.length === 0
		? refused(engine, `Error: No public port '${wantedPort}' published for ${name}`, 1)
		: succeeded(engine, ports.map(formatHostPort).join('\n'));
};

/** `docker logs`: the last line is all that is known. */
export const showLog: CommandSimulator = (engine, {operands: [name = '']}) => {
	const container = findNamedContainer(engine, name);
	return container
		? succeeded(engine, container.fact.lastLogLine ?? '')
		: refusedByDaemon(engine, `No such container: ${name}`);
};

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

/** `docker network create`: a bridge, closed with `--internal`. */
export const createNetwork: CommandSimulator = (engine, {flags, operands: [name, ...others]}) => {
	if (name === undefined) return refused(engine, '"docker network create" requires exactly 1 argument.', 1);
	if (others.length > 0 || flags.given.some(flag => flag.name !== 'internal')) {
		return unclear(engine, messages.simulate.unclear.networkOptions);
	}
	if (engine.networks.some(network => network.name === name)) {
		return refusedByDaemon(engine, `network with name ${name} already exists`);
	}
	const networks = [...engine.networks, {name, internal: flags.isOn('internal')}];
	return succeeded({...engine, networks, made: engine.made + 1}, createId(`network ${engine.made}`));
};

/** `docker network rm`. */
export const removeNetworks: CommandSimulator = (engine, {operands: names}) => {
	const missing = names.find(name => !engine.networks.some(network => network.name === name));
	if (missing !== undefined) return refusedByDaemon(engine, `network ${missing} not found`);
	const used = names.find(name =>
		engine.containers.some(({fact}) => fact.networkMode === name && fact.state === 'running'),
	);
	if (used !== undefined) return refusedByDaemon(engine, `network ${used} has active endpoints`);
	const networks = engine.networks.filter(({name}) => !names.includes(name));
	return succeeded({...engine, networks}, names.join('\n'));
};

/** `docker network connect` and `docker network disconnect`: outside of all networks nothing is published. */
export const changeNetworks: CommandSimulator = (engine, {verb, flags, operands}) => {
	const [network = '', name = '', ...others] = operands;
	if (others.length > 0 || flags.given.some(flag => flag.name !== 'force')) {
		return unclear(engine, messages.simulate.unclear.connectOptions);
	}
	const container = findNamedContainer(engine, name);
	if (!container) return refusedByDaemon(engine, `No such container: ${name}`);
	if (!engine.networks.some(one => one.name === network)) {
		return refusedByDaemon(engine, `network ${network} not found`);
	}
	const {fact, joined, ports} = container;
	const isJoining = verb === 'network connect';
	if (joined.includes(network) === isJoining) {
		return refusedByDaemon(
			engine,
			isJoining
				? `endpoint with name ${fact.name} already exists in network ${network}`
				: `container ${fact.id} is not connected to network ${network}`,
		);
	}
	const left = joined.filter(one => one !== network);
	if (isJoining === (left.length === 0)) {
		return unclear(engine, messages.simulate.unclear.lateNetwork);
	}
	const changed = isJoining
		? {...container, joined: [...joined, network]}
		: {
				...container,
				joined: [],
				fact: {...fact, published: [], addresses: [], ...(ports.length > 0 && {isShut: true as const})},
			};
	return succeeded(replaceContainer(engine, container, changed));
};
