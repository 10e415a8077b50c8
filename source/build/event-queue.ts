import type {BuildEvent} from './model.js';

/** Events that a parser has read and not yet handed over. */
export const createEventQueue = () => {
	let events: BuildEvent[] = [];
	return {
		emit(...more: BuildEvent[]): void {
			events.push(...more);
		},
		/** Hands over what has been read since the last call. */
		take(): BuildEvent[] {
			const taken = events;
			events = [];
			return taken;
		},
	};
};
