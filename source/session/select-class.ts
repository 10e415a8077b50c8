import type {Chapter, Step} from '../workshop/model.js';
import type {ClassPresence} from './ports.js';
import {selectStep, selectSteps, selectUnmetNeeds} from './select.js';
import {defineSlice} from './slice.js';
import type {SessionState} from './state.js';

/** Something to tell the learner about the class, until a key dismisses it. */
type ClassNote = {
	/** Increases with each note. */
	number: number;
	/** Whether the text is the teacher's own, and is shown as it is; otherwise it is one of our sentences. */
	isQuote: boolean;
	text: string;
};

/** The class as the learner sees it. */
export type ClassView = {
	title: string;
	presence: ClassPresence;
	isHandUp: boolean;
	/** The ID of the chapter where the class is; null without a pace. */
	pace: string | null;
	/** Minutes that are left, rounded up; null without a countdown. */
	minutesLeft: number | null;
	/** What was not dismissed yet, oldest first. */
	notes: ClassNote[];
};

/** Null unless a class was joined. */
export const classView = defineSlice<ClassView | null>('class', null);

/** Where the class is: the chapter, and its number from 1. Null without a pace. */
export const selectPace = (state: SessionState): {chapter: Chapter; number: number} | null => {
	const pace = classView.of(state)?.pace ?? null;
	const {chapters} = state.workshop;
	const index = chapters.findIndex(({id}) => id === pace);
	const chapter = chapters[index];
	return chapter ? {chapter, number: index + 1} : null;
};

/** The open extra challenges that can be done now, for a learner in a chapter behind the one of the class; else none. */
export const selectOffers = (state: SessionState): Step[] => {
	const pace = selectPace(state);
	const {chapters} = state.workshop;
	const at = chapters.findIndex(({id}) => id === selectStep(state).chapterId) + 1;
	if (!pace || state.screen !== 'step' || at <= pace.number) return [];
	return selectSteps(state).filter(
		step => step.optional && !state.passed[step.id] && selectUnmetNeeds(state, step).length === 0,
	);
};

/** Whether the hand can be raised: as long as there is a class to see it, now or when it is back. */
export const selectMayRaiseHand = (state: SessionState): boolean => {
	const presence = classView.of(state)?.presence;
	return presence === 'here' || presence === 'away' || presence === 'joining';
};
