import {get} from 'node:http';
import {isIPv6} from 'node:net';
import type {Answer} from '../checks/model.js';
import {cleanLine, stripColours} from '../text/clean-line.js';

/** Bytes of a body that are read at most. */
const bodyLimit = 64 * 1024;

/**
 * Asks `GET /` of one address and port. Always resolves: what goes wrong is the answer's first line. `timeoutMs`
 * counts until the end of the body.
 */
export const probe = (address: string, port: number, timeoutMs: number): Promise<Answer> =>
	new Promise(resolve => {
		const asked = isIPv6(address) ? `[${address}]:${port}` : `${address}:${port}`;
		let status: number | null = null;
		let body = '';
		const end = (firstLine: string): void => {
			clearTimeout(timer);
			request.destroy();
			resolve({address: asked, status, firstLine, ...readWhoami(body)});
		};
		const timer = setTimeout(
			() => end(firstLineOf(body) || `timed out after ${timeoutMs / 1000} s`),
			timeoutMs,
		);
		const request = get(
			{host: address, port, path: '/', agent: false, headers: {accept: 'text/plain, */*'}},
			response => {
				status = response.statusCode ?? null;
				response.setEncoding('utf8');
				response.on('data', (chunk: string) => {
					body += chunk;
					if (body.length >= bodyLimit) end(firstLineOf(body));
				});
				response.on('end', () => end(firstLineOf(body)));
				response.on('error', error => end(firstLineOf(body) || describe(error)));
			},
		);
		request.on('error', error => end(describe(error)));
	});

const describe = (error: NodeJS.ErrnoException): string =>
	error.code?.startsWith('HPE_') ? `no HTTP answer (${error.code})` : (error.code ?? error.message);

const firstLineOf = (body: string): string =>
	stripColours(cleanLine((body.split('\n', 1)[0] ?? '').slice(0, 1000)))
		.trim()
		.slice(0, 200);

/** The lines by which whoami names its container; null and empty when it is another server. */
const readWhoami = (body: string): {hostname: string | null; addresses: string[]} => ({
	hostname: /^Hostname: *(\S+)/m.exec(body)?.[1] ?? null,
	addresses: [...body.matchAll(/^IP: *([^\s/]+)/gm)].map(([, address = '']) => address),
});
