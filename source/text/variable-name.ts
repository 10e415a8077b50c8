import process from 'node:process';

/** The one spelling of an environment variable: Windows takes `Path` and `PATH` for the same, and a record doesn't. */
export const variableName = (name: string, platform: NodeJS.Platform = process.platform): string =>
	platform === 'win32' ? name.toUpperCase() : name;
