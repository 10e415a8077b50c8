import {connect, createServer, type Socket} from 'node:net';
import path from 'node:path';
import {atExit} from '../tools/at-exit.js';
import {temporaryFolder} from './temporary-folder.js';

/** A socket like a daemon's, with somebody else behind it. */
export type FakeDaemon = {
	/** For `DOCKER_HOST`. */
	host: string;
	/** Cuts all connections and listens no more. */
	stop(): Promise<void>;
	start(): Promise<void>;
};

/** Listens on a socket of its own; `onConnection` is what stands in for the daemon. */
export const startFakeDaemon = async (onConnection: (socket: Socket) => void): Promise<FakeDaemon> => {
	const socketPath = path.join(temporaryFolder('daemon'), 'd.sock');
	const open = new Set<Socket>();
	const server = createServer(socket => {
		open.add(socket);
		socket.on('error', () => {}).on('close', () => open.delete(socket));
		onConnection(socket);
	});
	const start = (): Promise<void> => new Promise(resolve => server.listen(socketPath, resolve));
	const stop = (): Promise<void> =>
		new Promise(resolve => {
			server.close(() => resolve());
			for (const socket of open) socket.destroy();
		});
	await start();
	atExit(() => {
		server.close();
		for (const socket of open) socket.destroy();
	});
	return {host: `unix://${socketPath}`, start, stop};
};

/** Passes everything on to a real daemon. */
export const passTo =
	(realHost: string) =>
	(socket: Socket): void => {
		const real = connect(realHost.replace('unix://', ''));
		real.on('error', () => socket.destroy());
		// The other side may have gone while there was still something to tell it.
		socket.on('error', () => real.destroy());
		socket.on('close', () => real.destroy());
		real.on('close', () => socket.destroy());
		socket.pipe(real).pipe(socket);
	};
