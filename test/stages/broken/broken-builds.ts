import {brokenCommands} from './broken-commands.js';
import {brokenCopies} from './broken-copies.js';
import {brokenTexts} from './broken-texts.js';

/** All builds that fail, each with what is said of it. */
export const brokenBuilds = [...brokenCommands, ...brokenCopies, ...brokenTexts];
