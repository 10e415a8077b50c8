import {existsSync, readFileSync, statSync} from 'node:fs';
import http, {type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo, Socket} from 'node:net';
import path from 'node:path';
import {sha256} from '../../source/storage/hashes.js';
import {atExit} from '../tools/at-exit.js';

/** One request for a file. */
export type Asked = {
	/** Its path, without the slash in front. */
	file: string;
	/** How often the file was asked for before. */
	before: number;
	/** The first byte that is asked for; null without a range. */
	from: number | null;
	headers: IncomingMessage['headers'];
	/** The whole file; empty if there is none. */
	body: Buffer;
};

/** Answers in place of the server. Returns false to leave the answer to it. */
export type Misbehave = (asked: Asked, response: ServerResponse) => boolean;

/** A static web server on loopback that knows ranges, `If-Range` and ETags, and can misbehave. */
export const serveFiles = async (folder: string, misbehave: Misbehave = () => false) => {
	const asked: Asked[] = [];
	const sockets = new Set<Socket>();
	const server = http.createServer((request, response) => {
		const file = decodeURIComponent((request.url ?? '/').slice(1));
		const place = path.join(folder, file);
		const body = existsSync(place) && statSync(place).isFile() ? readFileSync(place) : Buffer.alloc(0);
		const range = /^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1];
		const before = asked.filter(other => other.file === file).length;
		const one: Asked = {file, before, from: range ? Number(range) : null, headers: request.headers, body};
		asked.push(one);
		if (misbehave(one, response)) return;
		if (body.length === 0) response.writeHead(404).end('There is nothing.');
		else sendWhole(one, response);
	});
	server.on('connection', socket => {
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket));
	});
	const close = async () => {
		for (const socket of sockets) socket.destroy();
		await new Promise(resolve => server.close(resolve));
	};
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	atExit(() => void close());
	const {port} = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}/`,
		asked,
		/** The first bytes that were asked for, request by request. */
		startsOf: (file: string) => asked.filter(one => one.file === file).map(({from}) => from),
		close,
	};
};

export const etagOf = (body: Buffer): string => `"${sha256(body)}"`;

/** As a good server does: a range unless the file is another one by now. */
export const sendWhole = (
	{body, from, headers}: Asked,
	response: ServerResponse,
	upTo = body.length,
): void => {
	const isSame = headers['if-range'] === undefined || headers['if-range'] === etagOf(body);
	const first = from !== null && isSame ? from : 0;
	response.setHeader('ETag', etagOf(body));
	response.setHeader('Content-Length', body.length - first);
	if (first > 0) response.setHeader('Content-Range', `bytes ${first}-${body.length - 1}/${body.length}`);
	response.writeHead(first > 0 ? 206 : 200);
	if (upTo === body.length) response.end(body.subarray(first));
	else response.write(body.subarray(first, Math.max(first, upTo)), () => response.socket?.destroySoon());
};
