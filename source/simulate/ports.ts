import type {PublishedPort} from '../checks/model.js';
import {messages} from '../messages/index.js';
import {type PortRequest, Refusal, type SimulatedContainer, type SimulatedEngine, Unclear} from './model.js';

type Range = [number, number];

const highestPort = 65_535;

/**
 * Parses a `-p` option: `[[address:]host port:]container port[/protocol]`, ranges included. Throws Docker's error if
 * Docker would refuse it.
 */
export const parsePublish = (text: string): PortRequest[] => {
	const {hostIp, host, container, protocol} = splitMapping(text);
	const refuse = (words: string): never => {
		throw new Refusal(`docker: ${words}`);
	};
	if (hostIp !== '' && !isAddress(hostIp)) refuse(`Invalid ip address: ${hostIp}.`);
	if (container === '') refuse(`No port specified: ${text}<empty>.`);
	const inside = parseRange(container) ?? refuse(`Invalid containerPort: ${container}.`);
	const outside = host === '' ? null : (parseRange(host) ?? refuse(`Invalid hostPort: ${host}.`));
	if (!isProtocol(protocol)) return refuse(`Invalid proto: ${protocol}.`);
	if (outside && countPorts(outside) !== countPorts(inside) && countPorts(inside) !== 1)
		refuse(`Invalid ranges specified for container and host Ports: ${container} and ${host}.`);
	return listPorts(inside).map((containerPort, index) => ({
		hostIp,
		hostPorts: chooseHostPorts(outside, countPorts(inside) === 1 ? null : index),
		containerPort,
		protocol,
	}));
};

/** Parses `5000`, `5000/udp` or `5000-5002` into `5000/tcp`, …; null if it is not a port. */
export const parseExposed = (text: string): string[] | null => {
	const [ports = '', protocol = 'tcp'] = text.split('/');
	const range = parseRange(ports);
	return range && listPorts(range).map(port => `${port}/${protocol.toLowerCase()}`);
};

/** Returns the host ports to choose from: the whole range for a single container port, else one for each. */
const chooseHostPorts = (outside: Range | null, index: number | null): Range | null => {
	if (!outside || outside[0] === 0) return null;
	return index === null ? outside : [outside[0] + index, outside[0] + index];
};

const splitMapping = (text: string) => {
	const [address = '', protocol = 'tcp'] = text.split('/');
	const [, hostIp, hostAndContainer = address] = /^\[([^\]]*)\]:(.*)$/.exec(address) ?? [];
	const parts = hostAndContainer.split(':');
	const container = parts.pop() ?? '';
	const host = parts.pop() ?? '';
	return {hostIp: hostIp ?? parts.join(':'), host, container, protocol: protocol.toLowerCase()};
};

const parseRange = (text: string): Range | null => {
	const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? [];
	const range: Range = [Number(first ?? Number.NaN), Number(last ?? Number.NaN)];
	return range[0] <= range[1] && range[1] <= highestPort ? range : null;
};

const countPorts = ([first, last]: Range): number => last - first + 1;

const listPorts = (range: Range): number[] =>
	Array.from({length: countPorts(range)}, (_, index) => range[0] + index);

const isAddress = (text: string): boolean =>
	text.includes(':')
		? /^[\da-f:.]+$/i.test(text)
		: /^\d+(?:\.\d+){3}$/.test(text) && text.split('.').every(part => Number(part) <= 255);

const isProtocol = (text: string): text is PortRequest['protocol'] => ['tcp', 'udp', 'sctp'].includes(text);

/** The first port of the range that engines choose from. */
const firstEphemeralPort = 32_768;

/**
 * Assigns host ports to a container as the engine would, given the ports of the other containers. Throws Docker's error
 * if a port is taken, or `Unclear`.
 */
export const assignPorts = (container: SimulatedContainer, engine: SimulatedEngine): PublishedPort[] => {
	const taken = engine.containers.filter(({fact}) => fact.id !== container.fact.id).flatMap(listUsedPorts);
	const published: PublishedPort[] = [];
	for (const request of listRequests(container)) {
		const {hostIp, containerPort, protocol} = request;
		checkAddress(request, container);
		const hostPort = listCandidates(request).find(
			port => ![...taken, ...published].some(one => isSameHostPort(one, {hostIp, hostPort: port, protocol})),
		);
		if (hostPort === undefined) {
			const [first] = listCandidates(request);
			throw bindFailure(
				container,
				`Bind for ${hostIp || '0.0.0.0'}:${first} failed: port is already allocated`,
			);
		}
		for (const ip of hostIp === '' ? ['0.0.0.0', '::'] : [hostIp]) {
			published.push({hostIp: ip, hostPort, containerPort, protocol});
		}
	}
	return published;
};

/** The ports requested with `-p`, and those that `-P` adds. */
const listRequests = ({fact, ports, publishAll}: SimulatedContainer): PortRequest[] => {
	if (!publishAll) return ports;
	const rest = fact.exposed
		.map(text => text.split('/'))
		.filter(
			([port, protocol]) =>
				!ports.some(one => one.containerPort === Number(port) && one.protocol === protocol),
		)
		.map(
			([port, protocol]): PortRequest => ({
				hostIp: '',
				hostPorts: null,
				containerPort: Number(port),
				protocol: protocol as PortRequest['protocol'],
			}),
		);
	return [...ports, ...rest];
};

const listUsedPorts = ({fact, listening}: SimulatedContainer): PublishedPort[] => {
	if (fact.networkMode !== 'host') return fact.published;
	return fact.state === 'running' && listening !== null
		? [{hostIp: '', hostPort: listening, containerPort: listening, protocol: 'tcp'}]
		: [];
};

type HostPort = Pick<PublishedPort, 'hostIp' | 'hostPort' | 'protocol'>;

const isAny = (ip: string): boolean => ip === '' || ip === '0.0.0.0' || ip === '::';

const isSameHostPort = (one: HostPort, other: HostPort): boolean =>
	one.hostPort === other.hostPort &&
	one.protocol === other.protocol &&
	(isAny(one.hostIp) || isAny(other.hostIp) || one.hostIp === other.hostIp);

const listCandidates = ({hostPorts}: PortRequest): number[] => {
	const [first, last] = hostPorts ?? [firstEphemeralPort, 65_535];
	return Array.from({length: last - first + 1}, (_, index) => first + index);
};

const bindFailure = ({fact: {name, id}}: SimulatedContainer, words: string): Refusal =>
	new Refusal(`driver failed programming external connectivity on endpoint ${name} (${id}): ${words}`);

/**
 * Throws for all but loopback addresses, which every machine has; none has those for documentation (RFC 5737, 3849).
 */
const checkAddress = ({hostIp, hostPorts}: PortRequest, container: SimulatedContainer): void => {
	if (isAny(hostIp) || hostIp === '::1' || hostIp.startsWith('127.')) return;
	if (!/^(?:192\.0\.2|198\.51\.100|203\.0\.113)\.|^2001:db8:/i.test(hostIp))
		throw new Unclear(messages.simulate.unclear.address(hostIp));
	const port = hostPorts?.[0] ?? firstEphemeralPort;
	const address = hostIp.includes(':') ? `tcp6 [${hostIp}]` : `tcp4 ${hostIp}`;
	throw bindFailure(
		container,
		`Error starting userland proxy: listen ${address}:${port}: bind: cannot assign requested address`,
	);
};
