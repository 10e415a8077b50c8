import type {ContainerFact, ImageFact} from '../checks/model.js';
import {isSameObjectId, normalizeImageName, startsWithLayers} from '../docker/image-ref.js';
import {isTrialOwner, type LedgerEntry, type Owner} from './ledger.js';

/** What the rules need to know of an image. Without its layers, no other image counts as built on it. */
export type KnownImage = Pick<ImageFact, 'id' | 'tags' | 'layers'>;

/**
 * Whether an entry is the workshop's; those of trials and of earlier versions belong to every workshop. `owner`: null
 * for any.
 */
export const belongsTo = (owner: Owner | null, {workshop}: LedgerEntry): boolean =>
	owner === null || workshop === undefined || workshop.id === owner.id || isTrialOwner(workshop);

/**
 * The entries that no later `gone` entry cancels. The `id` of a `gone` entry is an object's ID or, for a name, the
 * name.
 */
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

/** The fingerprints of the files that commands wrote, by path, without those that are gone. */
export const selectFilePrints = (entries: LedgerEntry[]): Map<string, string> =>
	new Map(
		selectActiveEntries(entries).flatMap(entry => (entry.kind === 'file' ? [[entry.id, entry.print]] : [])),
	);

/** The IDs of one kind that the ledger holds and that are not gone. */
export const selectActiveIds = (entries: LedgerEntry[], kind: 'image' | 'container'): string[] => [
	...new Set(selectActiveEntries(entries).flatMap(entry => (entry.kind === kind ? [entry.id] : []))),
];

/** Whether an image is the workshop's. `living`: the entries that are not gone. */
export const isOurImage = (living: LedgerEntry[], id: string): boolean => hasEntry(living, 'image', id);

/**
 * Whether the workshop gave this name to the image: to one of its own or, after a cached build, to one that existed
 * before. `entries`: of its engine.
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
 * Whether a container is the workshop's: the ledger has its ID, or that of its image, unless the learner started it by
 * another name of that image; or its image is built on one that the workshop built and named. `entries`: of its engine.
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

/** Whether the workshop created a volume. Compares the time too: others may have recreated one that was removed. */
export const isOurVolume = (entries: LedgerEntry[], {name, createdAt}: {name: string; createdAt: string}) =>
	selectActiveEntries(entries).some(
		entry => entry.kind === 'volume' && entry.id === name && entry.createdAt === createdAt,
	);

/** The images of ours that we named, without intermediate ones, which may have only their base image's layers. */
export const selectNamedImages = <Image extends KnownImage>(
	living: LedgerEntry[],
	images: Image[],
): Image[] => images.filter(({id}) => isOurImage(living, id) && hasEntry(living, 'name', id));

/**
 * Images of ours whose descendants are ours too: their layers differ from all the learner's images, on which others may
 * be built.
 */
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
