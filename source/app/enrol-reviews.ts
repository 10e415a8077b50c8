import {countDaysUntilDue, enrolKinds, gradeCard} from '../review/schedule.js';
import {generatedItems} from '../review/sources.js';
import {questionKind} from '../review/workshop-questions.js';
import {selectSteps} from '../session/select.js';
import type {OpenSession} from '../session/session.js';
import type {SessionState} from '../session/state.js';
import type {ReviewStore} from '../storage/review-store.js';

/**
 * Takes each question into the reviews once it is answered. On the last page of a workshop of which something has
 * passed, says when a review is due; a shipped one also begins the reviews of what the program can ask by itself.
 * `place`: as for `questionKind`. `now`: milliseconds since 1970. Returns a function that stops it.
 */
export const enrolReviews = (
	session: Pick<OpenSession, 'getState' | 'subscribe' | 'notify' | 'foretellReview'>,
	{store, place, shipped, now}: {store: ReviewStore; place: string; shipped: boolean; now(): number},
): (() => void) => {
	const generated = shipped ? generatedItems.kinds : [];
	let wasAtEnd = false;
	let seen: unknown[] = [];
	const follow = (): void => {
		const state = session.getState();
		const isArriving = state.screen === 'end' && !wasAtEnd && Object.keys(state.passed).length > 0;
		wasAtEnd = state.screen === 'end';
		const hasAnswered = seen[0] !== state.answers || seen[1] !== state.passed;
		seen = [state.answers, state.passed];
		if (!isArriving && !hasAnswered) return;
		const {cards} = store.load().deck;
		const questions = listAnswered(state, place);
		const news = questions.filter(({kind}) => !cards[kind]);
		const begun = isArriving ? generated.filter(kind => !cards[kind]) : [];
		const at = now();
		const problem =
			news.length + begun.length === 0
				? null
				: store.update(deck =>
						news.reduce(
							(graded, {kind, isRight}) =>
								graded.cards[kind] ? graded : gradeCard(graded, kind, isRight, at),
							enrolKinds(deck, begun, at),
						),
					);
		if (problem !== null) session.notify(problem);
		const kinds = [...questions.map(({kind}) => kind), ...generated];
		if (problem === null && isArriving && kinds.length > 0)
			session.foretellReview(countDaysUntilDue(store.load().deck, kinds, at));
	};
	follow();
	return session.subscribe(follow);
};

/** The questions of a workshop that are answered, and whether they were at once. */
const listAnswered = (state: SessionState, place: string): Array<{kind: string; isRight: boolean}> =>
	selectSteps(state).flatMap(step => {
		const answer = state.answers[step.id];
		// An answer to a question that has changed since is not a pass any more.
		return step.question && answer && state.passed[step.id]
			? [{kind: questionKind(place, step), isRight: answer.first === 'right'}]
			: [];
	});
