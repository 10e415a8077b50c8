import {defineSlice} from '../slice.js';

/** Whether the learner's hand is up. */
export const handUp = defineSlice('hand', false);
