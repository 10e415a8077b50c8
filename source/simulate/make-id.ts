import {createHash} from 'node:crypto';

/** 64 hex digits as Docker's IDs have, the same for the same text. */
export const makeId = (text: string): string => createHash('sha256').update(text).digest('hex');
