import type {History} from '../../../source/session/ports.js';

/** The typed lines of all sessions, in memory. */
export const createFakeHistory = (first: string[] = []): History => {
	const lines = [...first];
	return {load: () => [...lines], append: line => void lines.push(line)};
};
