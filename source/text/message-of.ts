/** What files do to learners most, in their words; the system's own are for programmers. */
const troubles: Record<string, string> = {
	ENOSPC: 'the disk is full',
	EDQUOT: 'you may use no more of the disk',
	EROFS: 'the disk can only be read',
	EACCES: 'you have no right to it',
	EPERM: 'you have no right to it',
	EISDIR: 'a folder is in the place of a file',
	ENOTDIR: 'a file is in the place of a folder',
	EEXIST: 'something else is in its place',
	EIO: 'the disk does not answer',
};

/** What went wrong, in the words of whatever was thrown; trouble with a file in a learner's. */
export const messageOf = (error: unknown): string =>
	error instanceof Error ? (fileTrouble(error) ?? error.message) : String(error);

const fileTrouble = (error: Error & {code?: unknown; syscall?: unknown; path?: unknown}): string | null => {
	const {code, syscall, path} = error;
	const isOfFile = typeof syscall === 'string' && !/^(?:spawn|connect|listen|kill)/.test(syscall);
	const trouble = isOfFile && typeof code === 'string' ? troubles[code] : undefined;
	if (trouble === undefined) return null;
	return typeof path === 'string' ? `${trouble} (${path})` : trouble;
};
