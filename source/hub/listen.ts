import {createServer as createHttpServer, type RequestListener} from 'node:http';
import {createServer as createHttpsServer} from 'node:https';
import {createServer as createNetServer, isIP, type Server, type Socket} from 'node:net';
import {messages} from '../messages/index.js';
import {UserError} from '../text/user-error.js';
import {describeError} from '../text/wording.js';
import type {KeyAndCertificate} from './certificate.js';

export type ListenOptions = {
	/** The address to listen on. */
	host: string;
	/** 0: any free one. */
	port: number;
	certificate: KeyAndCertificate;
	/** Answers what comes over TLS. */
	onTls: RequestListener;
	/** Answers what comes over plain HTTP. */
	onPlain: RequestListener;
};

export type Listener = {
	port: number;
	/** Ends all connections. */
	close(): Promise<void>;
};

/** Bytes of the headers of a request; our own have a few hundred. */
const maxHeaderSize = 8 * 1024;

/**
 * Milliseconds. `firstByte`: until a connection says anything, or the handshake is done. `headers`, `request`: until
 * they are complete. `idle`: without a byte in either direction; longer than a seat waits for messages.
 */
const timeouts = {firstByte: 10_000, headers: 10_000, request: 15_000, idle: 60_000};

/** Above this number, the connection that is open for the longest without a complete request is closed for a new one. */
const maxConnections = 3000;

/** The first byte of TLS: a record of the handshake. */
const handshakeRecord = 0x16;

/** Whether a browser asks for this address because a page of another site made the name of that site point here. */
const isNameOfOthers = (host: string): boolean => {
	const name = host
		.replace(/:\d+$/, '')
		.replace(/^\[(.*)\]$/, '$1')
		.toLowerCase();
	return isIP(name) === 0 && name.includes('.') && !/\.(?:local|lan|home|internal|home\.arpa)\.?$/.test(name);
};

/**
 * Listens on one port for TLS and plain HTTP: the first byte of a connection decides. Rejects with a `UserError` if the
 * port or the address can't be used.
 */
export const listen = async ({host, port, certificate, onTls, onPlain}: ListenOptions): Promise<Listener> => {
	/** Connections by their peer, longest open first; those that made a complete request move to `served`. */
	const fresh = new Map<string, Socket>();
	const served = new Map<string, Socket>();
	const guard =
		(answer: RequestListener): RequestListener =>
		(request, response) => {
			const peer = peerOf(request.socket);
			const socket = fresh.get(peer);
			if (socket) served.set(peer, socket);
			fresh.delete(peer);
			response.setHeader('X-Content-Type-Options', 'nosniff');
			if (isNameOfOthers(request.headers.host ?? '')) response.writeHead(421).end();
			else answer(request, response);
		};

	const options = {
		maxHeaderSize,
		headersTimeout: timeouts.headers,
		requestTimeout: timeouts.request,
		connectionsCheckingInterval: 2000,
		keepAliveTimeout: timeouts.idle,
	};
	const plain = createHttpServer(options, guard(onPlain));
	const tls = createHttpsServer(
		{
			...options,
			key: certificate.key,
			cert: certificate.certificate,
			minVersion: 'TLSv1.3',
			ALPNProtocols: ['http/1.1'],
			handshakeTimeout: timeouts.firstByte,
		},
		guard(onTls),
	);
	for (const server of [plain, tls]) {
		server.timeout = timeouts.idle;
		// Starts their check of the timeouts, as they do not listen themselves.
		server.emit('listening');
	}

	const server = createNetServer({noDelay: true}, socket => {
		const peer = peerOf(socket);
		fresh.set(peer, socket);
		socket.on('error', () => {});
		socket.once('close', () => {
			fresh.delete(peer);
			served.delete(peer);
		});
		if (fresh.size + served.size > maxConnections) fresh.values().next().value?.destroy();
		dispatch(socket, first => (first === handshakeRecord ? tls : plain));
	});
	await start(server, host, port);
	const address = server.address();
	return {
		port: typeof address === 'object' ? (address?.port ?? port) : port,
		async close() {
			const closed = new Promise(resolve => server.close(resolve));
			for (const one of [plain, tls]) one.close();
			for (const socket of [...fresh.values(), ...served.values()]) socket.destroy();
			await closed;
		},
	};
};

/** Identifies a connection, with or without the TLS around it. */
const peerOf = ({remoteAddress, remotePort}: Socket): string => `${remoteAddress} ${remotePort}`;

/** Reads the first byte of a connection, and passes it on as if it were untouched. */
const dispatch = (socket: Socket, choose: (first: number) => Server): void => {
	socket.setTimeout(timeouts.firstByte, () => socket.destroy());
	socket.once('readable', () => {
		const first: Buffer | null = socket.read(1);
		if (!first) return;
		socket.unshift(first);
		socket.setTimeout(0);
		socket.removeAllListeners('timeout');
		choose(first.readUInt8()).emit('connection', socket);
	});
};

const start = (server: Server, host: string, port: number): Promise<void> =>
	new Promise((resolve, reject) => {
		server.once('error', (error: NodeJS.ErrnoException) => {
			const {portInUse, portNotAllowed, noSuchAddress, cannotListen} = messages.hub;
			const said =
				error.code === 'EADDRINUSE'
					? portInUse(host, port)
					: error.code === 'EACCES'
						? portNotAllowed(port)
						: error.code === 'EADDRNOTAVAIL'
							? noSuchAddress(host)
							: cannotListen(host, port, describeError(error));
			reject(new UserError(said, {cause: error}));
		});
		server.listen({host, port, backlog: 1024}, resolve);
	});
