import {createServer} from 'node:net';

/** Those of the ports on which a program of this machine listens already. */
export const listeningPorts = async (ports: number[]): Promise<number[]> => {
	const taken = await Promise.all(ports.map(isTaken));
	return ports.filter((_, index) => taken[index]);
};

/** As the engine does: on all addresses. */
const isTaken = async (port: number): Promise<boolean> =>
	new Promise(resolve => {
		const server = createServer();
		server.once('error', error => resolve((error as NodeJS.ErrnoException).code === 'EADDRINUSE'));
		server.listen({port, exclusive: true}, () => server.close(() => resolve(false)));
	});
