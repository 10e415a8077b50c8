import type {PortRequest} from './model.js';

type Range = [number, number];

const highest = 65_535;

/**
 * Takes a `-p` apart: `[[address:]host port:]container port[/protocol]`, ranges too. Hands back Docker's sentence
 * instead when it would refuse it.
 */
export const readPublish = (text: string): PortRequest[] | {refusal: string} => {
	const {hostIp, host, container, protocol} = split(text);
	if (hostIp !== '' && !isAddress(hostIp)) return {refusal: `Invalid ip address: ${hostIp}.`};
	if (container === '') return {refusal: `No port specified: ${text}<empty>.`};
	const inside = readRange(container);
	if (!inside) return {refusal: `Invalid containerPort: ${container}.`};
	const outside = host === '' ? null : readRange(host);
	if (host !== '' && !outside) return {refusal: `Invalid hostPort: ${host}.`};
	if (!isProtocol(protocol)) return {refusal: `Invalid proto: ${protocol}.`};
	if (outside && lengthOf(outside) !== lengthOf(inside) && lengthOf(inside) !== 1) {
		return {refusal: `Invalid ranges specified for container and host Ports: ${container} and ${host}.`};
	}
	return numbersOf(inside).map((containerPort, index) => ({
		hostIp,
		hostPorts: hostPortsOf(outside, lengthOf(inside) === 1 ? null : index),
		containerPort,
		protocol,
	}));
};

/** `5000`, `5000/udp`, `5000-5002` as `5000/tcp`, …; null when it is no port. */
export const readExposed = (text: string): string[] | null => {
	const [ports = '', protocol = 'tcp'] = text.split('/');
	const range = readRange(ports);
	return range && numbersOf(range).map(port => `${port}/${protocol.toLowerCase()}`);
};

/** A single container port takes any of a range of host ports; of several each takes its own. */
const hostPortsOf = (outside: Range | null, index: number | null): Range | null => {
	if (!outside || outside[0] === 0) return null;
	return index === null ? outside : [outside[0] + index, outside[0] + index];
};

const split = (text: string) => {
	const [address = '', protocol = 'tcp'] = text.split('/');
	const [, hostIp, hostAndContainer = address] = /^\[([^\]]*)\]:(.*)$/.exec(address) ?? [];
	const parts = hostAndContainer.split(':');
	const container = parts.pop() ?? '';
	const host = parts.pop() ?? '';
	return {hostIp: hostIp ?? parts.join(':'), host, container, protocol: protocol.toLowerCase()};
};

const readRange = (text: string): Range | null => {
	const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? [];
	const range: Range = [Number(first ?? Number.NaN), Number(last ?? Number.NaN)];
	return range[0] <= range[1] && range[1] <= highest ? range : null;
};

const lengthOf = ([first, last]: Range): number => last - first + 1;

const numbersOf = (range: Range): number[] =>
	Array.from({length: lengthOf(range)}, (_, index) => range[0] + index);

const isAddress = (text: string): boolean =>
	text.includes(':')
		? /^[\da-f:.]+$/i.test(text)
		: /^\d+(?:\.\d+){3}$/.test(text) && text.split('.').every(part => Number(part) <= 255);

const isProtocol = (text: string): text is PortRequest['protocol'] => ['tcp', 'udp', 'sctp'].includes(text);
