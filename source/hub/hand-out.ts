import {randomUUID} from 'node:crypto';
import type {IncomingMessage, ServerResponse} from 'node:http';
import type {Socket} from 'node:net';
import {messages} from '../messages/index.js';
import {type Manifest, manifestFile, type PackedFile, parseManifest, programFile} from '../pack/manifest.js';
import {UserError} from '../text/user-error.js';
import {createDownloadQueue, type DownloadQueue} from './download-queue.js';
import {handOutPage} from './hand-out-page.js';
import {serveFile} from './serve-file.js';

/** What is handed out to learners. */
export type HandOutOptions = {
	/** The folder of a pack that has been verified. */
	folder: string;
	/** Its manifest, as bytes: only what this names is handed out. */
	manifest: Buffer;
	/** The title of the class. */
	title: string;
	/** `<host>:<port>` as learners reach it. */
	address: string;
	/** Images that are downloaded at a time; see `usualDownloads`. */
	downloads?: number;
};

/**
 * A laptop receives 10 to 40 MB/s by Wi-Fi, and a gigabit cable carries 110 MB/s: eight use all of it. More at a time
 * would only make everybody finish late; with a queue, the first begin to work while the last download.
 */
const usualDownloads = 8;

/** Seconds after which a waiting program asks again. */
const askAgainSeconds = 2;

/** While others wait, a download that does not advance by this many bytes in this time has to wait again. */
const stalled = {bytes: 1024 * 1024, milliseconds: 30_000};

/**
 * Creates what answers plain HTTP requests to a hub: the page for learners at `/`, the program, and the files of the
 * pack below `/pack/`, each looked up in the manifest by its whole name. Throws a `UserError` if the manifest is not one
 * of a pack that has a program.
 */
export const createHandOut = ({
	folder,
	manifest: bytes,
	title,
	address,
	downloads = usualDownloads,
}: HandOutOptions): ((request: IncomingMessage, response: ServerResponse) => void) => {
	const manifest = parseManifest(bytes, folder);
	const program = findProgram(manifest);
	if (!program) throw new UserError(messages.pack.remote.tooOld(folder, manifest.program));
	const files = new Map(
		[...(manifest.files ?? []), ...manifest.images].map(file => [`/pack/${file.file}`, file]),
	);
	files.set(`/${programFile}`, program);
	const images = new Set<PackedFile>(manifest.images);
	const queue = createDownloadQueue(downloads);
	return (request, response) => {
		const {method, url = '/'} = request;
		response.setHeader('X-Content-Type-Options', 'nosniff');
		// Nothing is expected from a learner here.
		request.resume();
		if (method !== 'GET' && method !== 'HEAD') {
			response.setHeader('Allow', 'GET, HEAD');
			return sendText(response, 405, messages.hub.handOut.onlyGet);
		}
		const path = readPath(url);
		if (path === '/') return sendPage(request, response, {title, address, programHash: program.sha256});
		if (path === `/pack/${manifestFile}`) return sendJson(request, response, bytes);
		const file = path === null ? undefined : files.get(path);
		if (!file) return sendText(response, 404, messages.hub.handOut.nothing);
		const name = file === program ? `; filename="${programFile}"` : '';
		response.setHeader('Content-Disposition', `attachment${name}`);
		const serve = () =>
			serveFile(folder, file, request, response).catch(() => {
				// The file is gone, or the learner is: a part of it must not look whole.
				if (response.headersSent) response.destroy();
				else sendText(response, 500, messages.hub.handOut.broken);
			});
		if (images.has(file) && method === 'GET') serveInTurn(queue, request, response, serve);
		else void serve();
	};
};

/** The SHA-256 of the program that a pack hands out; null if the pack has none. */
export const programHash = (manifest: Buffer, folder: string): string | null =>
	findProgram(parseManifest(manifest, folder))?.sha256 ?? null;

const findProgram = ({files}: Manifest): PackedFile | undefined =>
	files?.find(({file}) => file === programFile);

/** The decoded path of an address, exactly as it was sent; null if it can't be decoded. */
const readPath = (url: string): string | null => {
	try {
		return decodeURIComponent(url.split('?', 1)[0] ?? '');
	} catch {
		return null;
	}
};

/** Serves an image when it is its turn. Our program tells who it is, and asks again; others are kept waiting. */
const serveInTurn = (
	queue: DownloadQueue,
	request: IncomingMessage,
	response: ServerResponse,
	serve: () => Promise<void>,
): void => {
	// Not the response: while it waits behind another one on the same connection, it can't end anything.
	const {socket} = request;
	const end = () => socket.destroy();
	const begin = (over: () => void) => {
		const ending = endIfStalled(queue, socket);
		void serve().finally(() => {
			clearInterval(ending);
			over();
		});
	};
	const id = request.headers['x-download'];
	if (typeof id !== 'string' || !/^[\w-]{16,64}$/.test(id)) {
		response.on('close', queue.wait(randomUUID(), end, begin));
		return;
	}
	const answer = queue.ask(id, end);
	if (typeof answer === 'function') {
		begin(answer);
		return;
	}
	response.setHeader('Retry-After', askAgainSeconds);
	response.setHeader('X-Queue-Place', answer);
	sendText(response, 503, messages.hub.handOut.queued(answer));
};

const endIfStalled = (queue: DownloadQueue, socket: Socket): NodeJS.Timeout => {
	let before = socket.bytesWritten;
	return setInterval(() => {
		const sent = socket.bytesWritten;
		if (queue.isBusy() && sent - before < stalled.bytes) socket.destroy();
		before = sent;
	}, stalled.milliseconds).unref();
};

const sendText = (response: ServerResponse, status: number, text: string): void => {
	response.writeHead(status, {'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store'});
	response.end(`${text}\n`);
};

const sendJson = ({method}: IncomingMessage, response: ServerResponse, bytes: Buffer): void => {
	response.writeHead(200, {
		'Content-Type': 'application/json',
		'Content-Length': bytes.length,
		'Cache-Control': 'no-cache',
	});
	response.end(method === 'HEAD' ? undefined : bytes);
};

const sendPage = (
	{headers, method}: IncomingMessage,
	response: ServerResponse,
	handedOut: {title: string; address: string; programHash: string},
): void => {
	const {html, policy} = handOutPage({...handedOut, userAgent: headers['user-agent'] ?? ''});
	response.writeHead(200, {
		'Content-Type': 'text/html; charset=utf-8',
		'Content-Security-Policy': policy,
		'Referrer-Policy': 'no-referrer',
		'Cache-Control': 'no-store',
		Vary: 'User-Agent',
	});
	response.end(method === 'HEAD' ? undefined : html);
};
