import {execa} from 'execa';

/**
 * Waits until no other process holds the lock, then holds it. Resolves with what gives it back. The kernel takes it
 * back from a process that ends in any way: `flock` holds it for as long as its input is open.
 */
export const lockEngine = async (file: string): Promise<() => Promise<void>> => {
	const holder = execa('flock', [file, 'sh', '-c', 'echo locked && exec cat'], {
		stdin: 'pipe',
		buffer: false,
		cleanup: true,
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
