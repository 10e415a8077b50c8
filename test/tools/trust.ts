import {hashFolder} from '../../source/storage/hashes.js';

/** The arguments by which somebody trusts a workshop as its folder is now. */
export const trust = (folder: string): string[] => ['--trust', hashFolder(folder).hash];
