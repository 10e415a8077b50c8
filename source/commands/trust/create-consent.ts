import {createHash} from 'node:crypto';
import type {Consent} from '../../session/consent.js';
import {type FolderHash, hashFolder} from '../../storage/hash-folder.js';
import {stateFolder} from '../../storage/state-folder.js';
import {createTrustedHashes} from '../../storage/trusted-hashes.js';
import {UserError} from '../../text/user-error.js';
import type {WatchedWorkshop} from '../authoring/watch-workshop.js';
import type {OpenWorkshop} from '../open-workshop.js';
import type {Options} from '../options.js';
import {trustLines} from './trust-lines.js';
import {trustQuestion} from './trust-question.js';

/**
 * Consent on the screen; null for a workshop that is shipped. The folder is hashed anew before each run: files that have
 * changed since are not what was agreed to. While its author watches it, a change of the text alone is let through, as
 * nothing else is run by it; a changed command, context or solution is asked about again.
 */
export const createConsent = (
	open: OpenWorkshop,
	{trust, watched}: Pick<Options, 'trust'> & {watched: WatchedWorkshop | null},
): Consent | null => {
	if (open.shipped) return null;
	const trusted = createTrustedHashes(stateFolder());
	let agreed: {hash: string; runs: string} | null = null;
	return {
		pending() {
			try {
				const isSound = watched?.look().workshop !== null;
				const seen = hashFolder(open.folder);
				const {hash} = seen;
				const now = {hash, runs: hashOfRuns(open, seen)};
				if (trust === hash) trusted.add(hash, open.folder);
				if (trusted.has(hash) || (watched && agreed?.runs === now.runs)) {
					agreed = now;
					return null;
				}
				if (agreed && !watched) return {obstacle: changed};
				if (!isSound) return {obstacle: broken};
				return {
					question: trustQuestion(open.workshop.title, trustLines(open, seen)),
					agree() {
						agreed = now;
						return trusted.add(hash, open.folder);
					},
				};
			} catch (error) {
				if (error instanceof UserError) return {obstacle: error.message};
				throw error;
			}
		},
	};
};

const changed =
	'The files of this workshop have changed since it was opened, and nothing of them runs: leave, and open it again.';

const broken =
	'The files of this workshop can’t be read as they are now, so nothing of them runs: put them right first.';

/** A hash of what can be run: the steps without their text, and every file but the pages at the top. */
const hashOfRuns = ({workshop}: OpenWorkshop, {files}: FolderHash): string => {
	const steps = workshop.chapters.flatMap(chapter =>
		chapter.steps.map(({id, kind, builder, command, capture, edit, judge}) => ({
			id,
			kind,
			builder,
			command,
			capture,
			edit,
			judge,
		})),
	);
	const below = [...files].filter(([file]) => file.includes('/'));
	return createHash('sha256')
		.update(JSON.stringify([steps, below]))
		.digest('hex');
};
