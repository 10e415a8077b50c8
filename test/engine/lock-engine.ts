import {execa} from 'execa';

/**
 * Waits until no other process holds the lock, then holds it. Resolves with what gives it back. The kernel takes it
 * back from a process that ends in any way: `flock` holds it for as long as its input is open. Rejects when `signal` is
 * aborted before.
 */
export const lockEngine = async (file: string, signal?: AbortSignal): Promise<() => Promise<void>> => {
	const holder = execa('flock', [file, 'sh', '-c', 'echo locked && exec cat'], {
		stdin: 'pipe',
		buffer: false,
		cleanup: true,
		...(signal && {cancelSignal: signal}),
	});
	const [firstLine] = await Promise.race([
		holder
			.iterable()
			[Symbol.asyncIterator]()
			.next()
			.then(({value}) => [value]),
		holder.then(() => []),
	]);
	if (firstLine !== 'locked') throw new Error(`The lock ${file} can't be taken.`);
	return async () => {
		holder.stdin.end();
		await holder;
	};
};

/** Waits until one of these locks is free, and holds that one alone. */
export const lockOneOf = async <Locked extends {lock: string}>(
	among: Locked[],
): Promise<{locked: Locked; release(): Promise<void>}> => {
	const waiting = among.map(locked => {
		const abort = new AbortController();
		const held = lockEngine(locked.lock, abort.signal).then(release => ({locked, release}));
		return {locked, held, abort};
	});
	const first = await Promise.race(waiting.map(({held}) => held));
	for (const {held, abort} of waiting.filter(one => one.locked !== first.locked)) {
		held.then(({release}) => release()).catch(() => {});
		abort.abort();
	}
	return first;
};
