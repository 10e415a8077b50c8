import {renameSync} from 'node:fs';
import * as v from 'valibot';
import {describeError} from '../text/wording.js';

/** What is said of a file that can't be read. `aside`: its new name. `why`: ends of sentences, without full stop. */
type Sentences = {
	damaged(aside: string): string;
	unreadable(aside: string, why: string): string;
	damagedInPlace(why: string): string;
	unreadableInPlace(trouble: string, why: string): string;
};

/**
 * Keeps a file of the state folder that can't be read under another name, so that a new one can be saved in its place.
 * `cause`: what reading it has thrown. Returns a sentence; `isAside`: false if it could not be moved.
 */
export const setAside = (
	file: string,
	cause: unknown,
	say: Sentences,
): {isAside: boolean; problem: string} => {
	const aside = `${file}.broken-${new Date().toISOString().replaceAll(':', '-')}`;
	const isDamaged = cause instanceof v.ValiError || cause instanceof SyntaxError;
	const trouble = describeError(cause);
	try {
		renameSync(file, aside);
		return {isAside: true, problem: isDamaged ? say.damaged(aside) : say.unreadable(aside, trouble)};
	} catch (error) {
		const why = describeError(error);
		return {
			isAside: false,
			problem: isDamaged ? say.damagedInPlace(why) : say.unreadableInPlace(trouble, why),
		};
	}
};
