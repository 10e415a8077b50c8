import {setTimeout as pause} from 'node:timers/promises';

/** Reads again and again until what is read is as wanted, at most `timeout` ms; resolves with what was read last. */
export const settled = async <Value>(
	read: () => Value | Promise<Value>,
	isWanted: (value: Value) => boolean,
	timeout = 60_000,
): Promise<Value> => {
	const deadline = performance.now() + timeout;
	for (;;) {
		const value = await read();
		if (isWanted(value) || performance.now() > deadline) return value;
		await pause(20);
	}
};
