import type {PublishedPort} from '../checks/model.js';
import type {PortRequest, SimulatedContainer, SimulatedEngine} from './model.js';

/** Where engines begin to give out ports of their own choice. */
const firstOwnPort = 32_768;

/** The ports of a container's start; or Docker's words when it can't have them; or why that can't be told. */
type Given = {published: PublishedPort[]} | {error: string} | {unclear: string};

/** Gives a container its host ports as the engine would, seen from what the other containers have. */
export const givePorts = (container: SimulatedContainer, engine: SimulatedEngine): Given => {
	const taken = engine.containers.filter(({fact}) => fact.id !== container.fact.id).flatMap(portsOf);
	const published: PublishedPort[] = [];
	for (const request of requestsOf(container)) {
		const {hostIp, containerPort, protocol} = request;
		const trouble = addressTrouble(request, container);
		if (trouble) return trouble;
		const hostPort = candidatesOf(request).find(
			port => ![...taken, ...published].some(one => isSameDoor(one, {hostIp, hostPort: port, protocol})),
		);
		if (hostPort === undefined) {
			const [first] = candidatesOf(request);
			const words = `Bind for ${hostIp || '0.0.0.0'}:${first} failed: port is already allocated`;
			return {error: `${failure(container)}: ${words}`};
		}
		for (const ip of hostIp === '' ? ['0.0.0.0', '::'] : [hostIp]) {
			published.push({hostIp: ip, hostPort, containerPort, protocol});
		}
	}
	return {published};
};

/** What was asked for by `-p`, and what `-P` adds. */
const requestsOf = ({fact, ports, publishAll}: SimulatedContainer): PortRequest[] => {
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

const portsOf = ({fact, listening}: SimulatedContainer): PublishedPort[] => {
	if (fact.networkMode !== 'host') return fact.published;
	return fact.state === 'running' && listening !== null
		? [{hostIp: '', hostPort: listening, containerPort: listening, protocol: 'tcp'}]
		: [];
};

type Door = Pick<PublishedPort, 'hostIp' | 'hostPort' | 'protocol'>;

const isAny = (ip: string): boolean => ip === '' || ip === '0.0.0.0' || ip === '::';

const isSameDoor = (one: Door, other: Door): boolean =>
	one.hostPort === other.hostPort &&
	one.protocol === other.protocol &&
	(isAny(one.hostIp) || isAny(other.hostIp) || one.hostIp === other.hostIp);

const candidatesOf = ({hostPorts}: PortRequest): number[] => {
	const [first, last] = hostPorts ?? [firstOwnPort, 65_535];
	return Array.from({length: last - first + 1}, (_, index) => first + index);
};

const failure = ({fact}: SimulatedContainer): string =>
	`driver failed programming external connectivity on endpoint ${fact.name} (${fact.id})`;

/** Every machine has its loopback addresses, and none has those set aside for documentation (RFC 5737, 3849). */
const addressTrouble = (
	{hostIp, hostPorts}: PortRequest,
	container: SimulatedContainer,
): Exclude<Given, {published: PublishedPort[]}> | null => {
	if (isAny(hostIp) || hostIp === '::1' || hostIp.startsWith('127.')) return null;
	if (/^(?:192\.0\.2|198\.51\.100|203\.0\.113)\.|^2001:db8:/i.test(hostIp)) {
		const port = hostPorts?.[0] ?? firstOwnPort;
		const address = hostIp.includes(':') ? `tcp6 [${hostIp}]` : `tcp4 ${hostIp}`;
		const words = `listen ${address}:${port}: bind: cannot assign requested address`;
		return {error: `${failure(container)}: Error starting userland proxy: ${words}`};
	}
	return {unclear: `Whether ${hostIp} is an address of your machine can’t be told by reading.`};
};
