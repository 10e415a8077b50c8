import type {ContainerFact, ImageFact} from '../checks/model.js';
import {isSameObjectId, normalizeImageName, startsWithLayers} from '../docker/image-ref.js';
import type {LedgerEntry, Owner} from './ledger.js';

/** What the rules need of an image; without its layers nothing is recognised as built on it. */
export type KnownImage = Pick<ImageFact, 'id' | 'tags' | 'layers'>;

/** Whether an entry is the workshop's; those of earlier versions are every workshop's. `owner`: null for any. */
export const belongsTo = (owner: Owner | null, {workshop}: LedgerEntry): boolean =>
	owner === null || workshop === undefined || workshop.id === owner.id;

/** The entries that were not followed by `gone`: of an ID, or of a name, which `gone` puts where the ID stands. */
export const selectActiveEntries = (entries: LedgerEntry[]): LedgerEntry[] => {
	const living: LedgerEntry[] = [];
	for (const entry of entries) {
		if (entry.kind !== 'gone') {
			living.push(entry);
			continue;
		}
		const kept = living.filter(one => one.id !== entry.id && (one.kind !== 'name' || one.name !== entry.id));
		living.splice(0, living.length, ...kept);
	}
	return living;
};

/** What the files are like that commands wrote, by path, as far as they have not gone since. */
export const selectFilePrints = (entries: LedgerEntry[]): Map<string, string> =>
	new Map(
		selectActiveEntries(entries).flatMap(entry => (entry.kind === 'file' ? [[entry.id, entry.print]] : [])),
	);

/** IDs that the ledger holds and that have not gone since. */
export const selectActiveIds = (entries: LedgerEntry[], kind: 'image' | 'container'): string[] => [
	...new Set(selectActiveEntries(entries).flatMap(entry => (entry.kind === kind ? [entry.id] : []))),
];

/** Whether an image is the workshop's. `living`: the entries that have not gone. */
export const isOurImage = (living: LedgerEntry[], id: string): boolean => hasEntry(living, 'image', id);

/**
 * Whether the workshop gave an image the name that it has, to one of its own or, by a cached build, to one that was
 * there before. `entries`: of its engine.
 */
export const isOurName = (entries: LedgerEntry[], name: string, id: string): boolean =>
	selectActiveEntries(entries).some(
		entry =>
			entry.kind === 'name' &&
			entry.name === name &&
			isSameObjectId(id, entry.id) &&
			entry.before !== entry.id,
	);

/**
 * Whether a container is the workshop's: the ledger has its ID or its image's, unless it was started by a name of the
 * learner's for that image; or its image is built on one that the workshop built and named. `entries`: of its engine.
 * `owner`: the workshop; null for any.
 */
export const isOurContainer = (
	{id, imageId, image: givenName}: Pick<ContainerFact, 'id' | 'imageId' | 'image'>,
	{entries, images, owner = null}: {entries: LedgerEntry[]; images: KnownImage[]; owner?: Owner | null},
): boolean => {
	const living = selectActiveEntries(entries);
	const mine = living.filter(entry => belongsTo(owner, entry));
	const theirs = living.filter(entry => !belongsTo(owner, entry));
	if (hasEntry(mine, 'container', id)) return true;
	if (hasEntry(theirs, 'container', id)) return false;
	const image = images.find(one => one.id === imageId);
	if (isOurImage(mine, imageId)) {
		const name = normalizeImageName(givenName);
		return !image?.tags.includes(name) || isOurName(mine, name, imageId);
	}
	if (!image || isOurImage(theirs, imageId)) return false;
	return selectClaimingImages(living, images).some(
		claim => isOurImage(mine, claim.id) && startsWithLayers(image.layers, claim.layers),
	);
};

/** Whether the workshop made a volume: by name and time, for one that was removed may have been made anew by others. */
export const isOurVolume = (entries: LedgerEntry[], {name, createdAt}: {name: string; createdAt: string}) =>
	selectActiveEntries(entries).some(
		entry => entry.kind === 'volume' && entry.id === name && entry.createdAt === createdAt,
	);

/** The images of ours that we named: no intermediate ones, which may have nothing but the layers of their base image. */
export const selectNamedImages = <Image extends KnownImage>(
	living: LedgerEntry[],
	images: Image[],
): Image[] => images.filter(({id}) => isOurImage(living, id) && hasEntry(living, 'name', id));

/** The images that make what is built on them ours too: unlike any image of the learner's, which others may be built on. */
const selectClaimingImages = (living: LedgerEntry[], images: KnownImage[]): KnownImage[] => {
	const others = images.filter(({id}) => !isOurImage(living, id));
	return selectNamedImages(living, images).filter(
		image => !others.some(other => hasSameLayers(image, other)),
	);
};

export const hasSameLayers = (one: KnownImage, other: KnownImage): boolean =>
	one.layers.length === other.layers.length && startsWithLayers(one.layers, other.layers);

const hasEntry = (living: LedgerEntry[], kind: LedgerEntry['kind'], id: string): boolean =>
	living.some(entry => entry.kind === kind && isSameObjectId(id, entry.id));
