import {useEffect, useReducer, useRef} from 'react';
import type {RunView} from '../session/state.js';
import type {Tick} from './panes/build-live.js';
import {useSurroundings} from './surroundings.js';

/** Milliseconds between two ticks: seconds are shown with one decimal. */
const interval = 100;

/** The moment for everything that moves on the screen. It ticks only while the step is at work. */
export const useTick = (run: RunView | null, isActive: boolean): Tick => {
	const [, redraw] = useReducer((count: number) => count + 1, 0);
	// Without dependencies: whatever else has redrawn the step puts the next tick off, so that none comes on top.
	useEffect(() => {
		if (!isActive) return;
		const timer = setTimeout(redraw, interval);
		return () => clearTimeout(timer);
	});
	const now = useSurroundings().now();
	const build = run?.build ?? null;
	const snapshot = useRef({build, at: now});
	if (snapshot.current.build !== build) snapshot.current = {build, at: now};
	return {frame: Math.floor(now / interval), now, sinceSnapshot: (now - snapshot.current.at) / 1000};
};
