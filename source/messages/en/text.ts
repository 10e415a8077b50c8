import {formatCount, formatList} from './wording.js';

export const text = {
	count: formatCount,
	list: formatList,
	/** What is wrong, and what to do about it. */
	withNext: (reason: string, next: string) => `${reason} Next: ${next}.`,
	/** Appended to a sentence about an unknown word. */
	didYouMean: (known: string) => ` Did you mean \`${known}\`?`,
	didYouMeanClause: (known: string) => `; did you mean \`${known}\`?`,
	/** What is wrong with a file, by the system's error code, as the end of a sentence. */
	fileProblems: {
		ENOSPC: 'the disk is full',
		EDQUOT: 'your disk quota is used up',
		EROFS: 'the disk is read-only',
		EACCES: 'permission denied',
		EPERM: 'permission denied',
		EISDIR: 'a folder is in the place of a file',
		ENOTDIR: 'a file is in the place of a folder',
		EEXIST: 'something else is in its place',
		EIO: 'the disk reports an error',
	},
	/** Why Windows can't have a file of a name; each follows the name. */
	windowsNames: {
		device: 'is the name of a device on Windows',
		forbidden: (character: string) => `has \`${character}\` in its name, which Windows does not allow`,
		ending: 'ends with a dot or a space, which Windows leaves out',
	},
};
