/** How quickly time passes in a replay; it may change while somebody waits. */
export type Pace = {
	/** Sets how many times as fast as recorded it passes. */
	set(times: number): void;
	/** No more waiting until the next `begin`. */
	skip(): void;
	begin(): void;
	/** Waits for so many recorded milliseconds, or until the signal is aborted. */
	wait(milliseconds: number, signal: AbortSignal): Promise<void>;
};

export const createPace = (first: number): Pace => {
	let times = first;
	let isSkipping = false;
	let wake = () => {};
	/** Resolves after some milliseconds, or when the pace has changed. */
	const sleep = (milliseconds: number, signal: AbortSignal): Promise<void> =>
		new Promise(resolve => {
			const stop = () => {
				clearTimeout(timer);
				signal.removeEventListener('abort', stop);
				resolve();
			};
			const timer = setTimeout(stop, milliseconds);
			signal.addEventListener('abort', stop, {once: true});
			wake = stop;
		});
	return {
		set(wanted) {
			times = wanted;
			wake();
		},
		skip() {
			isSkipping = true;
			wake();
		},
		begin() {
			isSkipping = false;
		},
		async wait(milliseconds, signal) {
			let left = milliseconds;
			while (left > 0 && !isSkipping && !signal.aborted && times !== Number.POSITIVE_INFINITY) {
				const speed = times;
				const since = performance.now();
				await sleep(left / speed, signal);
				left -= (performance.now() - since) * speed;
			}
		},
	};
};
