/** A path as one word of a POSIX shell: in quotes where it has to be. */
export const quotePath = (path: string): string =>
	/^[\p{L}\p{N}\\/._:~@%+=,-]+$/u.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
