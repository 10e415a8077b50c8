import path from 'node:path';
import type {CommandEffects} from '../docker/effects.js';
import {normalizeImageName, normalizePodmanImageName} from '../docker/image-ref.js';
import type {Engine, EngineIdentity, LabFolder} from '../session/ports.js';
import type {Build, BuildEvent} from '../stages/model.js';
import {createBuildParser} from '../stages/parsers/build-parser.js';
import type {CreationPlan, EngineObjects, ImageSnapshot, LedgerEntry, ObjectSnapshot} from './ledger.js';
import {selectActiveIds} from './rules.js';

/**
 * Sums up what the docker commands of one line make. `folder`: where they run, absolute. `isBuildFollowed`: its one build
 * is read as it goes, so what that prints need not be read again. Base images of the workshop are never ours. Files that a learner's own line writes are the
 * learner's.
 */
export const planCreation = (
	makes: readonly CommandEffects[],
	{
		folder,
		isTyped,
		isBuildFollowed,
		baseImages,
	}: {folder: string; isTyped: boolean; isBuildFollowed: boolean; baseImages: string[]},
): CreationPlan => {
	const bases = new Set(baseImages.map(normalizeImageName));
	const isRead = (one: CommandEffects) =>
		one.images === 'bake' || (one.images === 'build' && !isBuildFollowed);
	const pulls = isTyped ? [] : makes.filter(({images}) => images === 'pull');
	const loads = isTyped ? [] : makes.filter(({images}) => images === 'load');
	const named = makes.filter(({images}) => images === null || images === 'output' || images === 'build');
	return {
		names: named.filter(one => one.images !== 'build' || isRead(one)).flatMap(({names}) => names),
		images: [
			...(makes.some(isRead) ? ['built' as const] : []),
			...(makes.some(({images}) => images === 'output') ? ['printed' as const] : []),
			...(loads.length > 0 ? ['loaded' as const] : []),
		],
		pulled: pulls.flatMap(({names}) => names).filter(name => !bases.has(name)),
		containers: isTyped ? makes.flatMap(({container}) => container?.name ?? []) : [],
		printsContainer: makes.some(({container}) => container !== null),
		volumes: makes.flatMap(({volumes}) => volumes),
		printsVolume: makes.some(({printsVolume}) => printsVolume),
		networks: makes.flatMap(({networks}) => networks),
		files: isTyped ? [] : makes.flatMap(({files}) => files.map(file => path.resolve(folder, file))),
		isTyped,
	};
};

/** Which parts of the engine have to be looked at before and after. */
export const snapshotScope = (
	making: CreationPlan,
): {images: boolean; things: boolean; anything: boolean} => {
	const images = making.names.length + making.images.length + making.pulled.length > 0;
	const things =
		making.containers.length + making.volumes.length + making.networks.length > 0 ||
		(making.isTyped && making.printsContainer) ||
		making.printsVolume;
	return {images, things, anything: images || things || making.files.length > 0};
};

/**
 * What a build made: what it said that it made, as far as it was not on the engine before and is there after it. An
 * image that was there before is never ours; neither is a base image that the build pulled, nor an image that somebody
 * else gave the name to in the meantime.
 */
export const createBuildEntries = ({
	engine,
	build,
	tags,
	before,
	after,
	baseImages,
}: {
	engine: string;
	build: Pick<Build, 'imageId' | 'mentioned'>;
	/** `name:tag` of each `-t`. */
	tags: string[];
	before: ImageSnapshot;
	after: ImageSnapshot;
	/** Names of the images that the workshop starts from. */
	baseImages: string[];
}): LedgerEntry[] => {
	const known = new Set(before.ids);
	const bases = new Set(baseImages.map(name => after.names[name]));
	const findId = (id: string) => after.ids.find(full => full === id || full.startsWith(`sha256:${id}`));
	const built = build.imageId ? findId(build.imageId) : undefined;
	const made = [...build.mentioned.images.map(findId), built]
		.filter(id => id !== undefined)
		.filter(id => !known.has(id) && !bases.has(id));
	const images = [...new Set(made)].map((id): LedgerEntry => ({kind: 'image', engine, id}));
	const names = tags.flatMap((name): LedgerEntry[] => {
		const id = after.names[name];
		const earlier = before.names[name] ?? null;
		if (!id || id === earlier || id !== built) return [];
		return [{kind: 'name', engine, name, id, before: earlier}];
	});
	const containers = build.mentioned.containers.map(
		(id): LedgerEntry => ({kind: 'container', engine, id, stepId: null}),
	);
	return [...images, ...names, ...containers];
};

