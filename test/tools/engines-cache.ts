import {homedir} from 'node:os';
import path from 'node:path';

/** The folder in which the scripts of the tests keep what they get: engines, nginx, Verdaccio. */
export const enginesCache =
	process.env.ENGINES_DIR ??
	path.join(process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache'), 'docker-engines');
