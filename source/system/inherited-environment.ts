import process from 'node:process';
import {variableName} from '../text/variable-name.js';

/** What every command inherits: this program's environment, whole. */
export const inheritedEnvironment = (): Record<string, string> =>
	Object.fromEntries(
		Object.entries(process.env).flatMap(([name, value]) =>
			value === undefined ? [] : [[variableName(name), value]],
		),
	);
