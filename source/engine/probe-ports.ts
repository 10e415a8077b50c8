import {get} from 'node:http';
import {isIPv6} from 'node:net';
import type {Answer, ContainerFact, ImageFact, PublishedPort} from '../checks/model.js';
import {findPortArgument} from '../checks/port-chain.js';
import {isSameObjectId, normalizeImageName, startsWithLayers} from '../docker/image-ref.js';
import {messages} from '../messages/index.js';
import {cleanLine, stripColours} from '../text/terminal-text.js';
import {type Endpoint, isOwnAddress} from './endpoint.js';

/**
 * Selects the containers to probe, without those of shipped steps. If the scope names images, selects only containers
 * of these, of images built on them, and of those that our runs created: the learner's other servers are left alone.
 */
export const selectProbedContainers = (
	containers: ContainerFact[],
	{images, ledgerIds, names}: {images: ImageFact[]; ledgerIds: string[]; names: string[] | undefined},
): ContainerFact[] => {
	const others = containers.filter(({madeByStep, state}) => !madeByStep && state !== 'created');
	if (!names) return others;
	const tags = names.map(normalizeImageName);
	const bases = images.filter(image => image.tags.some(tag => tags.includes(tag)));
	return others.filter(({imageId}) => {
		if (ledgerIds.some(id => isSameObjectId(imageId, id))) return true;
		const image = images.find(({id}) => id === imageId);
		return bases.some(base => base.id === imageId || (image && startsWithLayers(image.layers, base.layers)));
	});
};

/**
 * Milliseconds for one answer. A server that is starting is probed again by the next judgement. Later, silence is
 * final, and a busy machine, for example one that compiles, takes seconds for a correct answer.
 */
const probeTimeoutMs = {starting: 2000, started: 5000};

/** Milliseconds after its start during which a container may be probed again. */
const startupMs = 5000;

/**
 * Probes each published TCP port of a running container or, in the host's network, the port that its log or its
 * arguments name. `now`: by the engine's clock.
 */
export const probePorts = async (
	container: ContainerFact,
	endpoint: Pick<Endpoint, 'local' | 'address'>,
	now: number,
): Promise<ContainerFact['answers']> => {
	const {state, networkMode, published, command, startedAt} = container;
	if (state !== 'running') return [];
	const listening = container.loggedPort ?? findPortArgument(command);
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
		const address = findTargetAddress(door.hostIp, endpoint);
		if (address) targets.set(`${address} ${door.hostPort}`, {...door, address});
	}
	const isStarting = startedAt !== null && now - startedAt < startupMs;
	const timeoutMs = isStarting ? probeTimeoutMs.starting : probeTimeoutMs.started;
	return Promise.all(
		[...targets.values()].map(async ({address, hostPort, containerPort}) => ({
			...(await probeAddress(address, hostPort, timeoutMs)),
			hostPort,
			containerPort,
		})),
	);
};

/** The address to probe; null unless it is one of this machine or the engine's own. */
const findTargetAddress = (hostIp: string, {local, address}: Pick<Endpoint, 'local' | 'address'>) => {
	const isAny = hostIp === '0.0.0.0' || hostIp === '::';
	if (isAny) return address === '127.0.0.1' && hostIp === '::' ? '::1' : address;
	return hostIp === address || (local && isOwnAddress(hostIp)) ? hostIp : null;
};

/** Bytes to read of a body. */
const bodyLimit = 64 * 1024;

/**
 * The parts of a timeout. A process that gets no processor for a while misses parts of it, but not all: an answer that
 * came meanwhile is still read.
 */
const ticks = 20;

/**
 * Requests `GET /` from one address and port. Never rejects: an error becomes the answer's first line. `timeoutMs`
 * includes the body.
 */
export const probeAddress = (address: string, port: number, timeoutMs: number): Promise<Answer> =>
	new Promise(resolve => {
		const asked = isIPv6(address) ? `[${address}]:${port}` : `${address}:${port}`;
		let status: number | null = null;
		let body = '';
		const end = (firstLine: string): void => {
			clearInterval(timer);
			request.destroy();
			resolve({address: asked, status, firstLine, ...readWhoami(body)});
		};
		let left = ticks;
		const timer = setInterval(() => {
			if (--left === 0) end(firstLineOf(body) || messages.engine.timedOut(timeoutMs / 1000));
		}, timeoutMs / ticks);
		const request = get(
			{host: address, port, path: '/', agent: false, headers: {accept: 'text/plain, */*'}},
			response => {
				status = response.statusCode ?? null;
				response.setEncoding('utf8');
				response.on('data', (chunk: string) => {
					body += chunk;
					if (body.length >= bodyLimit) end(firstLineOf(body));
				});
				response.on('end', () => end(firstLineOf(body)));
				response.on('error', error => end(firstLineOf(body) || describeError(error)));
			},
		);
		request.on('error', error => end(describeError(error)));
	});

const describeError = (error: NodeJS.ErrnoException): string =>
	error.code?.startsWith('HPE_') ? messages.engine.noHttp(error.code) : (error.code ?? error.message);

const firstLineOf = (body: string): string =>
	stripColours(cleanLine((body.split('\n', 1)[0] ?? '').slice(0, 1000)))
		.trim()
		.slice(0, 200);

/** The host name and addresses in whoami's answer; null and empty for other servers. */
const readWhoami = (body: string): {hostname: string | null; addresses: string[]} => ({
	hostname: /^Hostname: *(\S+)/m.exec(body)?.[1] ?? null,
	addresses: [...body.matchAll(/^IP: *([^\s/]+)/gm)].map(([, address = '']) => address),
});
