import {readdirSync, readlinkSync} from 'node:fs';
import path from 'node:path';

/** Whether a process of this user has a file open. Only Linux tells; elsewhere it is false. */
export const isHeldOpen = (file: string): boolean =>
	namesIn('/proc')
		.filter(name => /^\d+$/.test(name))
		.some(pid => {
			const folder = path.join('/proc', pid, 'fd');
			return namesIn(folder).some(descriptor => targetOf(path.join(folder, descriptor)) === file);
		});

/** Nothing of a process that is another user's, or has ended in the meantime. */
const namesIn = (folder: string): string[] => {
	try {
		return readdirSync(folder);
	} catch {
		return [];
	}
};

const targetOf = (link: string): string | null => {
	try {
		return readlinkSync(link);
	} catch {
		return null;
	}
};
