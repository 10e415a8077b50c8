/**
 * Whether a file, by its name, is one that an editor has while it works or leaves beside what it saved: swap files, locks,
 * backups, and the `4913` by which Vim tries whether it may write.
 */
export const isEditorsOwn = (name: string): boolean =>
	/^\..*\.(?:sw[a-z]|kate-swp)$|^\.#|^#.*#$|~$|^4913$|^\.goutputstream-|___jb_(?:tmp|old)___$/.test(name);
