import {closeSync, openSync} from 'node:fs';
import {devNull} from 'node:os';
import {UserError} from '../text/user-error.js';

/**
 * As many files as the program has open at the same time at most, beside those that Node opens by itself: with each
 * docker command go three pipes, and the doctor asks several at once.
 */
const needed = 48;

/** Throws a `UserError` when the shell lets the program open too few files: Node can't start commands then. */
export const demandOpenFiles = (): void => {
	const open: number[] = [];
	try {
		while (open.length < needed) open.push(openSync(devNull, 'r'));
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EMFILE') throw error;
		throw new UserError('The program may not open as many files at a time as it needs.', {
			next: 'raise the limit with `ulimit -n 1024`, then start again',
			cause: error,
		});
	} finally {
		for (const descriptor of open) closeSync(descriptor);
	}
};
