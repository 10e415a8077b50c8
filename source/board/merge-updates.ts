import type {BoardUpdate} from '../classroom/room.js';

/** Two updates as one, of which the second came later. */
const mergeUpdates = (first: BoardUpdate, second: BoardUpdate): BoardUpdate => {
	const seats = new Map([...first.seats, ...second.seats].map(seat => [seat.id, seat]));
	const back = new Set(second.seats.map(({id}) => id));
	const removed = new Set([...(first.removed ?? []).filter(id => !back.has(id)), ...(second.removed ?? [])]);
	for (const id of second.removed ?? []) seats.delete(id);
	const state = second.class ?? first.class;
	return {
		now: second.now,
		...(state && {class: state}),
		seats: [...seats.values()],
		...(removed.size > 0 && {removed: [...removed]}),
	};
};

/** Milliseconds between two updates of a board: five a second look immediate, and cost little. */
const interval = 200;

/**
 * Passes updates on, at most five a second, and the first at once: those in between as one. `isReady`: false while the
 * receiver has not taken the last one; what comes meanwhile is merged, so that a slow one costs no memory.
 */
export const batchUpdates = (
	pass: (update: BoardUpdate) => void,
	isReady: () => boolean = () => true,
): {add(update: BoardUpdate): void; stop(): void} => {
	let waiting: BoardUpdate | null = null;
	let timer: NodeJS.Timeout | null = null;
	const flush = () => {
		timer = null;
		if (!waiting) return;
		if (isReady()) {
			pass(waiting);
			waiting = null;
		}
		timer = setTimeout(flush, interval);
	};
	return {
		add(update) {
			waiting = waiting ? mergeUpdates(waiting, update) : update;
			if (!timer) flush();
		},
		stop() {
			if (timer) clearTimeout(timer);
			waiting = null;
		},
	};
};
