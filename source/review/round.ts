import {messages} from '../messages/index.js';
import type {Judgement, ReviewItem} from './item.js';
import {simulateTrial} from './simulate-trial.js';
import type {Observation, Trial} from './trial.js';

/** Tries something out: on an engine, which takes a while, or by reading it. */
export type TryOut = (trial: Trial) => Promise<Observation> | Observation;

/** What has come of an item. */
export type AnsweredItem = {
	/** Null if it was not answered, which is never wrong. */
	judgement: Judgement | null;
	/** Why the right answer is right. */
	why: Pick<Judgement, 'says' | 'explanations'>;
};

/** The state of a review. */
export type RoundState = {
	items: readonly ReviewItem[];
	/** The place of the item that is shown, from 0; after the last one, the number of items. */
	at: number;
	/** Whether its answer is being tried out on an engine. */
	isTrying: boolean;
	/** What has come of the items so far, that of the shown one included once it is answered. */
	answered: readonly AnsweredItem[];
};

/** A review: some items, one after the other. */
export type Round = {
	getState(): RoundState;
	/** Calls back after every change. Returns a function that unsubscribes. */
	subscribe(onChange: () => void): () => void;
	/**
	 * Takes what was typed for the shown item; nothing means that it is left without an answer. Returns why it can't be
	 * an answer, in a sentence; null if it is taken.
	 */
	answer(typed: string): string | null;
	/** Shows the next item, once the shown one is answered. */
	goOn(): void;
};

/** Begins a review. `onJudged`: called for each answer that is right or wrong. */
export const createRound = (
	items: readonly ReviewItem[],
	{tryOut, onJudged}: {tryOut: TryOut; onJudged(kind: string, isRight: boolean): void},
): Round => {
	let state: RoundState = {items, at: 0, isTrying: false, answered: []};
	const listeners = new Set<() => void>();
	const change = (changes: Partial<RoundState>): void => {
		state = {...state, ...changes};
		for (const listener of listeners) listener();
	};
	const judge = (item: ReviewItem, answer: string, seen: Observation | null): void => {
		const judgement = item.judge(answer, seen);
		if (judgement.verdict !== 'unknown') onJudged(item.kind, judgement.verdict === 'right');
		finish(item, judgement);
	};
	const finish = (item: ReviewItem, judgement: Judgement | null): void =>
		change({isTrying: false, answered: [...state.answered, {judgement, why: explainRight(item)}]});
	return {
		getState: () => state,
		subscribe(onChange) {
			listeners.add(onChange);
			return () => listeners.delete(onChange);
		},
		answer(typed) {
			const item = shownItem(state);
			if (!item || state.isTrying || state.answered.length > state.at) return null;
			const answer = readAnswer(item, typed.trim());
			if (answer === undefined) return messages.review.noChoice(typed.trim());
			if (answer === null) {
				finish(item, null);
				return null;
			}
			const trial = item.trialOf(answer);
			const untried = trial ? null : item.judge(answer, null);
			if (untried?.verdict === 'unknown') return untried.says;
			const seen = trial && tryOut(trial);
			if (seen instanceof Promise) {
				change({isTrying: true});
				void seen.then(shown => judge(item, answer, shown));
			} else judge(item, answer, seen);
			return null;
		},
		goOn() {
			if (state.answered.length > state.at) change({at: state.at + 1});
		},
	};
};

/** The item that is shown; null after the last one. */
export const shownItem = ({items, at}: RoundState): ReviewItem | null => items[at] ?? null;

/**
 * Reads an answer: of choices, the number or the text; the numbers, if several are right. Null if it is empty, undefined
 * if it is none of the choices.
 */
const readAnswer = ({choices, hasSeveral = false}: ReviewItem, typed: string): string | null | undefined => {
	if (typed === '') return null;
	if (!choices) return typed;
	const find = (one: string) =>
		(choices[Number(one) - 1] ?? choices.find(({label}) => label === one))?.answer;
	if (!hasSeveral) return find(typed);
	const answers = typed
		.split(/[\s,]+/)
		.filter(Boolean)
		.map(find);
	return answers.includes(undefined) ? undefined : [...new Set(answers)].sort().join(',');
};

const explainRight = ({right, trialOf, judge}: ReviewItem): Judgement => {
	const trial = trialOf(right);
	return judge(right, trial && simulateTrial(trial));
};
