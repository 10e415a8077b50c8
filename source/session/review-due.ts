import {defineSlice} from './slice.js';

/** Days until the learner’s next review, 0 for now; null until it is known, on the last page. */
export const reviewDue = defineSlice<number | null>('review-due', null);
