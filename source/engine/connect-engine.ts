import {Agent} from 'node:http';
import {inspect} from 'node:util';
import type Docker from 'dockerode';
import type {DockerOptions} from 'dockerode';
import {createDialAgent} from './dial-agent.js';
import type {Endpoint} from './resolve-endpoint.js';

/**
 * A client for the daemon at an endpoint; nothing is sent yet. Connections that are silent for `silenceMs` are
 * closed; null: never.
 */
export const connectEngine = async (
	{connection}: Pick<Endpoint, 'connection'>,
	env: Record<string, string>,
	silenceMs: number | null,
): Promise<Docker> => {
	// It is heavy: whoever asks for help or a list should not wait for it.
	const {default: Client} = await import('dockerode');
	return new Client({...toOptions(connection, env), timeout: silenceMs ?? 0});
};

const toOptions = (
	connection: Endpoint['connection'],
	env: Record<string, string>,
): DockerOptions & {agent: Agent} => {
	// Named one by one, because it would fill in what is missing from the environment of this process.
	const plain = {protocol: 'http', ca: undefined, cert: undefined, key: undefined} as const;
	// A connection kept from before the daemon was started again would fail the next request.
	const agent = unseen(new Agent({keepAlive: false}));
	switch (connection.via) {
		case 'socket':
			return {...plain, host: undefined, socketPath: connection.socketPath, agent};
		case 'tcp':
			return {...plain, host: `http://${urlHost(connection.host)}`, port: connection.port, agent};
		case 'dial-stdio':
			return {...plain, host: 'http://docker', port: undefined, agent: unseen(createDialAgent(env))};
	}
};

/**
 * For a debug log that nobody reads, dockerode spells out each request, and with its agent all connections that are
 * open: that took ten times as long as the request itself. So the agent says little of itself.
 */
const unseen = (agent: Agent): Agent => Object.defineProperty(agent, inspect.custom, {value: () => 'agent'});

const urlHost = (host: string): string => (host.includes(':') ? `[${host}]` : host);
