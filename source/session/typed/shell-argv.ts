import type {Dialect} from '../../workshop/model.js';

/**
 * How a typed line is given to the learner's shell. `exact`: the arguments go to the program as they stand, because
 * cmd reads the whole line by rules of its own.
 */
export const shellArgv = (
	line: string,
	dialect: Dialect,
	{platform, environment}: {platform: NodeJS.Platform; environment: Record<string, string>},
): {argv: string[]; exact: boolean} => {
	switch (dialect) {
		case 'sh':
			return {argv: [posixShell(platform, environment), '-c', line], exact: false};
		case 'powershell': {
			const program = platform === 'win32' ? 'powershell.exe' : 'pwsh';
			// Otherwise every failure of a program would be exit code 1.
			const whole = `${line}\nif ($null -ne $LASTEXITCODE) { exit $LASTEXITCODE }`;
			return {argv: [program, '-NoLogo', '-NoProfile', '-Command', whole], exact: false};
		}
		case 'cmd':
			// cmd knows one line: what was pasted as several runs one after the other.
			return {argv: ['cmd.exe', '/d', '/s', '/c', `"${line.replaceAll('\n', ' & ')}"`], exact: true};
	}
};

/** The learner's own shell; `sh` where there is none to speak of. */
const posixShell = (platform: NodeJS.Platform, {SHELL}: Record<string, string>): string =>
	platform !== 'win32' && SHELL?.startsWith('/') ? SHELL : 'sh';
