import {diskFull} from '../docker/error-patterns.js';
import {UserError} from '../text/user-error.js';

export type EngineProblemFinding =
	| 'no-cli'
	| 'no-daemon'
	| 'no-permission'
	| 'api-too-old'
	| 'api-too-new'
	| 'timeout'
	| 'engine-gone';

export type EngineProblem = {finding: EngineProblemFinding; reason: string; next: string};

/**
 * What an error on the way to the daemon means, from a socket, the daemon's HTTP answer, or the CLI's words. Never
 * throws; what it does not know is `engine-gone` with the error's own words. `context`: the one that led there.
 * `platform`: where the learner sits.
 */
export const explainEngineError = (
	error: unknown,
	endpoint: string,
	{
		context = 'default',
		platform = process.platform,
	}: {context?: string | undefined; platform?: NodeJS.Platform} = {},
): EngineProblem => {
	const {code, syscall, words} = readError(error);
	if (code === 'ENOENT' && syscall.startsWith('spawn')) {
		return {
			finding: 'no-cli',
			reason: 'The docker command is not on this machine’s `PATH`.',
			next: installAdvice,
		};
	}
	if (code === 'EACCES' || code === 'EPERM' || /permission denied|access is denied/i.test(words)) {
		return {
			finding: 'no-permission',
			reason: `You may not use the Docker engine at ${endpoint}.`,
			next: permissionAdvice(platform),
		};
	}
	if (/client version \S+ is too old/.test(words)) {
		return {
			finding: 'api-too-old',
			reason: `The docker command is too old for the Docker engine at ${endpoint}: ${lastSentence(words)}.`,
			next: 'update the docker command, and unset `DOCKER_API_VERSION` if it is set',
		};
	}
	if (
		/client version \S+ is too new|Maximum supported API version|API version \S+ is not supported by this client: the minimum/.test(
			words,
		)
	) {
		return {
			finding: 'api-too-new',
			reason: `The docker command is too new for the Docker engine at ${endpoint}: ${lastSentence(words)}.`,
			next: 'update the engine, and unset `DOCKER_API_VERSION` if it is set',
		};
	}
	if (/unable to resolve docker endpoint: open .*\.pem/.test(words)) {
		return {
			finding: 'engine-gone',
			reason: `The docker command wants TLS certificates for the Docker engine at ${endpoint}, which are not there: ${lastSentence(words)}.`,
			next: 'unset `DOCKER_TLS_VERIFY` and `DOCKER_TLS`, or set `DOCKER_CERT_PATH` to the folder of the certificates',
		};
	}
	if (/proxyconnect/.test(words)) {
		return {
			finding: 'no-daemon',
			reason: `The docker command looks for the Docker engine at ${endpoint} by way of a proxy that does not answer: ${lastSentence(words)}.`,
			next: 'add the engine’s address to `NO_PROXY`',
		};
	}
	if (code === 'ETIMEDOUT') {
		return {
			finding: 'timeout',
			reason: `The Docker engine at ${endpoint} does not answer.`,
			next: 'see whether `docker version` answers, and start Docker again if it does not',
		};
	}
	if (
		code === 'ENOENT' ||
		code === 'ECONNREFUSED' ||
		/Cannot connect to the Docker daemon|error during connect|failed to connect to the docker API/i.test(
			words,
		)
	) {
		return context === 'default'
			? {finding: 'no-daemon', reason: `No Docker engine runs at ${endpoint}.`, next: startAdvice(platform)}
			: {
					finding: 'no-daemon',
					reason: `No Docker engine runs at ${endpoint}, the endpoint of the context \`${context}\`.`,
					next: 'start this engine, or select another context: `docker context ls` lists those that you have',
				};
	}
	return {
		finding: 'engine-gone',
		reason: `The Docker engine at ${endpoint} can’t be used: ${lastSentence(words)}.`,
		next: 'see what `docker version` says',
	};
};

