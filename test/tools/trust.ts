import {hashFolder} from '../../source/storage/hashes.js';

/** The arguments that trust a workshop with its current files. */
export const trust = (folder: string): string[] => ['--trust', hashFolder(folder).hash];
