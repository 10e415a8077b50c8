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

/** An engine, and how it writes names. */
type EngineNames = Pick<ReachedDaemon, 'docker' | 'nameOf'>;

/** All images, or without the intermediate ones of the legacy builder. Rejects when the daemon does not answer. */
export const listImages = async (docker: Docker, {all}: {all: boolean}): Promise<ImageInfo[]> => {
	const images = await withTimeout(() => docker.listImages({all}), busyTimeoutMs);
	if (!Array.isArray(images)) throw new Error(messages.engine.notDocker);
	return images;
};

/**
 * All images with their layers. `layersById` keeps them from call to call: an ID never changes its layers, and asking
 * for them takes 3 ms an image, 40 ms on the containerd store.
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
 * The IDs of images by their names in Docker's short form. Of two that Podman has by one short name, the docker command
 * takes the one that it writes with `localhost/`.
 */
export const indexIdsByName = (images: ImageInfo[], nameOf: ReachedDaemon['nameOf']) => {
	const named = images.flatMap(({Id, RepoTags}) => selectNames(RepoTags).map(written => ({written, Id})));
	const isLocal = ({written}: {written: string}) => written.startsWith('localhost/');
	const inOrder = [...named.filter(one => !isLocal(one)), ...named.filter(isLocal)];
	return Object.fromEntries(inOrder.map(({written, Id}) => [nameOf(written), Id]));
};

/** The names of an image as the engine writes them; engines write `<none>:<none>` or nothing when it has none. */
export const selectNames = (tags: string[] | null | undefined): string[] =>
	(tags ?? []).filter(tag => !tag.includes('<none>'));

/** What a build is compared with: all image IDs, intermediate ones too, and which name stands for which. */
export const readImageSnapshot = async ({docker, nameOf}: EngineNames): Promise<ImageSnapshot> => {
	const images = await listImages(docker, {all: true});
	return {ids: images.map(({Id}) => Id), names: indexIdsByName(images, nameOf)};
};

/**
 * All containers, stopped ones too, without logs and answers. `stepContainerIds`: those that shipped steps made.
 * Rejects when the daemon does not answer.
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

/** With `--network container:…` both have the other's addresses and published ports. */
const addSharedNetwork = (fact: ContainerFact, all: ContainerFact[]): ContainerFact => {
	const [, owner] = /^container:(.+)$/.exec(fact.networkMode) ?? [];
	const other = all.find(({id, name}) => id === owner || name === owner);
	return other ? {...fact, addresses: other.addresses, published: other.published} : fact;
};

/** What `docker inspect` says about a container, in our words; without log and answers. */
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

/** Lines of a log that are read at most, from its end. */
const maxLines = 1000;

/** What a container's log says last, or of an argument that is wrong, and which port whoami said it starts on; nulls when its log can't be read. */
export const readLog = async (docker: Docker, id: string) => {
	const bytes = await withTimeout(
		() => docker.getContainer(id).logs({stdout: true, stderr: true, tail: maxLines, follow: false}),
		busyTimeoutMs,
	).catch(() => Buffer.alloc(0));
	const lines = stripFrames(Buffer.isBuffer(bytes) ? bytes : Buffer.from(String(bytes)))
		.split(/\r?\n/)
		.map(line => stripColours(cleanLine(line)).trim())
		.filter(Boolean);
	const ports = lines.map(line => /Starting up on port (\d+)/.exec(line)?.[1]).filter(Boolean);
	const port = ports.at(-1);
	// A program in Go says what is wrong before it says at length how it is used.
	const complaint = lines.findLast(line =>
		/^(?:bad flag syntax|flag needs an argument|flag provided but not defined|invalid value .* for flag)/.test(
			line,
		),
	);
	return {lastLogLine: complaint ?? lines.at(-1) ?? null, loggedPort: port ? Number(port) : null};
};

/** Without a terminal each piece has a header of 8 bytes: stream, three zeros, length. */
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

/** Containers, volumes and networks by their names. Rejects when the daemon does not answer. */
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
