import {execa} from 'execa';
import {UserError} from '../text/user-error.js';
import {describeTrouble} from './describe-trouble.js';

/**
 * The versions of the CLI and of its buildx, null without it. Asks no daemon, so that it is quick. Rejects with a
 * `UserError` when there is no CLI.
 */
export const readCli = async (
	env: Record<string, string>,
): Promise<{version: string; buildx: string | null}> => {
	const ask = (...argv: string[]) =>
		execa('docker', argv, {env, extendEnv: false, stdin: 'ignore', timeout: 10_000});
	const buildx = ask('buildx', 'version').then(
		({stdout}) => findVersion(stdout),
		// A CLI without buildx ends with 1.
		() => null,
	);
	try {
		const {stdout} = await ask('--version');
		return {version: findVersion(stdout) ?? stdout.trim(), buildx: await buildx};
	} catch (error) {
		const {reason, next} = describeTrouble(error, 'the docker command');
		throw new UserError(reason, {next, cause: error});
	}
};

/**
 * Lets the CLI itself talk to its daemon: it refuses daemons of other times that we can use. Rejects with a
 * `UserError` when it does.
 */
export const tryCli = async (env: Record<string, string>, endpoint: string): Promise<void> => {
	try {
		await execa('docker', ['version', '--format', '{{.Server.Version}}'], {
			env,
			extendEnv: false,
			stdin: 'ignore',
			timeout: 10_000,
		});
	} catch (error) {
		const {reason, next} = describeTrouble(error, endpoint);
		throw new UserError(reason, {next, cause: error});
	}
};

/** `Docker version 26.1.5+dfsg1, build a72d7cd`, `github.com/docker/buildx v0.29.1-desktop.1 …` */
const findVersion = (text: string): string | null => /\d+\.\d+\.\d+(?:-[\w.]+)?/.exec(text)?.[0] ?? null;
