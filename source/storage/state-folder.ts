import path from 'node:path';
import process from 'node:process';
import envPaths from 'env-paths';

/**
 * Where the program keeps progress, ledgers and transcripts: `$XDG_STATE_HOME` on Linux (env-paths calls that its log
 * folder), the application data folder on macOS and Windows.
 */
export const stateFolder = (): string => {
	const paths = envPaths('multistage-workshop', {suffix: ''});
	return path.resolve(process.platform === 'linux' ? paths.log : paths.data);
};
