import {UserError} from '../text/user-error.js';
import {describeTrouble} from './describe-trouble.js';

/** What went wrong while images were moved, as a sentence for the learner. An aborted request stays what it is. */
export const translateTrouble = (error: unknown, endpoint: string): unknown => {
	if (error instanceof UserError || isAbort(error)) return error;
	const words = wordsOf(error);
	if (/no space left on device/i.test(words)) {
		return new UserError('The disk where the Docker engine keeps its images is full.', {
			next: 'make room, for example with `docker system prune`, and run the same command again',
			cause: error,
		});
	}
	if (isGone(error)) {
		return new UserError(`The Docker engine at ${endpoint} went away while it was at work.`, {
			next: 'start Docker again, and run the same command again',
			cause: error,
		});
	}
	const {finding, reason, next} = describeTrouble(error, endpoint);
	if (finding !== 'engine-gone') return new UserError(reason, {next, cause: error});
	return new UserError(`The Docker engine says: ${words.trim().replace(/\.$/, '')}.`, {
		kind: 'tool',
		next: 'see what `docker version` says, and run the same command again',
		cause: error,
	});
};

const isAbort = (error: unknown): boolean => error instanceof Error && error.name === 'AbortError';

const isGone = (error: unknown): boolean =>
	['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE'].includes(String((error as {code?: unknown}).code)) ||
	/^(aborted|socket hang up)$/.test((error as Error).message ?? '');

const wordsOf = (error: unknown): string => {
	const {json, message} = error as {json?: {message?: unknown} | null; message?: unknown};
	return String(json?.message ?? message ?? error);
};
