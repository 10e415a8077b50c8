import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import {sync as writeFileAtomicSync} from 'write-file-atomic';
import {messages} from '../messages/index.js';
import {type Deck, deckSchema, emptyDeck} from '../review/schedule.js';
import {describeError} from '../text/wording.js';
import {withLock} from './process-locks.js';
import {setAside} from './set-aside.js';
import {makePrivateFolder, privateFile} from './state-folder.js';

/** The schedule of the reviews, in the state folder. */
export type ReviewStore = {
	/** What is kept; empty at first. `problem`: one sentence if a file that can't be read was set aside. */
	load(): {deck: Deck; problem: string | null};
	/** Changes it; other copies of the program may do so too. Never throws: returns a problem as one sentence. */
	update(change: (deck: Deck) => Deck): string | null;
};

/** The store in a file of the state folder. A file that can't be read is kept under another name. */
export const createReviewStore = (stateFolder: string): ReviewStore => {
	const file = path.join(stateFolder, 'review.json');
	const read = (): {deck: Deck; problem: string | null; mayWrite: boolean} => {
		if (!existsSync(file)) return {deck: emptyDeck, problem: null, mayWrite: true};
		try {
			const deck = v.parse(deckSchema, JSON.parse(readFileSync(file, 'utf8')));
			return {deck, problem: null, mayWrite: true};
		} catch (error) {
			const {isAside, problem} = setAside(file, error, messages.storage.reviews);
			return {deck: emptyDeck, problem, mayWrite: isAside};
		}
	};
	return {
		load: read,
		update(change) {
			let trouble: string | null = null;
			const write = (): void => {
				const {deck, problem, mayWrite} = read();
				trouble = problem;
				if (mayWrite) writeFileAtomicSync(file, `${JSON.stringify(change(deck), null, '\t')}\n`, privateFile);
			};
			try {
				makePrivateFolder(stateFolder);
				withLock(`${file}.lock`, write);
				return trouble;
			} catch (error) {
				return messages.storage.reviews.notSaved(describeError(error));
			}
		},
	};
};
