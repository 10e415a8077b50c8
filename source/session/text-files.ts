import {defineSlice} from './slice.js';

/** The files that the text of the shown step shows: path in the lab folder → text; null if there is no such file. */
export const textFiles = defineSlice<Record<string, string | null>>('text-files', {});
