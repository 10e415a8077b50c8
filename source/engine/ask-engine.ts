import type {Connection} from './resolve-endpoint.js';

/**
 * Milliseconds for what is read of an engine that lives: while a container starts or stops on a busy machine, its
 * engine keeps those waiting who ask for it.
 */
export const busyPatience = 15_000;

/** Milliseconds for a sign of life: longer where the CLI is started for it first, which may have to log in over ssh. */
export const pulsePatience = ({via}: Connection): number => (via === 'dial-stdio' ? busyPatience : 3000);

/**
 * One request to the daemon, given up after `timeoutMs`: a socket that accepts and never answers must not hang us.
 * Rejects with the code `ETIMEDOUT` then; the client itself closes the connection.
 */
export const askEngine = async <Result>(ask: () => Promise<Result>, timeoutMs = 3000): Promise<Result> => {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<never>((_, reject) => {
		timer = setTimeout(() => {
			reject(Object.assign(new Error(`no answer within ${timeoutMs / 1000} s`), {code: 'ETIMEDOUT'}));
		}, timeoutMs);
	});
	try {
		return await Promise.race([ask(), late]);
	} finally {
		clearTimeout(timer);
	}
};
