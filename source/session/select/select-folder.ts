import path from 'node:path';
import type {SessionState} from '../state.js';

/** Where typed commands run, as short as it can be said: empty for the lab folder itself. */
export const selectFolder = ({shell, labFolder}: Pick<SessionState, 'shell' | 'labFolder'>): string => {
	if (shell.folder === null) return '';
	const relative = path.relative(labFolder, shell.folder);
	return relative.startsWith('..') || path.isAbsolute(relative) ? shell.folder : relative;
};
