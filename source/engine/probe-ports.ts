import type {ContainerFact, PublishedPort} from '../checks/model.js';
import {portArgument} from '../text/port-argument.js';
import {isOwnAddress} from './own-address.js';
import {probe} from './probe.js';
import type {Endpoint} from './resolve-endpoint.js';

/**
 * Milliseconds for one answer. While a server starts it is asked again by the next judgement; later silence is final,
 * and a machine that is busy, with compilers for example, takes seconds for what is right.
 */
const patience = {starting: 2000, started: 5000};

/** Milliseconds after its start in which a container is asked again. */
const startTime = 5000;

/**
 * Asks each published TCP port of a running container; in the host's network the port that its log or its arguments
 * name. `now`: by the engine's clock.
 */
export const probePorts = async (
	container: ContainerFact,
	endpoint: Pick<Endpoint, 'local' | 'address'>,
	now: number,
): Promise<ContainerFact['answers']> => {
	const {state, networkMode, published, command, startedAt} = container;
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
	const isStarting = startedAt !== null && now - startedAt < startTime;
	const timeoutMs = isStarting ? patience.starting : patience.started;
	return Promise.all(
		[...targets.values()].map(async ({address, hostPort, containerPort}) => ({
			...(await probe(address, hostPort, timeoutMs)),
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
