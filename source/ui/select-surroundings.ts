import process from 'node:process';
import type {Surroundings} from './surroundings.js';
import {selectSymbols} from './symbols.js';

/** What an environment says of how to draw. `now`: milliseconds since 1970. */
export const selectSurroundings = (
	environment: Record<string, string | undefined>,
	now: () => number = Date.now,
): Surroundings => ({
	symbols: selectSymbols(environment, process.platform),
	isColoured: !environment.NO_COLOR && environment.FORCE_COLOR !== '0',
	now,
});
