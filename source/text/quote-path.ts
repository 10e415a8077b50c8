import process from 'node:process';

/**
 * A path as one word of a shell: in quotes where it has to be. On Windows in those that both PowerShell and cmd know; no
 * path holds one there.
 */
export const quotePath = (path: string, platform: NodeJS.Platform = process.platform): string => {
	if (/^[\p{L}\p{N}\\/._:~@%+=,-]+$/u.test(path)) return path;
	return platform === 'win32' ? `"${path}"` : `'${path.replaceAll("'", "'\\''")}'`;
};
