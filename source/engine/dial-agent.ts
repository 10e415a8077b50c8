import {Agent} from 'node:http';
import type {Duplex} from 'node:stream';
import {execa} from 'execa';
import {locateProgram} from '../system/locate-program.js';

/**
 * Lets HTTP requests travel through `docker system dial-stdio`, which the CLI connects to its own daemon, whatever
 * lies between. Connections are kept for the next request: over ssh each one is slow to make. Throws `ENOENT` when there
 * is no docker command.
 */
export const createDialAgent = (env: Record<string, string>): Agent => {
	const agent = new Agent({keepAlive: true, maxSockets: 4});
	const docker = locateProgram('docker', env);
	agent.createConnection = () => dial(docker, env);
	return agent;
};

const dial = (docker: string, env: Record<string, string>): Duplex => {
	const child = execa(docker, ['system', 'dial-stdio'], {
		env,
		extendEnv: false,
		stdin: 'pipe',
		buffer: {stdout: false, stderr: true},
		// What goes wrong reaches the request as an error of the stream.
		reject: false,
	});
	const stream = child.duplex();
	const stop = (): void => {
		child.kill();
	};
	stream.once('close', stop);
	const pipes = [child.stdin, child.stdout, child.stderr] as unknown[] as Array<Partial<NodeJS.RefCounted>>;
	let timer: NodeJS.Timeout | undefined;
	stream.once('close', () => clearTimeout(timer));
	// What an agent calls on a real socket when it puts it aside and takes it up again.
	return Object.assign(stream, {
		setKeepAlive: () => stream,
		setNoDelay: () => stream,
		setTimeout: (milliseconds: number) => {
			clearTimeout(timer);
			if (milliseconds > 0) timer = setTimeout(() => stream.emit('timeout'), milliseconds).unref();
			return stream;
		},
		ref: () => {
			child.ref();
			for (const pipe of pipes) pipe.ref?.();
			return stream;
		},
		unref: () => {
			child.unref();
			for (const pipe of pipes) pipe.unref?.();
			return stream;
		},
	});
};
