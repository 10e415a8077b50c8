import type {ContainerFact} from '../checks/model.js';
import {findNamedContainer} from './find-named.js';
import {makeId} from './make-id.js';
import type {SimulatedContainer, SimulatedEngine, SimulatedImage} from './model.js';
import type {RunAsked} from './read-run.js';

/** A container as it is created, not started yet. */
export const makeContainer = (
	engine: SimulatedEngine,
	{image: asked, args, flags, ports, exposed}: RunAsked,
	{fact: image, config}: SimulatedImage,
	name: string,
): SimulatedContainer => {
	const id = makeId(`container ${engine.made}`);
	const entrypoint = flags.last('entrypoint');
	const networkMode = modeOf(engine, flags.last('network') ?? flags.last('net') ?? 'bridge');
	const ownCommand = args.length > 0 ? args : entrypoint === null ? (config?.command ?? []) : [];
	const program = entrypoint === null ? (config?.entrypoint ?? []) : entrypoint === '' ? [] : [entrypoint];
	const fact: ContainerFact = {
		fact: 'container',
		id,
		name,
		imageId: image.id,
		image: asked,
		state: 'created',
		exitCode: 0,
		error: '',
		command: [...program, ...ownCommand],
		hostname: flags.last('hostname') ?? hostnameOf(engine, id, flags.last('uts') ?? networkMode),
		addresses: [],
		networkMode,
		exposed: [
			...new Set([
				...exposed,
				...(config?.exposed ?? []),
				...ports.map(({containerPort, protocol}) => `${containerPort}/${protocol}`),
			]),
		],
		published: [],
		createdAt: engine.now,
		startedAt: null,
		lastLogLine: null,
		loggedPort: null,
		answers: [],
		madeByStep: false,
	};
	return {
		fact,
		ports,
		publishAll: flags.isOn('publish-all'),
		restart: flags.last('restart') ?? 'no',
		removeAtEnd: flags.isOn('rm'),
		hasLog: flags.last('log-driver') !== 'none',
		user: flags.last('user') ?? '',
		joined: /^(?:host|none|container:.*)$/.test(networkMode) ? [] : [networkMode],
		listening: null,
	};
};

/** Docker writes down the ID of the container whose network is shared. */
const modeOf = (engine: SimulatedEngine, network: string): string => {
	if (network === 'default') return 'bridge';
	const [, owner] = /^container:(.+)$/.exec(network) ?? [];
	return owner === undefined ? network : `container:${findNamedContainer(engine, owner)?.fact.id ?? owner}`;
};

const hostnameOf = ({hostname, containers}: SimulatedEngine, id: string, mode: string): string => {
	const owner = containers.find(({fact}) => mode === `container:${fact.id}`);
	return owner ? owner.fact.hostname : mode === 'host' ? hostname : id.slice(0, 12);
};
