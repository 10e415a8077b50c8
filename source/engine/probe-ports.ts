import type {ContainerFact, PublishedPort} from '../checks/model.js';
import {portArgument} from '../text/port-argument.js';
import {isOwnAddress} from './own-address.js';
import {probe} from './probe.js';
import type {Endpoint} from './resolve-endpoint.js';

/** Milliseconds for one answer: a server that needs longer is asked again by the next judgement. */
const patience = 2000;

/**
 * Asks each published TCP port of a running container; in the host's network the port that its log or its arguments
 * name.
 */
export const probePorts = async (
	container: ContainerFact,
	endpoint: Pick<Endpoint, 'local' | 'address'>,
): Promise<ContainerFact['answers']> => {
	const {state, networkMode, published, command} = container;
	if (state !== 'running') return [];
	const listening = container.loggedPort ?? portArgument(command);
	const doors: PublishedPort[] =
		networkMode === 'host' && listening !== null
			? ['0.0.0.0', '::'].map(hostIp => ({
					hostIp,
					hostPort: listening,
					containerPort: listening,
					protocol: 'tcp',
				}))
			: published.filter(({protocol}) => protocol === 'tcp');
	const targets = new Map<string, PublishedPort & {address: string}>();
	for (const door of doors) {
		const address = targetOf(door.hostIp, endpoint);
		if (address) targets.set(`${address} ${door.hostPort}`, {...door, address});
	}
	return Promise.all(
		[...targets.values()].map(async ({address, hostPort, containerPort}) => ({
			...(await probe(address, hostPort, patience)),
			hostPort,
			containerPort,
		})),
	);
};

/** Where to ask: never an address that is neither of this machine nor the engine's own. */
const targetOf = (hostIp: string, {local, address}: Pick<Endpoint, 'local' | 'address'>): string | null => {
	const isAny = hostIp === '0.0.0.0' || hostIp === '::';
	if (isAny) return address === '127.0.0.1' && hostIp === '::' ? '::1' : address;
	return hostIp === address || (local && isOwnAddress(hostIp)) ? hostIp : null;
};
