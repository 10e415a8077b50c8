/** How many large downloads there are at a time, and who waits. */
export type DownloadQueue = ReturnType<typeof createDownloadQueue>;

/** One that asks again itself, or one that is called. */
type Waiter = {id: string; seen: number; begin: (() => void) | null};

/** Milliseconds until somebody who does not ask again loses the place. Programs ask every second or two. */
const forgottenAfterMs = 8000;

/** More than any class has; nobody can fill the memory with waiting. */
const maxWaiting = 2000;

/** `now`: milliseconds on a monotonic clock. */
export const createDownloadQueue = (most: number, now: () => number = () => performance.now()) => {
	/** By the ID of the download: what ends it. */
	const running = new Map<string, () => void>();
	let waiting: Waiter[] = [];

	const isNext = (waiter: Waiter) => waiting.indexOf(waiter) < most - running.size;

	/** Forgets who is gone, and begins with those who are called. */
	const update = (): void => {
		waiting = waiting.filter(({seen, begin}) => begin || now() - seen < forgottenAfterMs);
		const next = waiting.filter(waiter => waiter.begin && isNext(waiter));
		waiting = waiting.filter(waiter => !next.includes(waiter));
		for (const {begin} of next) begin?.();
	};

	const start = (id: string, end: () => void): (() => void) => {
		running.set(id, end);
		return () => {
			if (running.get(id) !== end) return;
			running.delete(id);
			update();
		};
	};

	return {
		/** Whether somebody waits. */
		isBusy: (): boolean => waiting.length > 0,
		/**
		 * Asks for a download, or asks again. Returns a function to call when it is over, or the place in the queue, from
		 * 1. `end`: ends it when the same program asks for another, as it does after a cut.
		 */
		ask(id: string, end: () => void): (() => void) | number {
			update();
			const before = running.get(id);
			if (before) {
				const over = start(id, end);
				before();
				return over;
			}
			let waiter = waiting.find(other => other.id === id);
			if (!waiter) {
				waiter = {id, seen: 0, begin: null};
				if (waiting.length < maxWaiting) waiting.push(waiter);
			}
			waiter.seen = now();
			const place = waiting.indexOf(waiter) + 1;
			if (place === 0) return maxWaiting;
			if (!isNext(waiter)) return place;
			waiting = waiting.filter(other => other !== waiter);
			return start(id, end);
		},
		/** Waits for a program that does not ask again, such as a browser. Returns a function that gives up the place. */
		wait(id: string, end: () => void, begin: (over: () => void) => void): () => void {
			// Nobody else may come by whose question would show that those in front are gone.
			const timer = setInterval(update, forgottenAfterMs / 2).unref();
			const waiter: Waiter = {
				id,
				seen: now(),
				begin() {
					clearInterval(timer);
					begin(start(id, end));
				},
			};
			waiting.push(waiter);
			update();
			return () => {
				clearInterval(timer);
				waiting = waiting.filter(other => other !== waiter);
				update();
			};
		},
	};
};
