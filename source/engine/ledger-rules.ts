import type {ContainerFact, ImageFact} from '../checks/model.js';
import type {CleanupItem, LedgerEntry, Things} from '../session/ports.js';
import {withTag} from '../text/with-tag.js';
import {beginsWith} from './select-probed.js';

/** What clean-up does on an engine, in this order. */
export type CleanupPlan = {
	containers: Array<{id: string; name: string}>;
	networks: Array<{id: string; name: string}>;
	/** Names. `createdAt`: a volume of that name that was made at another time is not ours. */
	volumes: Array<{name: string; createdAt: string}>;
	/** Names that we gave and that still name what we gave them to. `restoreTo`: the image ID that had them before. */
	names: Array<{name: string; id: string; restoreTo: string | null}>;
	/** Images of ours that nothing else refers to, newest first, because newer ones are built on older ones. */
	images: Array<{id: string; name: string}>;
	/** What a learner may wonder about: of ours but in use, or near to ours but not ours. */
	kept: Array<CleanupItem & {reason: string}>;
};

/**
 * What is ours on an engine and may go. A container is ours when the ledger has its ID or its image's, unless it was
 * started by a name of the learner's for that image; or when its image is built on one that we built and named. An image that was there before us is in no ledger, and never goes.
 * `images`, `containers` and `things`: all there are, intermediate images and stopped containers too.
 */
export const planCleanup = (
	entries: LedgerEntry[],
	images: ImageFact[],
	containers: ContainerFact[],
	things: Pick<Things, 'volumes' | 'networks'>,
): CleanupPlan => {
	const living = dropGone(entries);
	const volumes = planVolumes(living, things);
	const ours = selectOurs(living, images);
	const claims = selectClaims(living, ours, images);
	const names = planNames(living, images, ours);
	const removedNames = new Set(names.planned.map(({name}) => name));
	const judged = ours.map(image => ({image, other: image.tags.find(tag => !removedNames.has(tag))}));
	const ourContainers = containers.filter(container =>
		isOurContainer(container, {living, ours, images, claims, removedNames}),
	);
	const staying = containers.filter(container => !ourContainers.includes(container));
	return {
		containers: ourContainers.map(({id, name}) => ({id, name})),
		networks: planNetworks(living, things),
		volumes: volumes.planned,
		names: names.planned,
		images: judged
			.filter(({other}) => other === undefined)
			.map(({image}) => ({id: image.id, name: image.tags[0] ?? ''})),
		kept: [
			...volumes.kept,
			...names.kept,
			...judged
				.filter(({other}) => other !== undefined)
				.map(({image: {id}, other = ''}) => ({
					kind: 'image' as const,
					id,
					name: other,
					reason: `you call it ${other}`,
				})),
			...keptNeighbours(staying, {ours: selectNamed(living, ours), images}),
		],
	};
};

/** The entries that were not followed by `gone`: of an ID, or of a name, which `gone` puts where the ID stands. */
const dropGone = (entries: LedgerEntry[]): LedgerEntry[] => {
	const living: LedgerEntry[] = [];
	for (const entry of entries) {
		if (entry.kind !== 'gone') {
			living.push(entry);
			continue;
		}
		const kept = living.filter(
			one => one.kind === 'gone' || (one.id !== entry.id && (one.kind !== 'name' || one.name !== entry.id)),
		);
		living.splice(0, living.length, ...kept);
	}
	return living;
};

const planNetworks = (
	living: LedgerEntry[],
	{networks}: Pick<Things, 'networks'>,
): CleanupPlan['networks'] => {
	const there = Object.entries(networks).map(([name, id]) => ({id, name}));
	return there.filter(({id}) => living.some(entry => entry.kind === 'network' && entry.id === id));
};

const planVolumes = (
	living: LedgerEntry[],
	{volumes}: Pick<Things, 'volumes'>,
): {planned: CleanupPlan['volumes']; kept: CleanupPlan['kept']} => {
	const ours = living.filter(entry => entry.kind === 'volume');
	const there = [...new Set(ours.map(({id}) => id))].flatMap(name => {
		const createdAt = volumes[name];
		return createdAt === undefined ? [] : [{name, createdAt}];
	});
	const isOurs = ({name, createdAt}: {name: string; createdAt: string}) =>
		ours.some(entry => entry.id === name && entry.createdAt === createdAt);
	return {
		planned: there.filter(isOurs),
		kept: there
			.filter(volume => !isOurs(volume))
			.map(({name}) => ({
				kind: 'volume',
				id: name,
				name,
				reason: 'it was made anew since, and not by the workshop',
			})),
	};
};

