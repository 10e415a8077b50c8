import type {Build} from '../../build/model.js';
import type {ImageSnapshot, LedgerEntry} from '../ports.js';

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

/** Names that a command gave to images of ours without building them. */
export const entriesOfTags = (
	known: LedgerEntry[],
	{
		engine,
		tags,
		before,
		after,
	}: {engine: string; tags: string[]; before: ImageSnapshot; after: ImageSnapshot},
): LedgerEntry[] => {
	const ours = livingIds(known, 'image');
	return tags.flatMap((name): LedgerEntry[] => {
		const id = after.names[name];
		const earlier = before.names[name] ?? null;
		return id && id !== earlier && ours.includes(id)
			? [{kind: 'name', engine, name, id, before: earlier}]
			: [];
	});
};

/** IDs that the ledger holds and that have not gone since. */
export const livingIds = (entries: LedgerEntry[], kind: 'image' | 'container'): string[] => {
	const living = new Set<string>();
	for (const entry of entries) {
		if (entry.kind === 'gone') living.delete(entry.id);
		else if (entry.kind === kind) living.add(entry.id);
	}
	return [...living];
};
