import type Docker from 'dockerode';
import type {ContainerInspectInfo, ImageInfo} from 'dockerode';
import type {ContainerFact, ImageFact, PublishedPort} from '../checks/model.js';
import {isSameObjectId} from '../docker/image-ref.js';
import {messages} from '../messages/index.js';
import type {EngineObjects, ImageSnapshot} from '../ownership/ledger.js';
import {cleanLine, stripColours} from '../text/terminal-text.js';
import type {ReachedDaemon} from './daemon.js';
import {busyTimeoutMs, mapLimited, withTimeout} from './endpoint.js';
import {orNull} from './errors.js';

/** An engine, and how it spells names. */
type EngineNames = Pick<ReachedDaemon, 'docker' | 'nameOf'>;

/** All images, or all but the legacy builder's intermediate ones. Rejects if the daemon doesn't answer. */
export const listImages = async (docker: Docker, {all}: {all: boolean}): Promise<ImageInfo[]> => {
	const images = await withTimeout(() => docker.listImages({all}), busyTimeoutMs);
	if (!Array.isArray(images)) throw new Error(messages.engine.notDocker);
	return images;
};

/**
 * Reads the images with their layers. `layersById` caches these from call to call: an ID's layers never change, and
 * reading them takes 3 ms per image, 40 ms with the containerd store.
 */
export const readImages = async (
	{docker, nameOf}: EngineNames,
	{all, layersById}: {all: boolean; layersById: Map<string, string[]>},
): Promise<ImageFact[]> => {
	const images = await listImages(docker, {all});
	await mapLimited(
		images.filter(({Id}) => !layersById.has(Id)),
		async ({Id}) => {
			const image = await orNull(withTimeout(() => docker.getImage(Id).inspect(), busyTimeoutMs));
			if (image) layersById.set(Id, image.RootFS?.Layers ?? []);
		},
	);
	return images.map(({Id, RepoTags, Size}) => ({
		fact: 'image',
		id: Id,
		tags: [...new Set(selectNames(RepoTags).map(nameOf))],
		layers: layersById.get(Id) ?? [],
		bytes: Size,
	}));
};

/**
 * Image IDs by their names in Docker's short form. If two images have one short name in Podman, the docker command
 * takes the one that Podman spells with `localhost/`.
 */
export const indexIdsByName = (images: ImageInfo[], nameOf: ReachedDaemon['nameOf']) => {
	const named = images.flatMap(({Id, RepoTags}) => selectNames(RepoTags).map(written => ({written, Id})));
	const isLocal = ({written}: {written: string}) => written.startsWith('localhost/');
	const inOrder = [...named.filter(one => !isLocal(one)), ...named.filter(isLocal)];
	return Object.fromEntries(inOrder.map(({written, Id}) => [nameOf(written), Id]));
};

/** An image's names in the engine's spelling. For an unnamed image, engines return `<none>:<none>` or nothing. */
export const selectNames = (tags: string[] | null | undefined): string[] =>
	(tags ?? []).filter(tag => !tag.includes('<none>'));

/** The images before or after a build: all IDs, including intermediate images, and the ID of each name. */
export const readImageSnapshot = async ({docker, nameOf}: EngineNames): Promise<ImageSnapshot> => {
	const images = await listImages(docker, {all: true});
	return {ids: images.map(({Id}) => Id), names: indexIdsByName(images, nameOf)};
};

/**
 * All containers, including stopped ones, without logs and answers. `stepContainerIds`: those that shipped steps
 * created. Rejects if the daemon doesn't answer.
 */
export const readContainers = async (
	{docker, nameOf}: EngineNames,
	stepContainerIds: string[],
): Promise<ContainerFact[]> => {
	const listed = await withTimeout(() => docker.listContainers({all: true}), busyTimeoutMs);
	if (!Array.isArray(listed)) throw new Error(messages.engine.notDocker);
	const facts = await mapLimited(listed, async ({Id}) => {
		const info = await orNull(withTimeout(() => docker.getContainer(Id).inspect(), busyTimeoutMs));
		const madeByStep = stepContainerIds.some(id => isSameObjectId(Id, id));
		return info && toContainerFact(info, {madeByStep, nameOf});
	});
	const present = facts.filter(fact => fact !== null);
	return present.map(fact => addSharedNetwork(fact, present));
};

/** With `--network container:…`, a container has the other's addresses and ports. */
const addSharedNetwork = (fact: ContainerFact, all: ContainerFact[]): ContainerFact => {
	const [, owner] = /^container:(.+)$/.exec(fact.networkMode) ?? [];
	const other = all.find(({id, name}) => id === owner || name === owner);
	return other ? {...fact, addresses: other.addresses, published: other.published} : fact;
};

