import type {ContainerInspectInfo} from 'dockerode';
import type {ContainerFact, PublishedPort} from '../checks/model.js';
import type {Reached} from './reach-daemon.js';

/** What `docker inspect` says about a container, in our words; without log and answers. */
export const toContainerFact = (
	info: ContainerInspectInfo,
	{madeByStep, nameOf}: {madeByStep: boolean; nameOf: Reached['nameOf']},
): ContainerFact => {
	const {State, Config, NetworkSettings, HostConfig} = info;
	const published = readPorts(NetworkSettings.Ports);
	const isShut = published.length === 0 && Object.keys(HostConfig.PortBindings ?? {}).length > 0;
	return {
		fact: 'container',
		id: info.Id,
		name: info.Name.replace(/^\//, ''),
		imageId: info.Image,
		image: nameOf(Config.Image),
		state: State.Status as ContainerFact['state'],
		exitCode: State.ExitCode,
		error: State.Error ?? '',
		command: [info.Path, ...info.Args].filter(Boolean),
		hostname: Config.Hostname,
		addresses: Object.values(NetworkSettings.Networks ?? {})
			.flatMap(({IPAddress, GlobalIPv6Address}) => [IPAddress, GlobalIPv6Address])
			.filter(Boolean),
		networkMode: HostConfig.NetworkMode ?? 'default',
		exposed: Object.keys(Config.ExposedPorts ?? {}),
		published,
		...(isShut ? {isShut} : {}),
		createdAt: Date.parse(info.Created),
		startedAt: readTime(State.StartedAt),
		lastLogLine: null,
		loggedPort: null,
		answers: [],
		madeByStep,
	};
};

/** What is really published: for a container that could not start, or in a closed network, that is nothing. */
const readPorts = (ports: ContainerInspectInfo['NetworkSettings']['Ports'] | null): PublishedPort[] =>
	Object.entries(ports ?? {}).flatMap(([key, bindings]) => {
		const [port, protocol = 'tcp'] = key.split('/');
		// The engine gives null for a port that is exposed only.
		return ((bindings ?? []) as Array<{HostIp: string; HostPort: string}>).map(({HostIp, HostPort}) => ({
			hostIp: HostIp || '0.0.0.0',
			hostPort: Number(HostPort),
			containerPort: Number(port),
			protocol: protocol as PublishedPort['protocol'],
		}));
	});

/** The engine writes the year 1 for never. */
const readTime = (time: string): number | null => {
	const at = Date.parse(time);
	return Number.isNaN(at) || at <= 0 ? null : at;
};
