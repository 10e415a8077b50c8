import type {Answer, ContainerFact, Fact, PublishedPort} from '../checks/model.js';
import type {SimulatedContainer, SimulatedEngine} from './model.js';
import {placeOf} from './place-of.js';

/** Milliseconds after which nothing is just starting any more. */
const later = 60_000;

/** What a judge would find on the engine. `imageIds`: what the ledger says that runs made. */
export const describeEngine = (engine: SimulatedEngine, imageIds: string[]): Fact[] => [
	{
		fact: 'engine',
		hostname: engine.hostname,
		address: '127.0.0.1',
		local: true,
		now: engine.now + later,
		isSimulated: true,
	},
	{fact: 'ledger', imageIds},
	...engine.images.map(({fact}) => fact),
	...engine.containers.map(container => describeContainer(container, engine)),
];

/** With `--network container:…` both have the other's addresses and published ports. */
const describeContainer = (container: SimulatedContainer, engine: SimulatedEngine): ContainerFact => {
	const place = placeOf(container);
	const owner = engine.containers.find(({fact}) => fact.id === place)?.fact ?? container.fact;
	const fact = {...container.fact, addresses: owner.addresses, published: owner.published};
	if (fact.state !== 'running') return fact;
	const doors: PublishedPort[] =
		place === 'host' && container.listening !== null
			? [
					{
						hostIp: '0.0.0.0',
						hostPort: container.listening,
						containerPort: container.listening,
						protocol: 'tcp',
					},
				]
			: fact.published.filter(({protocol}) => protocol === 'tcp');
	return {...fact, answers: doors.map(door => answerOf(door, place, engine))};
};

/** What a published TCP port answers: whoami, or curl's “nobody listens there”. */
const answerOf = (
	{hostIp, hostPort, containerPort}: PublishedPort,
	place: string,
	{containers}: SimulatedEngine,
): ContainerFact['answers'][number] => {
	const server = containers.find(
		one => one.fact.state === 'running' && placeOf(one) === place && one.listening === containerPort,
	);
	const answer: Omit<Answer, 'address'> = server
		? {
				status: 200,
				firstLine: `Hostname: ${server.fact.hostname}`,
				hostname: server.fact.hostname,
				addresses: containers.find(({fact}) => fact.id === place)?.fact.addresses ?? [],
			}
		: {status: null, firstLine: 'ECONNRESET', hostname: null, addresses: []};
	return {...answer, address: addressOf(hostIp, hostPort), hostPort, containerPort};
};

const addressOf = (hostIp: string, port: number): string => {
	if (hostIp.includes(':')) return `[::1]:${port}`;
	return `${hostIp === '0.0.0.0' ? '127.0.0.1' : hostIp}:${port}`;
};
