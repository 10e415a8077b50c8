import type {SimulatedContainer} from './model.js';

/** Where a container's program listens: in a place of its own, in that of another container, or in the host's. */
export const placeOf = ({fact}: SimulatedContainer): string =>
	fact.networkMode === 'host' ? 'host' : (/^container:(.+)$/.exec(fact.networkMode)?.[1] ?? fact.id);
