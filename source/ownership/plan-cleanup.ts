import type {ContainerFact, ImageFact} from '../checks/model.js';
import {isSameObjectId, normalizeImageName} from '../docker/image-ref.js';
import {messages} from '../messages/index.js';
import type {CleanupItem, EngineObjects, KeptItem, LedgerEntry, Owner} from './ledger.js';
import {
	belongsTo,
	hasSameLayers,
	isOurContainer,
	isOurImage,
	isOurName,
	isOurVolume,
	selectActiveEntries,
	selectNamedImages,
} from './rules.js';

/** What clean-up does on an engine, in this order. */
export type CleanupPlan = {
	containers: Array<{id: string; name: string}>;
	networks: Array<{id: string; name: string}>;
	/** A volume of this name with another `createdAt` is not ours. */
	volumes: Array<{name: string; createdAt: string}>;
	/** Names that we assigned and that still name the same image. `restoreTo`: the ID of the image that had it before. */
	names: Array<{name: string; id: string; restoreTo: string | null}>;
	/** Images of ours that no other name refers to, newest first, because newer ones are built on older ones. */
	images: Array<{id: string; name: string}>;
	/** What a learner may wonder about: ours but in use, or similar to ours. */
	kept: KeptItem[];
};

/** Everything on an engine, including intermediate images and stopped containers. */
type EngineContents = {
	images: ImageFact[];
	containers: ContainerFact[];
	things: Pick<EngineObjects, 'volumes' | 'networks'>;
};

/**
 * Plans what clean-up removes from an engine for a workshop, by the rules in `rules.ts`. Images that existed before are
 * in no ledger and are never removed. Objects of other workshops stay, and `kept` lists them with their workshop.
 * `owner`: the workshop; null for all.
 */
export const planCleanup = (
	entries: LedgerEntry[],
	present: EngineContents,
	owner: Owner | null = null,
): CleanupPlan => {
	const living = selectActiveEntries(entries);
	const plan = planFor(living, present, owner);
	return {...plan, kept: [...plan.kept, ...(owner ? listKeptByOthers(plan, living, present, owner) : [])]};
};

/** Lists what clean-ups of the other workshops would remove or rename. */
const listKeptByOthers = (
	plan: CleanupPlan,
	living: LedgerEntry[],
	present: EngineContents,
	owner: Owner,
): KeptItem[] => {
	const others = new Map(
		living.flatMap(({workshop}) => (workshop && workshop.id !== owner.id ? [[workshop.id, workshop]] : [])),
	);
	const seen = new Set(listPlannedItems(plan).map(({kind, id, name}) => `${kind} ${id} ${name}`));
	return [...others.values()].flatMap(workshop =>
		listPlannedItems(planFor(living, present, workshop))
			.filter(({kind, id, name}) => !seen.has(`${kind} ${id} ${name}`))
			.map(item => ({...item, reason: messages.ownership.kept.madeByWorkshop(workshop.id), workshop})),
	);
};

/** Lists what a plan removes, in its order, including names that go back to another image. */
export const listPlannedItems = ({
	containers,
	networks,
	volumes,
	names,
	images,
}: Omit<CleanupPlan, 'kept'>): CleanupItem[] => [
	...containers.map(({id, name}): CleanupItem => ({kind: 'container', id, name})),
	...networks.map(({id, name}): CleanupItem => ({kind: 'network', id, name})),
	...volumes.map(({name}): CleanupItem => ({kind: 'volume', id: name, name})),
	...names.map(({id, name}): CleanupItem => ({kind: 'name', id, name})),
	...images.map(({id, name}): CleanupItem => ({kind: 'image', id, name})),
];

const planFor = (
	living: LedgerEntry[],
	{images, containers, things}: EngineContents,
	owner: Owner | null,
): CleanupPlan => {
	const mine = living.filter(entry => belongsTo(owner, entry));
	const theirs = living.filter(entry => !belongsTo(owner, entry));
	const volumes = planVolumes(mine, things);
	const ours = selectOurImages(mine, images);
	const names = planNames(living, images, owner);
	const removedNames = new Set(names.planned.map(({name}) => name));
	const judged = ours.map(image => ({image, other: image.tags.find(tag => !removedNames.has(tag))}));
	const isOurs = (container: ContainerFact) => isOurContainer(container, {entries: living, images, owner});
	const ourContainers = containers.filter(isOurs);
	const staying = containers.filter(
		container => !isOurs(container) && !isOurContainer(container, {entries: theirs, images}),
	);
	return {
		containers: ourContainers.map(({id, name}) => ({id, name})),
		networks: Object.entries(things.networks)
			.map(([name, id]) => ({id, name}))
			.filter(({id}) => mine.some(entry => entry.kind === 'network' && entry.id === id)),
		volumes: volumes.planned,
		names: names.planned,
		images: judged
			.filter(({other}) => other === undefined)
			.map(({image}) => ({id: image.id, name: image.tags[0] ?? ''})),
		kept: [
			...volumes.kept,
			...names.kept,
			...judged.flatMap(({image: {id}, other}): KeptItem[] =>
				other === undefined ? [] : [{kind: 'image', id, name: other, reason: explainName(other, id, theirs)}],
			),
			...listKeptContainers(staying, {ours: selectNamedImages(mine, ours), images}),
		],
	};
};

