import {UserError} from '../text/user-error.js';
import {flags} from './options.js';

/** Throws a `UserError` that names the first flag which the program does not have. `given`: as meow names them. */
export const refuseUnknownFlags = (given: object, argv: string[]): void => {
	const unknown = Object.keys(given).find(name => !(name in flags));
	if (unknown === undefined) return;
	const written = argv.find(argument => namesOf(argument).includes(unknown)) ?? `--${unknown}`;
	throw new UserError(`There is no option \`${written.split('=')[0]}\`.`, {
		next: 'see `multistage-workshop --help`',
		exitCode: 2,
	});
};

/** What meow may call a flag that is written like this: `--no-such`, `--no-such=1` and `-abc` have several names. */
const namesOf = (argument: string): string[] => {
	const [, long] = /^--([^=]+)/.exec(argument) ?? [];
	if (long === undefined) return /^-[^-]/.test(argument) ? [...argument.slice(1)] : [];
	return [long, long.replace(/^no-/, '')].map(name =>
		name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase()),
	);
};
