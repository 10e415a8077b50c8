import type {Step} from '../../workshop/model.js';

/** What a step's command found out for later commands: the first match of each placeholder's expression. */
export const captureValues = ({capture}: Step, stdout: string): Record<string, string> =>
	Object.fromEntries(
		Object.entries(capture).flatMap(([name, expression]) => {
			const value = new RegExp(expression, 'm').exec(stdout)?.[1];
			return value === undefined ? [] : [[name, value]];
		}),
	);
