import path from 'node:path';
import type {CommandEffects} from '../docker/effects.js';
import {isSameObjectId, normalizeImageName, normalizePodmanImageName} from '../docker/image-ref.js';
import type {Engine, EngineIdentity, LabFolder} from '../session/ports.js';
import type {Build, BuildEvent, BuildFormat} from '../stages/model.js';
import {createBuildParser} from '../stages/parsers/build-parser.js';
import type {
	CreationPlan,
	EngineObjects,
	ImageSnapshot,
	Ledger,
	LedgerEntry,
	ObjectSnapshot,
} from './ledger.js';
import {isOurVolume, selectActiveIds, selectFilePrints} from './rules.js';

/**
 * Combines what the docker commands of one line create. `folder`: where they run, absolute. `isBuildFollowed`: the
 * line's one build is parsed while it runs, so its output needs no second parsing. Excludes the workshop's base images,
 * and files that a learner's own line writes.
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

/** Which parts of the engine need a snapshot before and after. */
export const snapshotScope = (making: CreationPlan) => {
	const images = making.names.length + making.images.length + making.pulled.length > 0;
	const things =
		making.containers.length + making.volumes.length + making.networks.length > 0 ||
		(making.isTyped && making.printsContainer) ||
		making.printsVolume;
	return {images, things, anything: images || things || making.files.length > 0};
};

type Snapshots<Snapshot> = {before: Snapshot; after: Snapshot};

/**
 * Entries for new images and names. What existed before is not ours, and neither are base images. `ids`: whole, or as
 * builders print them. `isOurs`: whether an image's new name counts as ours; `made`: the new images.
 */
const createImageEntries = (
	{ids, names, isOurs}: {ids: string[]; names: string[]; isOurs(id: string, made: string[]): boolean},
	{engine, baseImages, before, after}: Snapshots<ImageSnapshot> & {engine: string; baseImages: string[]},
): LedgerEntry[] => {
	const baseIds = baseImages.map(name => after.names[normalizeImageName(name)]);
	const isNew = (id: string | undefined): id is string =>
		id !== undefined && !before.ids.includes(id) && !baseIds.includes(id);
	const made = [...new Set(ids.map(id => findImageId(id, after)).filter(isNew))];
	return [
		...made.map((id): LedgerEntry => ({kind: 'image', engine, id})),
		...[...new Set(names)].flatMap((name): LedgerEntry[] => {
			const id = after.names[name];
			const earlier = before.names[name] ?? null;
			return id && id !== earlier && isOurs(id, made)
				? [{kind: 'name', engine, name, id, before: earlier}]
				: [];
		}),
	];
};

const findImageId = (id: string, {ids}: ImageSnapshot): string | undefined =>
	ids.find(full => isSameObjectId(full, id));

/**
 * Entries for the new objects in a build's output. A tag that has meanwhile gone to another image is not ours. `tags`:
 * `name:tag` of each `-t`.
 */
export const createBuildEntries = ({
	build: {imageId, mentioned},
	tags,
	...options
}: Snapshots<ImageSnapshot> & {
	engine: string;
	build: Pick<Build, 'imageId' | 'mentioned'>;
	tags: string[];
	baseImages: string[];
}): LedgerEntry[] => {
	const builtId = imageId === null ? undefined : findImageId(imageId, options.after);
	const ids = [...mentioned.images, ...(imageId === null ? [] : [imageId])];
	return [
		...createImageEntries({ids, names: tags, isOurs: id => id === builtId}, options),
		...mentioned.containers.map(
			(id): LedgerEntry => ({kind: 'container', engine: options.engine, id, stepId: null}),
		),
	];
};

/** The entry for the container of a finished `docker run`, from its cid file or the ID that `-d` printed. */
export const createContainerEntries = (
	engine: string,
	stepId: string | null,
	cid: string | null,
	stdout: string,
): LedgerEntry[] => {
	const id = cid ?? /^[0-9a-f]{64}$/m.exec(stdout)?.[0];
	return id ? [{kind: 'container', engine, id, stepId}] : [];
};

/** The output of a line, in which new objects are found. `built`: that of its builds. */
export type PrintedObjects = {built: BuildOutput | null; stdout: string};

