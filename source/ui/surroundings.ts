import {createContext, useContext} from 'react';
import type {Symbols} from './symbols.js';

/** What every part of the screen needs and nobody changes. */
export type Surroundings = {
	symbols: Symbols;
	/** False: nothing is coloured, not even what a command printed in colours. */
	isColoured: boolean;
	/** Milliseconds since 1970. */
	now: () => number;
};

/** Null outside of `App`. */
export const SurroundingsContext = createContext<Surroundings | null>(null);

/** The surroundings of the component. */
export const useSurroundings = (): Surroundings => {
	const surroundings = useContext(SurroundingsContext);
	if (!surroundings) throw new Error('This component must stand inside of App.');
	return surroundings;
};
