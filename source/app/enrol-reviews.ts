import {countDaysUntilDue, enrolKinds} from '../review/schedule.js';
import {generatedItems} from '../review/sources.js';
import type {OpenSession} from '../session/session.js';
import type {ReviewStore} from '../storage/review-store.js';

/**
 * On the last page of a workshop of which something has passed: begins the reviews, and says when one is due. `now`:
 * milliseconds since 1970. Returns a function that stops it.
 */
export const enrolReviews = (
	session: Pick<OpenSession, 'getState' | 'subscribe' | 'notify' | 'foretellReview'>,
	{store, now}: {store: ReviewStore; now(): number},
): (() => void) => {
	let wasAtEnd = false;
	const follow = (): void => {
		const {screen, passed} = session.getState();
		const isArriving = screen === 'end' && !wasAtEnd;
		wasAtEnd = screen === 'end';
		if (!isArriving || Object.keys(passed).length === 0) return;
		const at = now();
		const problem = store.update(deck => enrolKinds(deck, generatedItems.kinds, at));
		if (problem !== null) session.notify(problem);
		else session.foretellReview(countDaysUntilDue(store.load(), generatedItems.kinds, at));
	};
	follow();
	return session.subscribe(follow);
};
