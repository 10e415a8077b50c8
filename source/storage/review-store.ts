import {readFileSync} from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import {sync as writeFileAtomicSync} from 'write-file-atomic';
import {messages} from '../messages/index.js';
import {type Deck, deckSchema, emptyDeck} from '../review/schedule.js';
import {describeError} from '../text/wording.js';
import {tryRead} from './files.js';
import {withLock} from './process-locks.js';
import {makePrivateFolder, privateFile} from './state-folder.js';

/** The schedule of the reviews, in the state folder. */
export type ReviewStore = {
	/** What is kept; empty if there is nothing, or it can't be read. */
	load(): Deck;
	/** Changes it; other copies of the program may do so too. Never throws: returns a problem as one sentence. */
	update(change: (deck: Deck) => Deck): string | null;
};

/** The store in a file of the state folder. */
export const createReviewStore = (stateFolder: string): ReviewStore => {
	const file = path.join(stateFolder, 'review.json');
	const load = (): Deck =>
		tryRead(() => v.parse(deckSchema, JSON.parse(readFileSync(file, 'utf8')))) ?? emptyDeck;
	return {
		load,
		update(change) {
			try {
				makePrivateFolder(stateFolder);
				withLock(`${file}.lock`, () =>
					writeFileAtomicSync(file, `${JSON.stringify(change(load()), null, '\t')}\n`, privateFile),
				);
				return null;
			} catch (error) {
				return messages.storage.reviewsNotSaved(describeError(error));
			}
		},
	};
};
