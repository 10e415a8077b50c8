import {type Card, createEmptyCard, fsrs, generatorParameters, Rating} from 'ts-fsrs';
import * as v from 'valibot';

const dateSchema = v.pipe(v.string(), v.isoTimestamp());

/** A card of FSRS as it is kept: its dates are ISO 8601. */
const cardSchema = v.object({
	due: dateSchema,
	/** Days after which nine in ten still know it. */
	stability: v.number(),
	difficulty: v.number(),
	elapsed_days: v.number(),
	scheduled_days: v.number(),
	learning_steps: v.number(),
	reps: v.number(),
	lapses: v.number(),
	state: v.number(),
	last_review: v.optional(dateSchema),
});

/** What is kept of the reviews: one card for each kind of item. */
export const deckSchema = v.object({format: v.literal(1), cards: v.record(v.string(), cardSchema)});

export type Deck = v.InferOutput<typeof deckSchema>;

export const emptyDeck: Deck = {format: 1, cards: {}};

/** The number of items of one review: about three minutes. */
export const itemsPerReview = 5;

/**
 * FSRS with its own parameters. Without its steps of minutes, as a review is short, and without its random shift of
 * days, so that the day can be told beforehand.
 */
const scheduler = fsrs(generatorParameters({enable_fuzz: false, enable_short_term: false}));

/** Records an answer to an item of a kind. `now`: milliseconds since 1970. */
export const gradeCard = (deck: Deck, kind: string, isRight: boolean, now: number): Deck => {
	const known = deck.cards[kind];
	const card = known ? readCard(known) : createEmptyCard(now);
	const next = scheduler.next(card, now, isRight ? Rating.Good : Rating.Again).card;
	return {...deck, cards: {...deck.cards, [kind]: writeCard(next)}};
};

/** Begins the schedule of the kinds that have no card yet: a workshop has just taught them. */
export const enrolKinds = (deck: Deck, kinds: readonly string[], now: number): Deck =>
	kinds
		.filter(kind => !deck.cards[kind])
		.reduce((enrolled, kind) => gradeCard(enrolled, kind, true, now), deck);

/**
 * The kinds that are due, at most five, from each source in turn: first those that are due for longest, then those
 * without a card, in order. `sources`: the kinds of each.
 */
export const selectDue = (deck: Deck, sources: ReadonlyArray<readonly string[]>, now: number): string[] => {
	const due = sources.map(kinds => listDue(deck, kinds, now));
	const longest = Math.max(0, ...due.map(kinds => kinds.length));
	return Array.from({length: longest}, (_, turn) => due.flatMap(kinds => kinds[turn] ?? []))
		.flat()
		.slice(0, itemsPerReview);
};

const listDue = (deck: Deck, kinds: readonly string[], now: number): string[] => {
	const dueAt = (kind: string) => Date.parse(deck.cards[kind]?.due ?? '');
	const known = kinds.filter(kind => dueAt(kind) <= now).sort((one, other) => dueAt(one) - dueAt(other));
	return [...known, ...kinds.filter(kind => !deck.cards[kind])];
};

/** Days until the next item is due, rounded up; 0 if one is due now. */
export const countDaysUntilDue = (deck: Deck, kinds: readonly string[], now: number): number => {
	const next = Math.min(...kinds.map(kind => Date.parse(deck.cards[kind]?.due ?? '') || now));
	return Math.max(0, Math.ceil((next - now) / 86_400_000));
};

const readCard = ({due, last_review: last, ...card}: Deck['cards'][string]): Card => ({
	...card,
	due: new Date(due),
	...(last !== undefined && {last_review: new Date(last)}),
});

const writeCard = ({due, last_review: last, ...card}: Card): Deck['cards'][string] => ({
	...card,
	due: due.toISOString(),
	...(last && {last_review: last.toISOString()}),
});