const explainName = (name: string, id: string, theirs: LedgerEntry[]): string => {
	const giver = theirs.find(entry => isOurName([entry], name, id))?.workshop;
	const say = messages.ownership.kept;
	return giver ? say.namedByWorkshop(giver.id, name) : say.namedByLearner(name);
};

const planVolumes = (living: LedgerEntry[], {volumes}: Pick<EngineObjects, 'volumes'>) => {
	const ours = living.filter(entry => entry.kind === 'volume');
	const there = [...new Set(ours.map(({id}) => id))].flatMap(name => {
		const createdAt = volumes[name];
		return createdAt === undefined ? [] : [{name, createdAt}];
	});
	const reason = messages.ownership.kept.newVolume;
	return {
		planned: there.filter(volume => isOurVolume(ours, volume)),
		kept: there
			.filter(volume => !isOurVolume(ours, volume))
			.map(({name}) => ({kind: 'volume' as const, id: name, name, reason})),
	};
};

/** The images of ours that still exist, newest entry first. */
const selectOurImages = (living: LedgerEntry[], images: ImageFact[]): ImageFact[] => {
	const ours = living
		.filter(entry => entry.kind === 'image')
		.reverse()
		.flatMap(entry => images.filter(({id}) => isSameObjectId(id, entry.id)));
	return [...new Set(ours)];
};

const planNames = (living: LedgerEntry[], images: ImageFact[], owner: Owner | null) => {
	const planned: CleanupPlan['names'] = [];
	const kept: CleanupPlan['kept'] = [];
	const given = living.filter(entry => entry.kind === 'name');
	const mine = given.filter(entry => belongsTo(owner, entry));
	const giverOf = (image: ImageFact, name: string): NameEntry | undefined =>
		given.findLast(entry => isOurName([entry], name, image.id));
	const isMine = (image: ImageFact, name: string): boolean => {
		const giver = giverOf(image, name);
		return giver !== undefined && belongsTo(owner, giver);
	};
	for (const name of new Set(mine.map(entry => entry.name))) {
		// On Podman, two images can have the same short name.
		const holders = images.filter(({tags}) => tags.includes(name));
		const isForeign = holders.every(image => giverOf(image, name) === undefined);
		for (const image of holders) {
			const item = {kind: 'name' as const, id: image.id, name};
			const restoreTo = isMine(image, name) ? findOriginalImage(image, name, {given, images, owner}) : null;
			if (giverOf(image, name) === undefined) {
				if (isForeign) kept.push({...item, reason: messages.ownership.kept.namesLearnersImage});
			} else if (!isMine(image, name)) {
				// The clean-up of the workshop that has the name now handles it.
			} else if (!restoreTo && !isOurImage(living, image.id) && image.tags.every(tag => isMine(image, tag))) {
				// Removing an image's last name would delete the image itself.
				kept.push({...item, reason: messages.ownership.kept.onlyName});
			} else {
				planned.push({name, id: image.id, restoreTo});
			}
		}
	}
	return {planned, kept};
};

type NameEntry = Extract<LedgerEntry, {kind: 'name'}>;

/**
 * The image that had a name before this workshop first assigned it, and that gets the name back. Null if none had it,
 * or if it no longer exists.
 */
const findOriginalImage = (
	current: ImageFact,
	name: string,
	{given, images, owner}: {given: NameEntry[]; images: ImageFact[]; owner: Owner | null},
): string | null => {
	let id: string | null = current.id;
	let found: string | null = null;
	for (const entry of given.toReversed()) {
		if (id === null) break;
		if (!isOurName([entry], name, id)) continue;
		// Another workshop had assigned the name before this one did.
		if (found !== null && !belongsTo(owner, entry)) break;
		id = entry.before;
		found = images.find(one => id !== null && isSameObjectId(one.id, id))?.id ?? null;
	}
	return found;
};

/**
 * The learner's containers whose image has the same layers as one of ours, or is ours but was started by another name.
 */
const listKeptContainers = (
	staying: ContainerFact[],
	{ours, images}: {ours: ImageFact[]; images: ImageFact[]},
): CleanupPlan['kept'] =>
	staying.flatMap(({id, name, imageId, image: givenName}) => {
		const image = images.find(one => one.id === imageId);
		if (!image || !ours.some(one => hasSameLayers(one, image))) return [];
		const reason = ours.includes(image)
			? messages.ownership.kept.startedFrom(normalizeImageName(givenName))
			: messages.ownership.kept.likeOurs;
		return [{kind: 'container' as const, id, name, reason}];
	});
