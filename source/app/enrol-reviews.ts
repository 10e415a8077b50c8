import {messages} from '../messages/index.js';
import {countDaysUntilDue, enrolKinds} from '../review/schedule.js';
import {generatedItems} from '../review/sources.js';
import type {OpenSession} from '../session/session.js';
import {createReviewStore} from '../storage/review-store.js';
import {stateFolder} from '../storage/state-folder.js';

/** On the last page of a workshop of which something has passed: begins the reviews, and says when one is due. */
export const enrolReviews = (
	session: Pick<OpenSession, 'getState' | 'subscribe' | 'notify'>,
): (() => void) => {
	const store = createReviewStore(stateFolder());
	let wasAtEnd = false;
	const follow = (): void => {
		const {screen, passed, notice} = session.getState();
		const isArriving = screen === 'end' && !wasAtEnd;
		wasAtEnd = screen === 'end';
		if (!isArriving || Object.keys(passed).length === 0) return;
		const now = Date.now();
		const problem = store.update(deck => enrolKinds(deck, generatedItems.kinds, now));
		// Nothing else that is said there is less important.
		if (notice === null)
			session.notify(
				problem ?? messages.review.first(countDaysUntilDue(store.load(), generatedItems.kinds, now)),
			);
	};
	follow();
	return session.subscribe(follow);
};
