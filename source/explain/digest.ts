import {createHash} from 'node:crypto';

/** A digest of several texts, in base64. */
export const digest = (...parts: string[]): string => digestAll(parts);

/** The same of so many texts that they can't be arguments. */
export const digestAll = (parts: Iterable<string>): string => {
	const hash = createHash('sha256');
	for (const part of parts) hash.update(`${part.length} ${part}`);
	return hash.digest('base64url');
};
