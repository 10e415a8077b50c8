import {diskFull} from '../docker/error-patterns.js';
import {type Messages, messages} from '../messages/index.js';
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

type EngineErrorParts = {code: string; syscall: string; words: string};

/** Problems on the way to the daemon. The first one whose test passes applies. */
const problems: Array<{
	id: keyof Messages['engine']['problems'];
	finding: EngineProblemFinding;
	test(error: EngineErrorParts): boolean;
}> = [
	{
		id: 'noCli',
		finding: 'no-cli',
		test: ({code, syscall}) => code === 'ENOENT' && syscall.startsWith('spawn'),
	},
	{
		id: 'noPermission',
		finding: 'no-permission',
		test: ({code, words}) =>
			code === 'EACCES' || code === 'EPERM' || /permission denied|access is denied/i.test(words),
	},
	{
		id: 'apiTooOld',
		finding: 'api-too-old',
		test: ({words}) => /client version \S+ is too old/.test(words),
	},
	{
		id: 'apiTooNew',
		finding: 'api-too-new',
		test: ({words}) =>
			/client version \S+ is too new|Maximum supported API version|API version \S+ is not supported by this client: the minimum/.test(
				words,
			),
	},
	{
		id: 'noCertificates',
		finding: 'engine-gone',
		test: ({words}) => /unable to resolve docker endpoint: open .*\.pem/.test(words),
	},
	{id: 'deadProxy', finding: 'no-daemon', test: ({words}) => /proxyconnect/.test(words)},
	{id: 'silent', finding: 'timeout', test: ({code}) => code === 'ETIMEDOUT'},
	{
		id: 'notRunning',
		finding: 'no-daemon',
		test: ({code, words}) =>
			code === 'ENOENT' ||
			code === 'ECONNREFUSED' ||
			/Cannot connect to the Docker daemon|error during connect|failed to connect to the docker API/i.test(
				words,
			),
	},
];

/**
 * Explains an error on the way to the daemon: of a socket, an HTTP answer, or the CLI. Never throws; an unknown error
 * becomes `engine-gone` with its own words. `context`: the one in use. `platform`: the learner's.
 */
export const explainEngineError = (
	error: unknown,
	endpoint: string,
	{
		context = 'default',
		platform = process.platform,
	}: {context?: string | undefined; platform?: NodeJS.Platform} = {},
): EngineProblem => {
	const parts = readError(error);
	const words = lastSentence(parts.words);
	const {id, finding} = problems.find(({test}) => test(parts)) ?? {id: 'unusable', finding: 'engine-gone'};
	return {finding, ...messages.engine.problems[id]({endpoint, context, words, platform})};
};

const readError = (error: unknown): EngineErrorParts => {
	if (typeof error !== 'object' || error === null) return {code: '', syscall: '', words: String(error)};
	const {code, syscall, stderr, message, cause, timedOut} = error as Record<string, unknown>;
	const inner = typeof cause === 'object' && cause !== null ? (cause as Record<string, unknown>) : {};
	return {
		code: timedOut === true ? 'ETIMEDOUT' : String(code ?? inner.code ?? ''),
		syscall: String(syscall ?? inner.syscall ?? ''),
		words:
			([readDaemonMessage(error), stderr, message].find(
				text => typeof text === 'string' && text.trim(),
			) as string) ?? messages.engine.noReason,
	};
};

/** The last non-empty line, without the CLI's prefixes. */
const lastSentence = (words: string): string => {
	const lines = words.split('\n').map(line => line.trim());
	const line = lines.filter(Boolean).at(-1) ?? '';
	const said = line.replace(/^(?:ERROR: |docker: )*(?:Error response from daemon: )?/, '');
	// Some CLIs pass on the daemon's JSON as it is.
	return (/^\{"message":"(.*)"\}$/.exec(said)?.[1] ?? said).replace(/\.$/, '');
};

/** Turns an error from moving images into a `UserError`. An abort stays as it is. */
export const toUserError = (error: unknown, endpoint: string): unknown => {
	if (error instanceof UserError || (error as Error).name === 'AbortError') return error;
	const words = readMessage(error);
	if (diskFull.test(words)) return new UserError(messages.engine.diskFull, {cause: error});
	if (isConnectionLost(error)) return new UserError(messages.engine.connectionLost(endpoint), {cause: error});
	const problem = explainEngineError(error, endpoint);
	if (problem.finding !== 'engine-gone') return new UserError(problem, {cause: error});
	const said = messages.engine.refused(words.replace(/\.$/, ''));
	return new UserError(said, {kind: 'tool', cause: error});
};

const isConnectionLost = (error: unknown): boolean =>
	['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE'].includes(String((error as {code?: unknown}).code)) ||
	/^(aborted|socket hang up)$/.test((error as Error).message ?? '');

/** The message in the daemon's HTTP answer; null if there is none. */
export const readDaemonMessage = (error: unknown): string | null => {
	const message = (error as {json?: {message?: unknown} | null} | null)?.json?.message;
	return typeof message === 'string' && message.trim() !== '' ? message : null;
};

/** The daemon's message, or else the error's own. */
export const readMessage = (error: unknown): string =>
	(readDaemonMessage(error) ?? String((error as {message?: unknown}).message ?? error)).trim();

/** The HTTP status of the daemon's answer. */
export const getStatusCode = (error: unknown): number | undefined =>
	(error as {statusCode?: number}).statusCode;

/** The result of a query; null if the daemon doesn't have the object (any more). */
export const orNull = async <Result>(asked: Promise<Result>): Promise<Result | null> => {
	try {
		return await asked;
	} catch (error) {
		if (getStatusCode(error) === 404) return null;
		throw error;
	}
};
