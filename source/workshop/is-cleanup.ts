import type {Step} from './model.js';

/** Whether a step is the clean-up: one that runs something, and has no command of its own. Only the last step is. */
export const isCleanup = ({kind, command}: Pick<Step, 'kind' | 'command'>): boolean =>
	kind === 'run' && command === null;
