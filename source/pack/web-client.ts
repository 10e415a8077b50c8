import http, {type IncomingMessage} from 'node:http';
import https from 'node:https';
import {setTimeout as pause} from 'node:timers/promises';
import {messages} from '../messages/index.js';
import {UserError} from '../text/user-error.js';
import {describeError} from '../text/wording.js';

/** How long a web server is waited for. */
export type Patience = {
	/** Milliseconds without a byte until the request is repeated. */
	silenceMs: number;
	/** Milliseconds before the first repetition; doubled for each further one in a row, up to `maxRetryMs`. */
	retryMs: number;
	maxRetryMs: number;
	/** Repetitions in a row that bring less than `enoughBytes`. */
	retries: number;
};

/** A hub that was killed and is opened again has about 40 seconds for it. */
export const usualPatience: Patience = {silenceMs: 20_000, retryMs: 500, maxRetryMs: 8000, retries: 8};

/** A repetition after so many bytes is not one in a row. */
const enoughBytes = 1024 * 1024;

/** The most seconds that a server can ask to wait. */
const maxWaitSeconds = 30;
const maxRedirects = 5;

/** Asking for one file. */
export type WebRequest = {
	url: URL;
	/** How people know the file. */
	what: string;
	headers: Record<string, string>;
	/** Called while a server has this request wait in a queue. `place`: from 1. */
	onQueue(place: number): void;
	signal: AbortSignal;
	patience: Patience;
};

/** Why a request is worth repeating. `seconds`: what the server asks to wait; null if it does not say. */
class Unavailable extends Error {
	constructor(
		message: string,
		readonly seconds: number | null = null,
		/** The place in the server's queue, from 1; null if there is none. */
		readonly place: number | null = null,
	) {
		super(message);
	}
}

/**
 * Makes requests until `read` resolves with something other than `again`, whatever goes wrong on the way. `read` gets
 * an answer of 200, 206 or 416; it may resolve before its end. `bytes`: how many there are so far. Rejects with a
 * `UserError`, or with the reason of the signal.
 */
export const requestPatiently = async <Result>(
	request: () => WebRequest,
	read: (response: IncomingMessage) => Promise<Result>,
	bytes: () => number,
): Promise<Result> => {
	let failures = 0;
	for (;;) {
		const current = request();
		const {signal, what, url, patience, onQueue} = current;
		const before = bytes();
		try {
			return await requestOnce(current, read);
		} catch (error) {
			signal.throwIfAborted();
			if (error instanceof UserError) throw error;
			const {seconds = null, place = null} = error instanceof Unavailable ? error : {};
			if (place === null) {
				failures = bytes() - before >= enoughBytes ? 1 : failures + 1;
				if (failures > patience.retries)
					throw new UserError(messages.pack.remote.unavailable(what, url.host, explain(error)), {
						kind: 'tool',
						cause: error,
					});
			} else {
				onQueue(place);
			}
			const usual = Math.min(patience.retryMs * 2 ** Math.max(0, failures - 1), patience.maxRetryMs);
			// With jitter: a whole class may wait for the same server.
			const milliseconds = seconds === null ? usual * (0.75 + Math.random() / 2) : seconds * 1000;
			await pause(milliseconds, undefined, {signal}).catch(() => signal.throwIfAborted());
		}
	}
};

const explain = (error: unknown): string => {
	const problems: Partial<Record<string, string>> = messages.pack.remote.problems;
	return problems[String((error as {code?: unknown}).code)] ?? describeError(error);
};

const requestOnce = async <Result>(
	request: WebRequest,
	read: (response: IncomingMessage) => Promise<Result>,
): Promise<Result> => {
	const response = await follow(request);
	try {
		assertUseful(response, request);
		return await read(response);
	} finally {
		response.destroy();
	}
};

/** Follows redirects that stay on the same host. */
const follow = async (request: WebRequest): Promise<IncomingMessage> => {
	let {url} = request;
	for (let redirects = 0; ; redirects++) {
		const response = await send({...request, url});
		const {location} = response.headers;
		if (![301, 302, 303, 307, 308].includes(response.statusCode ?? 0) || location === undefined)
			return response;
		response.destroy();
		const target = URL.canParse(location, url.href) ? new URL(location, url) : null;
		const isSame = target?.hostname === url.hostname && target.port === url.port;
		if (!target || !isSame || redirects === maxRedirects || !isAsSafe(target, url))
			throw new UserError(messages.pack.remote.redirected(request.what, request.url.host));
		url = target;
	}
};

const isAsSafe = (target: URL, {protocol}: URL): boolean =>
	target.protocol === protocol || target.protocol === 'https:';

const send = ({url, headers, signal, patience}: WebRequest): Promise<IncomingMessage> =>
	new Promise((resolve, reject) => {
		const options = {
			headers: {...headers, 'Accept-Encoding': 'identity'},
			signal,
			timeout: patience.silenceMs,
		};
		const request = url.protocol === 'https:' ? https.get(url, options) : http.get(url, options);
		request.on('timeout', () => request.destroy(new Unavailable(messages.pack.remote.silent)));
		request.on('error', reject);
		request.on('response', response => {
			// What breaks later is reported to the reader of the response.
			request.on('error', error => response.destroy(error));
			resolve(response);
		});
	});

/** Throws for answers that contain no file: a `UserError` for those that would be the same again. */
const assertUseful = ({statusCode = 0, headers}: IncomingMessage, {what, url}: WebRequest): void => {
	if ([200, 206, 416].includes(statusCode)) return;
	const say = messages.pack.remote;
	if (statusCode === 408 || statusCode === 429 || statusCode >= 500) {
		const seconds = readNumber(headers['retry-after'], maxWaitSeconds);
		const place = statusCode === 503 ? readNumber(headers['x-queue-place'], 100_000) : null;
		throw new Unavailable(say.status(statusCode), seconds ?? (place === null ? null : 1), place);
	}
	if (statusCode === 404 || statusCode === 410) throw new UserError(say.missing(what, url.host));
	throw new UserError(say.refused(what, url.host, statusCode));
};

const readNumber = (header: string | string[] | undefined, most: number): number | null =>
	typeof header === 'string' && /^\d{1,9}$/.test(header) ? Math.max(1, Math.min(Number(header), most)) : null;