/** The images of ours that are still there, newest entry first. */
const selectOurs = (living: LedgerEntry[], images: ImageFact[]): ImageFact[] => {
	const ours = living
		.filter(entry => entry.kind === 'image')
		.reverse()
		.flatMap(entry => images.filter(({id}) => isSame(id, entry.id)));
	return [...new Set(ours)];
};

/**
 * The images of ours that make what is built on them ours too: named by us, so no intermediate image, which may have
 * nothing but the layers of its base image; and unlike any image of the learner's, which others may be built on.
 */
const selectClaims = (living: LedgerEntry[], ours: ImageFact[], images: ImageFact[]): ImageFact[] => {
	const others = images.filter(image => !ours.includes(image));
	return selectNamed(living, ours).filter(image => !others.some(other => hasSameLayers(image, other)));
};

const selectNamed = (living: LedgerEntry[], ours: ImageFact[]): ImageFact[] => {
	const named = living.filter(entry => entry.kind === 'name').map(({id}) => id);
	return ours.filter(({id}) => named.some(one => isSame(id, one)));
};

const hasSameLayers = (one: ImageFact, other: ImageFact): boolean =>
	one.layers.length === other.layers.length && beginsWith(one.layers, other.layers);

const isOurContainer = (
	{id, imageId, image: givenName}: ContainerFact,
	{
		living,
		ours,
		images,
		claims,
		removedNames,
	}: {
		living: LedgerEntry[];
		ours: ImageFact[];
		images: ImageFact[];
		claims: ImageFact[];
		removedNames: Set<string>;
	},
): boolean => {
	if (living.some(entry => entry.kind === 'container' && isSame(id, entry.id))) return true;
	const image = images.find(one => one.id === imageId);
	if (image && ours.includes(image)) {
		const name = withTag(givenName);
		return !image.tags.includes(name) || removedNames.has(name);
	}
	return image !== undefined && claims.some(({layers}) => beginsWith(image.layers, layers));
};

const planNames = (
	living: LedgerEntry[],
	images: ImageFact[],
	ours: ImageFact[],
): {planned: CleanupPlan['names']; kept: CleanupPlan['kept']} => {
	const planned: CleanupPlan['names'] = [];
	const kept: CleanupPlan['kept'] = [];
	const given = living.filter(entry => entry.kind === 'name');
	const originBy = (image: ImageFact, name: string): string | null | undefined =>
		originOf(
			image.id,
			given.filter(entry => entry.name === name),
		);
	for (const name of new Set(given.map(entry => entry.name))) {
		const image = images.find(({tags}) => tags.includes(name));
		if (!image) continue;
		const item = {kind: 'name' as const, id: image.id, name};
		const origin = originBy(image, name);
		const restoreTo = images.find(({id}) => origin && isSame(id, origin))?.id ?? null;
		if (origin === undefined) {
			kept.push({...item, reason: 'it names an image of yours now'});
		} else if (
			!restoreTo &&
			!ours.includes(image) &&
			image.tags.every(tag => originBy(image, tag) !== undefined)
		) {
			// Without its last name the engine would delete the image itself.
			kept.push({...item, reason: 'an image that was here before us has no other name'});
		} else {
			planned.push({name, id: image.id, restoreTo});
		}
	}
	return {planned, kept};
};

/**
 * What a name named before we first gave it away: an image ID, null for nothing, undefined when what it names now is
 * not from us.
 */
const originOf = (
	current: string,
	entries: Array<Extract<LedgerEntry, {kind: 'name'}>>,
): string | null | undefined => {
	let origin: string | null | undefined;
	let id: string | null = current;
	for (const entry of entries.toReversed()) {
		if (id === null) break;
		if (!isSame(id, entry.id) || entry.before === entry.id) continue;
		origin = entry.before;
		id = entry.before;
	}
	return origin;
};

/** Containers of the learner's whose images have all the layers of one of ours, or are ours but called otherwise. */
const keptNeighbours = (
	staying: ContainerFact[],
	{ours, images}: {ours: ImageFact[]; images: ImageFact[]},
): CleanupPlan['kept'] =>
	staying.flatMap(({id, name, imageId, image: givenName}) => {
		const image = images.find(one => one.id === imageId);
		if (!image || !ours.some(one => hasSameLayers(one, image))) return [];
		const reason = ours.includes(image)
			? `you started it from ${withTag(givenName)}`
			: 'its image is like one of the workshop, but is yours';
		return [{kind: 'container' as const, id, name, reason}];
	});

/** Builders print the first 12 digits of some IDs. */
const isSame = (id: string, known: string): boolean => {
	const bare = known.replace(/^sha256:/, '');
	return bare.length >= 12 && id.replace(/^sha256:/, '').startsWith(bare);
};
