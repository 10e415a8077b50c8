import {randomBytes, timingSafeEqual} from 'node:crypto';
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import * as v from 'valibot';
import {teacherActionSchema} from '../classroom/room.js';
import {messages} from '../messages/index.js';
import {UserError} from '../text/user-error.js';
import type {BoardHub} from './board-hub.js';
import {type BoardPage, boardPage} from './board-page.js';
import {batchUpdates} from './merge-updates.js';

/** The web page of a board, open. */
export type BoardServer = {
	/** With the token, which is all that it takes to be the teacher. */
	url: string;
	/** Ends all connections. */
	close(): Promise<void>;
};

/** Loopback alone: no other machine can connect. */
const host = '127.0.0.1';

/** Bytes of a request. The longest one says 2,000 characters. */
const bodyBytes = 16 * 1024;

/** Pages that are open at the same time. */
const maxPages = 20;

/** Milliseconds after which a page is sent something, so that it notices when the board is gone. */
const heartbeat = 20_000;

const headers = {
	'Content-Security-Policy': [
		"default-src 'none'",
		"script-src 'self'",
		"style-src 'self'",
		"connect-src 'self'",
		'img-src data:',
		"base-uri 'none'",
		"form-action 'none'",
		"frame-ancestors 'none'",
		"require-trusted-types-for 'script'",
	].join('; '),
	'Cache-Control': 'no-store',
	'Cross-Origin-Opener-Policy': 'same-origin',
	'Cross-Origin-Resource-Policy': 'same-origin',
	'Referrer-Policy': 'no-referrer',
	'X-Content-Type-Options': 'nosniff',
};

/** Serves the page of a board on a free port of this machine, to whoever has the token. `page`: the built one by default. */
export const openBoardServer = async (
	hub: BoardHub,
	{page = boardPage}: {page?: BoardPage} = {},
): Promise<BoardServer> => {
	const token = randomBytes(32).toString('base64url');
	const pages = new Set<ServerResponse>();
	const server = createServer({maxHeaderSize: 8 * 1024, requestTimeout: 10_000}, (request, response) => {
		const file = admit(request, token, (server.address() as AddressInfo).port);
		if (file === null) return refuse(response, 403);
		void answer(file, request, response, {hub, page, pages}).catch(() => response.destroy());
	});
	server.maxConnections = 100;
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(0, host, resolve);
	});
	return {
		url: `http://${host}:${(server.address() as AddressInfo).port}/${token}/`,
		close: () =>
			new Promise(resolve => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
};

/**
 * What the teacher's own page asks for, by its name; null for all that others might send. A page of another site can
 * reach this server from the teacher's browser, under another name too, but it knows no token and can hide neither
 * its origin nor the name that it used.
 */
const admit = ({url = '', headers}: IncomingMessage, token: string, port: number): string | null => {
	const own = `${host}:${port}`;
	const [empty, given = '', file, ...rest] = url.split('?')[0]?.split('/') ?? [];
	const site = headers['sec-fetch-site'];
	const isOwn =
		headers.host === own &&
		(headers.origin === undefined || headers.origin === `http://${own}`) &&
		(site === undefined || site === 'same-origin' || site === 'none');
	if (!isOwn || empty !== '' || rest.length > 0 || !isSame(given, token)) return null;
	return file ?? null;
};

const isSame = (given: string, token: string): boolean => {
	const [one, other] = [Buffer.from(given), Buffer.from(token)];
	return one.length === other.length && timingSafeEqual(one, other);
};

type Served = {hub: BoardHub; page: BoardPage; pages: Set<ServerResponse>};

const answer = async (
	file: string,
	request: IncomingMessage,
	response: ServerResponse,
	{hub, page, pages}: Served,
): Promise<void> => {
	if (file === 'action') return performAction(hub, request, response);
	if (request.method !== 'GET') return refuse(response, 405);
	if (file === 'events') {
		return pages.size < maxPages ? sendUpdates(hub, response, pages) : refuse(response, 503);
	}
	const {language} = messages.board;
	const files = new Map([
		['', {type: 'text/html', text: document(language)}],
		['board.js', {type: 'text/javascript', text: page.script}],
		['words.js', {type: 'text/javascript', text: page.words[language]}],
		['board.css', {type: 'text/css', text: page.styles}],
	]);
	const {type, text} = files.get(file) ?? {};
	if (text === undefined) return refuse(response, 404);
	response.writeHead(200, {...headers, 'Content-Type': `${type}; charset=utf-8`}).end(text);
};

const refuse = (response: ServerResponse, status: number): void => {
	// What was not read of a request must not be taken for the next one.
	response.writeHead(status, {...headers, Connection: 'close'}).end();
};

const document = (language: string): string =>
	[
		'<!doctype html>',
		`<html lang="${language}">`,
		'<meta charset="utf-8">',
		'<meta name="viewport" content="width=device-width, initial-scale=1">',
		'<meta name="color-scheme" content="light dark">',
		`<title>${messages.board.page.untitled}</title>`,
		'<link rel="icon" href="data:,">',
		'<link rel="stylesheet" href="board.css">',
		'<script type="module" src="board.js"></script>',
		'<div id="board"></div>',
		'</html>',
		'',
	].join('\n');

const sendUpdates = (hub: BoardHub, response: ServerResponse, pages: Set<ServerResponse>): void => {
	response.writeHead(200, {...headers, 'Content-Type': 'text/event-stream'});
	response.write('retry: 1000\n\n');
	const {add, stop} = batchUpdates(
		update => response.write(`data: ${JSON.stringify(update)}\n\n`),
		() => !response.writableNeedDrain,
	);
	pages.add(response);
	const unsubscribe = hub.subscribe(add);
	const timer = setInterval(() => response.write(':\n\n'), heartbeat);
	response.on('close', () => {
		clearInterval(timer);
		unsubscribe();
		stop();
		pages.delete(response);
	});
};

const performAction = async (
	hub: BoardHub,
	request: IncomingMessage,
	response: ServerResponse,
): Promise<void> => {
	if (request.method !== 'POST') return refuse(response, 405);
	// Forms of other sites can't send this type.
	if (request.headers['content-type'] !== 'application/json') return refuse(response, 415);
	const body = await readBody(request);
	if (body === null) return refuse(response, 413);
	const action = v.safeParse(v.pipe(v.string(), v.parseJson(), teacherActionSchema), body);
	if (!action.success) return refuse(response, 400);
	try {
		await hub.perform(action.output);
		response.writeHead(204, headers).end();
	} catch (error) {
		if (!(error instanceof UserError)) throw error;
		response
			.writeHead(409, {...headers, 'Content-Type': 'application/json'})
			.end(JSON.stringify({refused: error.message}));
	}
};

/** The body of a request; null if it is too long. */
const readBody = async (request: IncomingMessage): Promise<string | null> => {
	const parts: Buffer[] = [];
	let length = 0;
	// The refusal has still to be sent.
	for await (const part of request.iterator({destroyOnReturn: false}) as AsyncIterable<Buffer>) {
		length += part.length;
		if (length > bodyBytes) return null;
		parts.push(part);
	}
	return Buffer.concat(parts).toString();
};
