import {findNamedContainer} from './find-named.js';
import {done, refused, unclear} from './give-result.js';
import {makeId} from './make-id.js';
import type {Simulated, SimulatedContainer, SimulatedEngine} from './model.js';

const daemon = (text: string): string => `Error response from daemon: ${text}`;

/** `docker network create`: a bridge, closed with `--internal`. */
export const createNetwork = (engine: SimulatedEngine, args: string[]): Simulated => {
	const internal = args.includes('--internal');
	const [name, ...others] = args.filter(arg => arg !== '--internal');
	if (name === undefined) return refused(engine, '"docker network create" requires exactly 1 argument.', 1);
	if (others.length > 0 || name.startsWith('-')) {
		return unclear(engine, 'What a network with these options does can’t be told by reading.');
	}
	if (engine.networks.some(network => network.name === name)) {
		return refused(engine, daemon(`network with name ${name} already exists`), 1);
	}
	const networks = [...engine.networks, {name, internal}];
	return done({...engine, networks, made: engine.made + 1}, makeId(`network ${engine.made}`));
};

/** `docker network rm`. */
export const removeNetworks = (engine: SimulatedEngine, names: string[]): Simulated => {
	const missing = names.find(name => !engine.networks.some(network => network.name === name));
	if (missing !== undefined) return refused(engine, daemon(`network ${missing} not found`), 1);
	const used = names.find(name =>
		engine.containers.some(({fact}) => fact.networkMode === name && fact.state === 'running'),
	);
	if (used !== undefined) return refused(engine, daemon(`network ${used} has active endpoints`), 1);
	const networks = engine.networks.filter(({name}) => !names.includes(name));
	return done({...engine, networks}, names.join('\n'));
};

/** `docker network connect`. */
export const connectNetwork = (engine: SimulatedEngine, args: string[]): Simulated => {
	const found = findBoth(engine, args);
	if ('stdout' in found) return found;
	const {container, network} = found;
	if (container.joined.includes(network)) {
		return refused(
			engine,
			daemon(`endpoint with name ${container.fact.name} already exists in network ${network}`),
			1,
		);
	}
	if (container.joined.length === 0)
		return unclear(engine, 'What this container publishes then can’t be told by reading.');
	return replace(engine, container, {...container, joined: [...container.joined, network]});
};

/** `docker network disconnect`: outside of all networks nothing is published. */
export const disconnectNetwork = (engine: SimulatedEngine, args: string[]): Simulated => {
	const found = findBoth(
		engine,
		args.filter(arg => arg !== '-f' && arg !== '--force'),
	);
	if ('stdout' in found) return found;
	const {container, network} = found;
	if (!container.joined.includes(network)) {
		return refused(
			engine,
			daemon(`container ${container.fact.id} is not connected to network ${network}`),
			1,
		);
	}
	const joined = container.joined.filter(name => name !== network);
	if (joined.length > 0)
		return unclear(engine, 'What this container publishes then can’t be told by reading.');
	const isShut = container.ports.length > 0 ? {isShut: true as const} : {};
	const fact = {...container.fact, published: [], addresses: [], ...isShut};
	return replace(engine, container, {...container, joined, fact});
};

const findBoth = (
	engine: SimulatedEngine,
	[network = '', name = '', ...others]: string[],
): {container: SimulatedContainer; network: string} | Simulated => {
	if (others.length > 0 || network.startsWith('-')) {
		return unclear(engine, 'What these options change can’t be told by reading.');
	}
	const container = findNamedContainer(engine, name);
	if (!container) return refused(engine, daemon(`No such container: ${name}`), 1);
	if (!engine.networks.some(one => one.name === network)) {
		return refused(engine, daemon(`network ${network} not found`), 1);
	}
	return {container, network};
};

const replace = (engine: SimulatedEngine, old: SimulatedContainer, changed: SimulatedContainer): Simulated =>
	done({...engine, containers: engine.containers.map(one => (one === old ? changed : one))});
