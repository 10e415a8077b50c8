import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {type AddressInfo, connect, createServer, type Socket} from 'node:net';
import path from 'node:path';

/** An endpoint that is no engine, for `DOCKER_HOST`, and its end. */
export type DeadEndpoint = {host: string; close(): void};

/** A socket that accepts and never answers. */
export const silentSocket = async (folder: string): Promise<DeadEndpoint> => {
	const file = path.join(folder, 'silent.sock');
	const server = createServer(() => {}).listen(file);
	await once(server, 'listening');
	return {host: `unix://${file}`, close: () => server.close()};
};

const listener = `
	const server = require('node:net').createServer(() => {});
	server.listen({port: 0, host: '127.0.0.1', backlog: 1}, () => console.log(server.address().port));
`;

/**
 * A port on loopback that drops packets: its listener is stopped and its queue is full, so the system answers no more
 * handshakes.
 */
export const droppingPort = async (): Promise<DeadEndpoint> => {
	const child = spawn(process.execPath, ['-e', listener], {stdio: ['ignore', 'pipe', 'inherit']});
	const [chunk] = await once(child.stdout, 'data');
	const port = Number(String(chunk));
	child.kill('SIGSTOP');
	const sockets: Socket[] = [];
	for (let isFull = false; !isFull && sockets.length < 64; ) {
		const socket = connect(port, '127.0.0.1').on('error', () => {});
		sockets.push(socket);
		isFull = await Promise.race([
			once(socket, 'connect').then(() => false),
			new Promise<boolean>(resolve => setTimeout(resolve, 300, true)),
		]);
	}
	return {
		host: `tcp://127.0.0.1:${port}`,
		close() {
			for (const socket of sockets) socket.destroy();
			child.kill('SIGKILL');
		},
	};
};

/** A port on which nobody listens. */
export const closedPort = async (): Promise<DeadEndpoint> => {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const {port} = server.address() as AddressInfo;
	server.close();
	await once(server, 'close');
	return {host: `tcp://127.0.0.1:${port}`, close() {}};
};
