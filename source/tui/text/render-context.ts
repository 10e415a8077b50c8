import {createContext, useContext} from 'react';
import type {Symbols} from '../../view/symbols.js';

/** What every part of the screen needs and no part changes. */
export type RenderContext = {
	symbols: Symbols;
	/** False: nothing is coloured, not even what a command printed in colours. */
	isColoured: boolean;
	/** Milliseconds since 1970. */
	now: () => number;
};

/** Null outside of `App`. */
export const CurrentRenderContext = createContext<RenderContext | null>(null);

/** The render context of `App`. */
export const useRenderContext = (): RenderContext => {
	const renderContext = useContext(CurrentRenderContext);
	if (!renderContext) throw new Error('This component must stand inside of App.');
	return renderContext;
};
