import type {Build} from '../../build/model.js';
import {livingIds} from '../../ownership/is-ours.js';
import {imageName} from '../../text/image-name.js';
import type {Before, ImageSnapshot, LedgerEntry, Making, Things} from '../ports.js';

/**
 * What a build made: what it said that it made, as far as it was not on the engine before and is there after it. An
 * image that was there before is never ours; neither is a base image that the build pulled, nor an image that somebody
 * else gave the name to in the meantime.
 */
export const entriesOfBuild = ({
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
export const entriesOfRun = (
	engine: string,
	stepId: string | null,
	cid: string | null,
	stdout: string,
): LedgerEntry[] => {
	const id = cid ?? /^[0-9a-f]{64}$/m.exec(stdout)?.[0];
	return id ? [{kind: 'container', engine, id, stepId}] : [];
};

/** What a line printed that tells what it made. */
export type Printed = {
	/** IDs of images that builds wrote, and the names that they gave, as the engine lists them. */
	built: {images: string[]; names: string[]};
	stdout: string;
};

/**
 * What the docker commands of a line made, found by what they were told to make, what they printed, and what is new
 * since. Nothing is ours that was there before, and no base image of the workshop is. `known`: the ledger so far.
 */
export const entriesOfMaking = (
	makes: Making,
	{
		engine,
		printed,
		before,
		after,
		known,
		baseImages,
	}: {
		engine: string;
		printed: Printed;
		before: Before;
		after: Before;
		known: LedgerEntry[];
		baseImages: string[];
	},
): LedgerEntry[] => {
	const at = {engine, makes, printed};
	return [
		...(before.images && after.images
			? newImages({...at, before: before.images, after: after.images, known, baseImages})
			: []),
		...(before.things && after.things ? newThings({...at, before: before.things, after: after.things}) : []),
		...newFiles(engine, before.files, after.files, known),
	];
};

type At = {engine: string; makes: Making; printed: Printed};

const newImages = ({
	engine,
	makes,
	printed,
	before,
	after,
	known,
	baseImages,
}: At & {
	before: ImageSnapshot;
	after: ImageSnapshot;
	known: LedgerEntry[];
	baseImages: string[];
}): LedgerEntry[] => {
	const bases = new Set(baseImages.map(imageName));
	const baseIds = new Set([...bases].map(name => after.names[name]));
	const isNew = (id: string | undefined): id is string =>
		id !== undefined && !before.ids.includes(id) && !baseIds.has(id);
	const reads = (how: Making['images'][number]) => makes.images.includes(how);
	const lines = printed.stdout.split(/\r?\n/);
	const loaded = reads('loaded') ? readAll(lines, /^Loaded image: (\S+)$/) : [];
	const built = reads('built') ? printed.built.names : [];
	const names = [...makes.names, ...makes.pulled, ...loaded, ...built].filter(name => !bases.has(name));
	const ids = [
		...(reads('printed') ? readAll(lines, /^(?:sha256:)?([0-9a-f]{64})$/) : []),
		...(reads('loaded') ? readAll(lines, /^Loaded image ID: sha256:([0-9a-f]{64})$/) : []),
		...(reads('built') ? printed.built.images : []),
	].map(id => after.ids.find(full => full.replace('sha256:', '').startsWith(id.replace('sha256:', ''))));
	const fetched = [...makes.pulled, ...loaded].map(name => (bases.has(name) ? undefined : after.names[name]));
	const made = [...new Set([...ids, ...fetched].filter(isNew))];
	const ours = new Set([...livingIds(known, 'image'), ...made]);
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

const readAll = (lines: string[], pattern: RegExp): string[] =>
	lines.flatMap(line => pattern.exec(line)?.[1] ?? []);

const newThings = ({
	engine,
	makes,
	printed: {stdout},
	before,
	after,
}: At & {before: Things; after: Things}): LedgerEntry[] => {
	const lines = stdout.split(/\r?\n/);
	const volumes = makes.printsVolume ? [...makes.volumes, ...lines] : makes.volumes;
	const oldContainers = new Set(Object.values(before.containers));
	const printedIds = makes.isTyped && makes.printsContainer ? readAll(lines, /^([0-9a-f]{64})$/) : [];
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
const newFiles = (
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
