import type {LedgerEntry} from '../ports.js';
import {livingIds} from './ledger-entries.js';

/** Whether the image that holds a name is the workshop's, or got that name from it. `entries`: of its engine. */
export const isOurImage = (entries: LedgerEntry[], name: string, id: string): boolean =>
	livingIds(entries, 'image').includes(id) ||
	// A cached build gives the name to an image that was there before: then the ledger knows the name alone.
	entries.some(entry => entry.kind === 'name' && entry.name === name && entry.id === id);

/** Whether the workshop, or a learner with an image of the workshop, made a container. */
export const isOurContainer = (
	entries: LedgerEntry[],
	{id, imageId}: {id: string; imageId: string},
): boolean =>
	livingIds(entries, 'container').some(known => id.startsWith(known)) ||
	livingIds(entries, 'image').includes(imageId);

/** Whether the workshop made a volume: by name and time, for one that was removed may have been made anew by others. */
export const isOurVolume = (
	entries: LedgerEntry[],
	{name, createdAt}: {name: string; createdAt: string},
): boolean =>
	entries.some(entry => entry.kind === 'volume' && entry.id === name && entry.createdAt === createdAt);