/** Converts the output of `docker inspect` to a fact, without log and answers. */
export const toContainerFact = (
	info: ContainerInspectInfo,
	{madeByStep, nameOf}: {madeByStep: boolean; nameOf: ReachedDaemon['nameOf']},
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
		health: healthWords.find(word => word === State.Health?.Status) ?? 'none',
		networks: Object.keys(NetworkSettings.Networks ?? {}),
		volumes: (info.Mounts ?? []).flatMap(({Type, Name}) => (Type === 'volume' && Name ? [Name] : [])),
	};
};

/** A container without a health check has none, or, in Podman, an empty one. */
const healthWords = ['starting', 'healthy', 'unhealthy'] as const;

/** The ports that are published: none for a container that could not start or is in an internal network. */
const readPorts = (ports: ContainerInspectInfo['NetworkSettings']['Ports'] | null): PublishedPort[] =>
	Object.entries(ports ?? {}).flatMap(([key, bindings]) => {
		const [port, protocol = 'tcp'] = key.split('/');
		// The engine returns null for a port that is only exposed.
		return ((bindings ?? []) as Array<{HostIp: string; HostPort: string}>).map(({HostIp, HostPort}) => ({
			hostIp: HostIp || '0.0.0.0',
			hostPort: Number(HostPort),
			containerPort: Number(port),
			protocol: protocol as PublishedPort['protocol'],
		}));
	});

/** Null for never, which the engine writes as the year 1. */
const readTime = (time: string): number | null => {
	const at = Date.parse(time);
	return Number.isNaN(at) || at <= 0 ? null : at;
};

/** Lines to read from the end of a log. */
const maxLines = 1000;

/** The last lines of a container's log, both streams, without colours; empty if it can't be read. */
export const readLog = async (docker: Docker, id: string): Promise<string[]> => {
	const bytes = await withTimeout(
		() => docker.getContainer(id).logs({stdout: true, stderr: true, tail: maxLines, follow: false}),
		busyTimeoutMs,
	).catch(() => Buffer.alloc(0));
	return stripFrames(Buffer.isBuffer(bytes) ? bytes : Buffer.from(String(bytes)))
		.split(/\r?\n/)
		.map(line => stripColours(cleanLine(line)).trimEnd());
};

/**
 * The last line of a log, or its last complaint about an argument, and the port on which whoami says it starts; null if
 * there is none.
 */
export const summarizeLog = (log: string[]): Pick<ContainerFact, 'lastLogLine' | 'loggedPort'> => {
	const lines = log.map(line => line.trim()).filter(Boolean);
	const ports = lines.map(line => /Starting up on port (\d+)/.exec(line)?.[1]).filter(Boolean);
	const port = ports.at(-1);
	// A Go program reports a wrong flag before a long text on its usage.
	const complaint = lines.findLast(line =>
		/^(?:bad flag syntax|flag needs an argument|flag provided but not defined|invalid value .* for flag)/.test(
			line,
		),
	);
	return {lastLogLine: complaint ?? lines.at(-1) ?? null, loggedPort: port ? Number(port) : null};
};

/** Without a terminal, each piece of a log has a header of 8 bytes: stream, three zeros, length. */
const stripFrames = (bytes: Buffer): string => {
	const pieces: Buffer[] = [];
	let offset = 0;
	while (offset < bytes.length) {
		const isFrame = offset + 8 <= bytes.length && bytes.readUInt32BE(offset) >>> 0 <= 0x02_00_00_00;
		if (!isFrame || bytes.readUIntBE(offset + 1, 3) !== 0) return bytes.toString('utf8');
		const length = bytes.readUInt32BE(offset + 4);
		pieces.push(bytes.subarray(offset + 8, offset + 8 + length));
		offset += 8 + length;
	}
	return Buffer.concat(pieces).toString('utf8');
};

/** Containers, volumes and networks by name. Rejects if the daemon doesn't answer. */
export const readNamedObjects = async (docker: Docker): Promise<EngineObjects> => {
	const [containers, {Volumes: volumes}, networks] = await Promise.all([
		withTimeout(() => docker.listContainers({all: true}), busyTimeoutMs),
		withTimeout(() => docker.listVolumes(), busyTimeoutMs),
		withTimeout(() => docker.listNetworks(), busyTimeoutMs),
	]);
	return {
		containers: Object.fromEntries(
			containers.flatMap(({Id, Names}) => Names.map(name => [name.replace(/^\//, ''), Id])),
		),
		// An engine without volumes answers with null.
		volumes: Object.fromEntries(
			(volumes ?? []).map((volume: {Name: string; CreatedAt?: string}) => [
				volume.Name,
				volume.CreatedAt ?? '',
			]),
		),
		networks: Object.fromEntries(networks.map(({Name, Id}) => [Name, Id])),
	};
};
