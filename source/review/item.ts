import type {Root} from 'mdast';
import type {Observation, Trial} from './trial.js';

/** How an answer is judged. */
export type Judgement = {
	verdict: 'right' | 'wrong' | 'unknown';
	/** `right`, or which mistake it is. */
	finding: string;
	/** Explains it, in one or two sentences; empty if `explanations` does. */
	says: string;
	/** The same as the author of a workshop's question has written it. */
	explanations?: Root[];
};

/** An answer to choose. */
type Choice = {answer: string; label: string};

/** One thing to answer in a review. */
export type ReviewItem = {
	/** What it trains; the schedule has one card for each kind. */
	kind: string;
	/** Null if the text that is shown asks it. */
	question: string | null;
	/** What the question is about. Files are shown with line numbers. */
	shown: Array<
		| {form: 'file'; name: string; text: string}
		| {form: 'command'; text: string}
		| {form: 'text'; title: string; source: string; text: Root}
	>;
	/** The answers to choose from, in the order shown; null if the answer is typed. */
	choices: Choice[] | null;
	/** Whether several choices are right together: an answer is then all of them, in order, with commas between. */
	hasSeveral?: boolean;
	/** One answer that is right. */
	right: string;
	/** Typical wrong answers, each with the finding that it gets. */
	wrong: Array<{answer: string; finding: string}>;
	/** What to try out for an answer; null if there is nothing to try. */
	trialOf(answer: string): Trial | null;
	/** Judges an answer by what its trial has shown (null without one). `unknown` without a trial: it is no answer. */
	judge(answer: string, seen: Observation | null): Judgement;
};

/** A place that items come from: the generators of this program, or a workshop's questions that were answered. */
export type ItemSource = {
	/** What it can ask about, as names of cards. */
	kinds: readonly string[];
	/** Creates an item of one of its kinds; the same seed gives the same item. */
	create(kind: string, seed: number): ReviewItem;
};

/** How an item calls the answer that is right. */
export const rightFinding = 'right';
