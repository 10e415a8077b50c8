import type {Dialect} from './model.js';

const exported = /^export (?<name>\w+)=(?<value>\S*)$/;

/** Name and value of a line that is only `export NAME=value`; null for any other line. */
export const parseExport = (command: string): {name: string; value: string} | null => {
	const {name, value} = exported.exec(command.trim())?.groups ?? {};
	return name === undefined || value === undefined ? null : {name, value};
};

/** A command as the learner would type it in a dialect. Workshops write POSIX. */
export const inDialect = (command: string, dialect: Dialect): string => {
	const setting = parseExport(command);
	if (dialect === 'sh') return command;
	if (setting) {
		const {name, value} = setting;
		return dialect === 'powershell' ? `$env:${name}='${value}'` : `set ${name}=${value}`;
	}
	// In Windows PowerShell `curl` is an alias of Invoke-WebRequest.
	return dialect === 'powershell' ? command.replace(/^curl\b/, 'curl.exe') : command;
};

/** The dialect of a platform's usual shell. */
export const defaultDialect = (platform: NodeJS.Platform): Dialect =>
	platform === 'win32' ? 'powershell' : 'sh';