/** The container of an ended `docker run`: from its cid file, or printed by `-d`. */
export const createContainerEntries = (
	engine: string,
	stepId: string | null,
	cid: string | null,
	stdout: string,
): LedgerEntry[] => {
	const id = cid ?? /^[0-9a-f]{64}$/m.exec(stdout)?.[0];
	return id ? [{kind: 'container', engine, id, stepId}] : [];
};

/** What a line printed that tells what it made. */
export type PrintedObjects = {
	/** IDs of images that builds wrote, and the names that they gave, as the engine lists them. */
	built: {images: string[]; names: string[]};
	stdout: string;
};

/**
 * What the docker commands of a line made, found by what they were told to make, what they printed, and what is new
 * since. Nothing is ours that was there before, and no base image of the workshop is. `known`: the ledger so far.
 */
export const createObjectEntries = (
	makes: CreationPlan,
	{
		engine,
		printed,
		before,
		after,
		known,
		baseImages,
	}: {
		engine: string;
		printed: PrintedObjects;
		before: ObjectSnapshot;
		after: ObjectSnapshot;
		known: LedgerEntry[];
		baseImages: string[];
	},
): LedgerEntry[] => {
	const at = {engine, makes, printed};
	return [
		...(before.images && after.images
			? newImageEntries({...at, before: before.images, after: after.images, known, baseImages})
			: []),
		...(before.things && after.things
			? newObjectEntries({...at, before: before.things, after: after.things})
			: []),
		...newFileEntries(engine, before.files, after.files, known),
	];
};

type EntrySource = {engine: string; makes: CreationPlan; printed: PrintedObjects};

const newImageEntries = ({
	engine,
	makes,
	printed,
	before,
	after,
	known,
	baseImages,
}: EntrySource & {
	before: ImageSnapshot;
	after: ImageSnapshot;
	known: LedgerEntry[];
	baseImages: string[];
}): LedgerEntry[] => {
	const bases = new Set(baseImages.map(normalizeImageName));
	const baseIds = new Set([...bases].map(name => after.names[name]));
	const isNew = (id: string | undefined): id is string =>
		id !== undefined && !before.ids.includes(id) && !baseIds.has(id);
	const reads = (how: CreationPlan['images'][number]) => makes.images.includes(how);
	const lines = printed.stdout.split(/\r?\n/);
	const loaded = reads('loaded') ? matchLines(lines, /^Loaded image: (\S+)$/) : [];
	const built = reads('built') ? printed.built.names : [];
	const names = [...makes.names, ...makes.pulled, ...loaded, ...built].filter(name => !bases.has(name));
	const ids = [
		...(reads('printed') ? matchLines(lines, /^(?:sha256:)?([0-9a-f]{64})$/) : []),
		...(reads('loaded') ? matchLines(lines, /^Loaded image ID: sha256:([0-9a-f]{64})$/) : []),
		...(reads('built') ? printed.built.images : []),
	].map(id => after.ids.find(full => full.replace('sha256:', '').startsWith(id.replace('sha256:', ''))));
	const fetched = [...makes.pulled, ...loaded].map(name => (bases.has(name) ? undefined : after.names[name]));
	const made = [...new Set([...ids, ...fetched].filter(isNew))];
	const ours = new Set([...selectActiveIds(known, 'image'), ...made]);
	return [
		...made.map((id): LedgerEntry => ({kind: 'image', engine, id})),
		...[...new Set(names)].flatMap((name): LedgerEntry[] => {
			const id = after.names[name];
			const earlier = before.names[name] ?? null;
			if (!id || id === earlier || (makes.isTyped && !ours.has(id))) return [];
			return [{kind: 'name', engine, name, id, before: earlier}];
		}),
	];
};

