import {createServer, type RequestListener} from 'node:http';
import {type AddressInfo, createServer as createSocketServer, type Server, type Socket} from 'node:net';
import {Worker} from 'node:worker_threads';
import test from 'ava';
import {probeAddress} from '../../source/engine/probe-ports.js';

const listen = async (server: Server, host = '127.0.0.1'): Promise<number> => {
	await new Promise<void>(resolve => {
		server.listen(0, host, resolve);
	});
	server.unref();
	return (server.address() as AddressInfo).port;
};

const serve = (answer: RequestListener, host?: string): Promise<number> => listen(createServer(answer), host);
const serveBytes = (onConnection: (socket: Socket) => void): Promise<number> =>
	listen(createSocketServer(socket => onConnection(socket.on('error', () => {}))));

test.serial('whoami’s host name and addresses are read, without masks', async t => {
	const port = await serve((_, response) => {
		response.end('Hostname: 3f2a\nIP: 127.0.0.1/8\nIP: 172.17.0.2/16\nIP: ::1\nGET / HTTP/1.1\n');
	});
	t.deepEqual(await probeAddress('127.0.0.1', port, 2000), {
		address: `127.0.0.1:${port}`,
		status: 200,
		firstLine: 'Hostname: 3f2a',
		hostname: '3f2a',
		addresses: ['127.0.0.1', '172.17.0.2', '::1'],
	});
});

test.serial('another server is no whoami', async t => {
	const port = await serve((_, response) => {
		response.writeHead(404).end('\u001B[31mnot\u0007 found\u001B[0m\nmore');
	});
	t.like(await probeAddress('127.0.0.1', port, 2000), {
		status: 404,
		firstLine: 'not found',
		hostname: null,
		addresses: [],
	});
});

test.serial('a redirection is not followed', async t => {
	const port = await serve((_, response) => {
		response.writeHead(301, {location: 'http://192.0.2.1/'}).end();
	});
	t.like(await probeAddress('127.0.0.1', port, 2000), {status: 301, firstLine: ''});
});

test.serial('over IPv6 too', async t => {
	const port = await serve((_, response) => response.end('hello'), '::1');
	t.like(await probeAddress('::1', port, 2000), {address: `[::1]:${port}`, status: 200, firstLine: 'hello'});
});

test.serial('nobody listens', async t => {
	const server = createSocketServer();
	const port = await listen(server);
	await new Promise(resolve => server.close(resolve));
	t.like(await probeAddress('127.0.0.1', port, 2000), {
		status: null,
		firstLine: 'ECONNREFUSED',
		hostname: null,
	});
});

test.serial('the connection is cut, as Docker does for a port where nobody listens', async t => {
	const port = await serveBytes(socket => socket.once('data', () => socket.resetAndDestroy()));
	t.like(await probeAddress('127.0.0.1', port, 2000), {status: null, firstLine: 'ECONNRESET'});
});

test.serial('a server that accepts and never answers is given up', async t => {
	const port = await serveBytes(() => {});
	t.like(await probeAddress('127.0.0.1', port, 100), {status: null, firstLine: 'timed out after 0.1 s'});
});

test.serial('a body that never ends is given up, with what has come', async t => {
	const port = await serve((_, response) => {
		response.write('Hostname: 3f2a\n');
	});
	t.like(await probeAddress('127.0.0.1', port, 300), {status: 200, hostname: '3f2a'});
});

test.serial('a huge body is not read to its end', async t => {
	let sent = 0;
	const port = await serve((_, response) => {
		const chunk = 'x'.repeat(16 * 1024);
		const write = (): void => {
			while (!response.destroyed && response.write(chunk)) sent += chunk.length;
			sent += chunk.length;
		};
		response.on('drain', write);
		write();
	});
	const {status, firstLine} = await probeAddress('127.0.0.1', port, 5000);
	t.is(status, 200);
	t.is(firstLine.length, 200);
	t.true(sent < 20 * 1024 * 1024, `${sent} bytes were sent`);
});

test.serial('what is no HTTP is said to be none', async t => {
	const port = await serveBytes(socket => socket.end('SSH-2.0-OpenSSH_9.2\r\n'));
	t.regex((await probeAddress('127.0.0.1', port, 2000)).firstLine, /^no HTTP answer/);
});

test.serial('an answer that came while this process got no processor is read', async t => {
	const worker = new Worker(
		`const {parentPort} = require('node:worker_threads');
		const server = require('node:http').createServer((_, response) => response.end('hello'));
		server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));`,
		{eval: true},
	);
	t.teardown(() => worker.terminate());
	const port = await new Promise<number>(resolve => worker.once('message', resolve));
	const asked = probeAddress('127.0.0.1', port, 1000);
	Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1500);
	t.like(await asked, {status: 200, firstLine: 'hello'});
});