/**
 * Entries for what a line's docker commands created: what they were told to create, what they printed, and what is new.
 * What existed before is not ours, and neither are base images. `known`: the ledger so far.
 */
const createObjectEntries = (
	makes: CreationPlan,
	{engine, known, printed}: {engine: string; known: LedgerEntry[]; printed: PrintedObjects},
	{before, after}: Snapshots<ObjectSnapshot>,
	baseImages: string[],
): LedgerEntry[] => {
	const entries = newFileEntries(engine, before.files, after.files, known);
	if (before.things && after.things) {
		const things = {before: before.things, after: after.things};
		entries.unshift(...newObjectEntries(makes, {engine, known, stdout: printed.stdout, ...things}));
	}
	if (before.images && after.images) {
		const bases = new Set(baseImages.map(normalizeImageName));
		const {ids, names, fetched} = listPrintedImages(makes, printed);
		const pulledIds = fetched.flatMap(name => (bases.has(name) ? [] : (after.images?.names[name] ?? [])));
		const ourIds = selectActiveIds(known, 'image');
		const images = {
			ids: [...ids, ...pulledIds],
			names: names.filter(name => !bases.has(name)),
			isOurs: (id: string, made: string[]) => !makes.isTyped || made.includes(id) || ourIds.includes(id),
		};
		const options = {engine, baseImages, before: before.images, after: after.images};
		entries.unshift(...createImageEntries(images, options));
	}
	return entries;
};

/** `fetched`: the names of images from a registry or a file. */
const listPrintedImages = ({images, names, pulled}: CreationPlan, {built, stdout}: PrintedObjects) => {
	const lines = stdout.split(/\r?\n/);
	const isLoaded = images.includes('loaded');
	const fetched = [...pulled, ...(isLoaded ? matchLines(lines, /^Loaded image: (\S+)$/) : [])];
	return {
		ids: [
			...(images.includes('printed') ? matchLines(lines, /^(?:sha256:)?([0-9a-f]{64})$/) : []),
			...(isLoaded ? matchLines(lines, /^Loaded image ID: sha256:([0-9a-f]{64})$/) : []),
			...(built ? [...built.imageIds, ...built.mentioned.images] : []),
		],
		names: [...names, ...fetched, ...(built?.names ?? [])],
		fetched,
	};
};

const matchLines = (lines: string[], pattern: RegExp): string[] =>
	lines.flatMap(line => pattern.exec(line)?.[1] ?? []);

const newObjectEntries = (
	makes: CreationPlan,
	{
		engine,
		known,
		stdout,
		before,
		after,
	}: Snapshots<EngineObjects> & {engine: string; known: LedgerEntry[]; stdout: string},
): LedgerEntry[] => {
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
			const earlier = before.volumes[id];
			// Before Docker 23, `CreatedAt` changes with what is in a volume: one that was there stays its owner's.
			const isOurs = earlier === undefined || isOurVolume(known, {name: id, createdAt: earlier});
			return createdAt !== undefined && createdAt !== earlier && isOurs
				? [{kind: 'volume', engine, id, createdAt}]
				: [];
		}),
		...[...new Set(makes.networks)].flatMap((name): LedgerEntry[] => {
			const id = after.networks[name];
			return id !== undefined && before.networks[name] !== id ? [{kind: 'network', engine, id, name}] : [];
		}),
	];
};

/** Entries for new files, and for files of ours that the command overwrote and the learner had not changed. */
const newFileEntries = (
	engine: string,
	before: Record<string, string>,
	after: Record<string, string>,
	known: LedgerEntry[],
): LedgerEntry[] => {
	const ours = selectFilePrints(known);
	return Object.entries(after).flatMap(([id, print]): LedgerEntry[] => {
		const earlier = before[id];
		const isOurs = earlier === undefined || (earlier !== print && ours.get(id) === earlier);
		return isOurs ? [{kind: 'file', engine, id, print}] : [];
	});
};

/** Takes the same snapshot as `before` again. Rejects if the engine doesn't answer. */
export const repeatSnapshot = async (
	before: ObjectSnapshot,
	{files}: CreationPlan,
	{engine, lab}: {engine: Pick<Engine, 'images' | 'things'>; lab: Pick<LabFolder, 'fingerprintsOf'>},
): Promise<ObjectSnapshot> => ({
	images: before.images && (await engine.images()),
	things: before.things && (await engine.things()),
	files: lab.fingerprintsOf(files),
});

