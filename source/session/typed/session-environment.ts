import type {ShellState} from '../state.js';

/** The environment that was inherited, with what the learner has set in this session. */
export const sessionEnvironment = (
	inherited: Record<string, string>,
	{variables}: Pick<ShellState, 'variables'>,
): Record<string, string> =>
	Object.fromEntries(
		Object.entries({...inherited, ...variables}).filter(
			(entry): entry is [string, string] => entry[1] !== null,
		),
	);
