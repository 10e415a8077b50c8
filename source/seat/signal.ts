/** Something that happens, and that one loop waits for. */
export type Signal = {
	raise(): void;
	/** Resolves once it was raised since the last call, or after so many milliseconds. Rejects with `signal`. */
	next(timeoutMs: number, signal: AbortSignal): Promise<void>;
};

export const createSignal = (): Signal => {
	let isRaised = false;
	let wake = (): void => {};
	return {
		raise() {
			isRaised = true;
			wake();
		},
		async next(timeoutMs, signal) {
			if (!isRaised) {
				await new Promise<void>((resolve, reject) => {
					const stop = () => {
						clearTimeout(timer);
						reject(signal.reason);
					};
					const timer = setTimeout(() => wake(), timeoutMs);
					wake = () => {
						clearTimeout(timer);
						signal.removeEventListener('abort', stop);
						resolve();
					};
					signal.addEventListener('abort', stop, {once: true});
				});
			}
			isRaised = false;
		},
	};
};