const matchLines = (lines: string[], pattern: RegExp): string[] =>
	lines.flatMap(line => pattern.exec(line)?.[1] ?? []);

const newObjectEntries = ({
	engine,
	makes,
	printed: {stdout},
	before,
	after,
}: EntrySource & {before: EngineObjects; after: EngineObjects}): LedgerEntry[] => {
	const lines = stdout.split(/\r?\n/);
	const volumes = makes.printsVolume ? [...makes.volumes, ...lines] : makes.volumes;
	const oldContainers = new Set(Object.values(before.containers));
	const printedIds = makes.isTyped && makes.printsContainer ? matchLines(lines, /^([0-9a-f]{64})$/) : [];
	const containers = [
		...makes.containers.map(name => after.containers[name]),
		...Object.values(after.containers).filter(id => printedIds.includes(id)),
	];
	return [
		...[...new Set(containers)].flatMap((id): LedgerEntry[] =>
			id && !oldContainers.has(id) ? [{kind: 'container', engine, id, stepId: null}] : [],
		),
		...[...new Set(volumes)].flatMap((id): LedgerEntry[] => {
			const createdAt = after.volumes[id];
			return createdAt !== undefined && before.volumes[id] !== createdAt
				? [{kind: 'volume', engine, id, createdAt}]
				: [];
		}),
		...[...new Set(makes.networks)].flatMap((name): LedgerEntry[] => {
			const id = after.networks[name];
			return id !== undefined && before.networks[name] !== id ? [{kind: 'network', engine, id, name}] : [];
		}),
	];
};

/** What is new, and what a command wrote anew over a file of ours that was as we left it. */
const newFileEntries = (
	engine: string,
	before: Record<string, string>,
	after: Record<string, string>,
	known: LedgerEntry[],
): LedgerEntry[] => {
	const ours = new Map<string, string>();
	for (const entry of known) {
		if (entry.kind === 'file') ours.set(entry.id, entry.print);
		if (entry.kind === 'gone') ours.delete(entry.id);
	}
	return Object.entries(after).flatMap(([id, print]): LedgerEntry[] => {
		const earlier = before[id];
		const isOurs = earlier === undefined || (earlier !== print && ours.get(id) === earlier);
		return isOurs ? [{kind: 'file', engine, id, print}] : [];
	});
};

/** Looks once more at what `before` holds. Rejects when the engine does not answer. */
export const repeatSnapshot = async (
	before: ObjectSnapshot,
	{files}: CreationPlan,
	{engine, lab}: {engine: Pick<Engine, 'images' | 'things'>; lab: Pick<LabFolder, 'printsOf'>},
): Promise<ObjectSnapshot> => ({
	images: before.images && (await engine.images()),
	things: before.things && (await engine.things()),
	files: lab.printsOf(files),
});

/** Takes from the output of one or more builds which images they wrote and which names they gave. */
export const createBuiltImageReader = ({podman}: Pick<EngineIdentity['cli'], 'podman'>) => {
	const parser = createBuildParser(podman === undefined ? 'plain' : 'buildah');
	const nameOf = podman === undefined ? normalizeImageName : normalizePodmanImageName;
	const built: PrintedObjects['built'] = {images: [], names: []};
	const take = (events: BuildEvent[]): void => {
		for (const event of events) {
			if (event.event === 'image') built.images.push(event.imageId);
			if (event.event === 'named') built.names.push(nameOf(event.name));
			if (event.event === 'mentioned' && event.kind === 'image') built.images.push(event.id);
		}
	};
	return {
		push(stream: 'stdout' | 'stderr', bytes: Uint8Array): void {
			take(parser.push(stream, bytes, 0));
		},
		end(): PrintedObjects['built'] {
			take(parser.end());
			return built;
		},
	};
};