/** What builds print about their results: the ID of each image, and the names that it got. */
type BuildOutput = {
	imageIds: string[];
	names: string[];
	/** Intermediate images, and the containers of the legacy builder. */
	mentioned: {images: string[]; containers: string[]};
};

/** Collects from the output of builds what they created. */
export const createBuildOutputReader = (
	format: BuildFormat,
	{podman}: Pick<EngineIdentity['cli'], 'podman'>,
): {push(stream: 'stdout' | 'stderr', bytes: Uint8Array): void; end(): BuildOutput} => {
	const parser = createBuildParser(format);
	const normalizeName = podman === undefined ? normalizeImageName : normalizePodmanImageName;
	const output: BuildOutput = {imageIds: [], names: [], mentioned: {images: [], containers: []}};
	const collect = (events: BuildEvent[]): void => {
		for (const event of events) {
			if (event.event === 'image') output.imageIds.push(event.imageId);
			if (event.event === 'named') output.names.push(normalizeName(event.name));
			if (event.event === 'mentioned') output.mentioned[`${event.kind}s`].push(event.id);
		}
	};
	return {
		push: (stream, bytes) => collect(parser.push(stream, bytes, 0)),
		end() {
			collect(parser.end());
			return output;
		},
	};
};

/** The same for builds that are not followed; null if the line has none. */
export const createPlannedOutputReader = (
	making: CreationPlan | undefined,
	cli: Pick<EngineIdentity['cli'], 'podman'>,
): ReturnType<typeof createBuildOutputReader> | null =>
	making?.images.includes('built')
		? createBuildOutputReader(cli.podman === undefined ? 'plain' : 'buildah', cli)
		: null;

/** The context for settling a run. `baseImages`: names of the images that the workshop starts from. */
export type SettlingContext = {
	ledger: Ledger;
	lab: Pick<LabFolder, 'readCid' | 'deleteCidFile'>;
	baseImages: string[];
};

/** A run that is about to create something. */
export type PendingRun = Extract<LedgerEntry, {kind: 'intent'}>;

/**
 * Records what a run created in the ledger, and marks the run as settled. Resolves with the new entries. If `lookAgain`
 * resolves with null, records at most its container, and the run stays pending.
 */
export const settleRun = async (
	{engine, id, stepId, build, making}: PendingRun,
	{build: builtOutput, ...printed}: PrintedObjects & {build: Pick<Build, 'imageId' | 'mentioned'> | null},
	context: SettlingContext & {
		lookAgain(before: ObjectSnapshot, making: CreationPlan): Promise<ObjectSnapshot | null>;
	},
): Promise<LedgerEntry[]> => {
	const {ledger, lab, baseImages} = context;
	const recorded: LedgerEntry[] = [];
	const record = (entries: LedgerEntry[]) => {
		for (const entry of entries) ledger.append(entry);
		recorded.push(...entries);
	};
	const makes = making?.makes ?? nothingPlanned;
	const before: ObjectSnapshot = {...nothingSeen, ...making?.before, ...(build && {images: build.before})};
	if (!build && (!making || (makes.printsContainer && !makes.isTyped)))
		record(createContainerEntries(engine, stepId, lab.readCid(id), printed.stdout));
	const after = await context.lookAgain(before, makes);
	if (!after) return recorded;
	if (build && builtOutput && before.images && after.images) {
		const images = {before: before.images, after: after.images};
		record(createBuildEntries({engine, build: builtOutput, tags: build.tags, ...images, baseImages}));
	}
	const known = ledger.entries(engine);
	record(createObjectEntries(makes, {engine, known, printed}, {before, after}, baseImages));
	ledger.append({kind: 'settled', engine, id});
	lab.deleteCidFile(id);
	return recorded;
};

const nothingSeen: ObjectSnapshot = {images: null, things: null, files: {}};

const nothingPlanned = planCreation([], {folder: '', isTyped: false, isBuildFollowed: true, baseImages: []});
