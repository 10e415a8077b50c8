import test from 'ava';
import {createEmptyCard, fsrs, generatorParameters, Rating} from 'ts-fsrs';
import {createRandom} from '../../source/review/random.js';
import {
	countDaysUntilDue,
	type Deck,
	emptyDeck,
	enrolKinds,
	gradeCard,
	itemsPerReview,
	selectDue,
} from '../../source/review/schedule.js';
import {generatedItems} from '../../source/review/sources.js';

const {kinds} = generatedItems;
const day = 86_400_000;
const start = Date.UTC(2026, 0, 1, 9);

/** As it is kept on the disk. */
const keep = (deck: Deck): Deck => JSON.parse(JSON.stringify(deck));

test('sixty days of reviews are those of ts-fsrs driven directly', t => {
	const random = createRandom(2026);
	const direct = fsrs(generatorParameters({enable_fuzz: false, enable_short_term: false}));
	const cards = new Map(
		kinds.map(kind => [kind, direct.next(createEmptyCard(start), start, Rating.Good).card]),
	);
	let deck = enrolKinds(emptyDeck, kinds, start);
	let answered = 0;
	for (let at = start + day; at <= start + 60 * day; at += day) {
		const due = selectDue(deck, [kinds], at);
		const expected = [...cards]
			.filter(([, card]) => card.due.getTime() <= at)
			.sort(([, one], [, other]) => one.due.getTime() - other.due.getTime())
			.slice(0, itemsPerReview)
			.map(([kind]) => kind);
		t.deepEqual(due, expected);
		for (const kind of due) {
			const isRight = random.below(4) > 0;
			deck = keep(gradeCard(deck, kind, isRight, at));
			const {card} = direct.next(
				cards.get(kind) ?? createEmptyCard(at),
				at,
				isRight ? Rating.Good : Rating.Again,
			);
			cards.set(kind, card);
			t.like(deck.cards[kind], {due: card.due.toISOString(), stability: card.stability, lapses: card.lapses});
			answered++;
		}
	}
	t.true(answered > 2 * kinds.length);
});

test('without any card, a review has the first five kinds', t => {
	t.deepEqual(selectDue(emptyDeck, [kinds], start), kinds.slice(0, itemsPerReview));
	t.is(countDaysUntilDue(emptyDeck, kinds, start), 0);
});

test('after a workshop, the first review is due in three days', t => {
	const deck = enrolKinds(emptyDeck, kinds, start);
	t.deepEqual(selectDue(deck, [kinds], start), []);
	t.is(countDaysUntilDue(deck, kinds, start), 3);
	t.is(selectDue(deck, [kinds], start + 3 * day).length, itemsPerReview);
	t.is(countDaysUntilDue(deck, kinds, start + 4 * day), 0);
});

test('those of several sources are asked in turn, and the rest is of what there is more', t => {
	const own = ['question a', 'question b', 'question c'];
	const deck = enrolKinds(enrolKinds(emptyDeck, own, start), kinds, start + 1);
	const [first, second, third] = kinds;
	const at = start + 4 * day;
	t.deepEqual(selectDue(deck, [own, kinds], at), [own[0], first, own[1], second, own[2]]);
	t.deepEqual(selectDue(deck, [own.slice(0, 1), kinds], at), [own[0], first, second, third, kinds[3]]);
	t.deepEqual(selectDue(deck, [own, []], at), own);
});

test('a workshop that is finished again changes no card', t => {
	const deck = gradeCard(enrolKinds(emptyDeck, kinds, start), 'ports', false, start + 3 * day);
	t.deepEqual(enrolKinds(deck, kinds, start + 5 * day), deck);
});
