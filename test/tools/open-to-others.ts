import {lstatSync, readdirSync} from 'node:fs';
import path from 'node:path';

/** The entries of a folder, including itself, to which users other than the owner have any access, with their modes. */
export const openToOthers = (place: string): string[] => {
	const status = lstatSync(place);
	const own = status.mode & 0o077 ? [`${place} ${(status.mode & 0o777).toString(8)}`] : [];
	if (!status.isDirectory()) return own;
	return [...own, ...readdirSync(place).flatMap(name => openToOthers(path.join(place, name)))];
};