const readError = (error: unknown): {code: string; syscall: string; words: string} => {
	if (typeof error !== 'object' || error === null) return {code: '', syscall: '', words: String(error)};
	const {code, syscall, stderr, message, cause, timedOut} = error as Record<string, unknown>;
	const inner = typeof cause === 'object' && cause !== null ? (cause as Record<string, unknown>) : {};
	return {
		code: timedOut === true ? 'ETIMEDOUT' : String(code ?? inner.code ?? ''),
		syscall: String(syscall ?? inner.syscall ?? ''),
		words:
			([readDaemonMessage(error), stderr, message].find(
				text => typeof text === 'string' && text.trim(),
			) as string) ?? 'no reason given',
	};
};

/** The last line that says something, without what the CLI puts around it. */
const lastSentence = (words: string): string => {
	const lines = words.split('\n').map(line => line.trim());
	const line = lines.filter(Boolean).at(-1) ?? '';
	const said = line.replace(/^(?:ERROR: |docker: )*(?:Error response from daemon: )?/, '');
	// Some CLIs hand on the daemon's document as it is.
	return (/^\{"message":"(.*)"\}$/.exec(said)?.[1] ?? said).replace(/\.$/, '');
};

const installAdvice = 'install Docker from https://docs.docker.com/get-docker/, then open a new terminal';

const permissionAdvice = (platform: NodeJS.Platform): string =>
	platform === 'win32'
		? 'as an administrator, run `net localgroup docker-users %USERNAME% /add` with your own name, then sign out and in again'
		: 'add yourself to its group with `sudo usermod -aG docker $USER`, then log out and in again';

const startAdvice = (platform: NodeJS.Platform): string => {
	switch (platform) {
		case 'darwin':
			return 'start Docker Desktop with `open -a Docker`';
		case 'win32':
			return 'start Docker Desktop from the start menu';
		default:
			return 'start it with `sudo systemctl start docker`, or start Docker Desktop';
	}
};

/** What went wrong while images were moved, as a sentence for the learner. An aborted request stays what it is. */
export const toUserError = (error: unknown, endpoint: string): unknown => {
	if (error instanceof UserError || isAbort(error)) return error;
	const words = readMessage(error);
	if (diskFull.test(words)) {
		return new UserError('The disk where the Docker engine keeps its images is full.', {
			next: 'make room, for example with `docker system prune`, and run the same command again',
			cause: error,
		});
	}
	if (isConnectionLost(error)) {
		return new UserError(`The Docker engine at ${endpoint} went away while it was at work.`, {
			next: 'start Docker again, and run the same command again',
			cause: error,
		});
	}
	const {finding, reason, next} = explainEngineError(error, endpoint);
	if (finding !== 'engine-gone') return new UserError(reason, {next, cause: error});
	return new UserError(`The Docker engine says: ${words.replace(/\.$/, '')}.`, {
		kind: 'tool',
		next: 'see what `docker version` says, and run the same command again',
		cause: error,
	});
};

const isAbort = (error: unknown): boolean => error instanceof Error && error.name === 'AbortError';

const isConnectionLost = (error: unknown): boolean =>
	['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE'].includes(String((error as {code?: unknown}).code)) ||
	/^(aborted|socket hang up)$/.test((error as Error).message ?? '');

/** The sentence in the daemon's HTTP answer; null where there is none. */
export const readDaemonMessage = (error: unknown): string | null => {
	const message = (error as {json?: {message?: unknown} | null} | null)?.json?.message;
	return typeof message === 'string' && message.trim() !== '' ? message : null;
};

/** The daemon's sentence, or the error's own. */
export const readMessage = (error: unknown): string =>
	(readDaemonMessage(error) ?? String((error as {message?: unknown}).message ?? error)).trim();

/** The HTTP status with which the daemon has answered. */
export const getStatusCode = (error: unknown): number | undefined =>
	(error as {statusCode?: number}).statusCode;

/** What was asked for; null when the daemon does not have it (any more). */
export const orNull = async <Result>(asked: Promise<Result>): Promise<Result | null> => {
	try {
		return await asked;
	} catch (error) {
		if (getStatusCode(error) === 404) return null;
		throw error;
	}
};
