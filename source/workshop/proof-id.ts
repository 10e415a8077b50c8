import type {Step} from './model.js';

/** What a proof of a challenge is recorded as; `index` from 0. No step can be called so. */
export const proofId = ({id}: Step, index: number): string => `${id}--${index + 1}`;
