import {inspect} from 'node:util';
import test from 'ava';
import {createDockerClient} from '../../source/engine/daemon.js';
import type {Connection} from '../../source/engine/endpoint.js';

const connections: Connection[] = [
	{via: 'socket', socketPath: '/run/none.sock'},
	{via: 'tcp', host: '127.0.0.1', port: 1},
	{via: 'dial-stdio'},
];
for (const connection of connections)
	test.serial(`through ${connection.via}, dockerode has little of its agent to log`, async t => {
		const {agent} = (await createDockerClient({connection}, {}, null)).modem as {agent?: unknown};
		t.is(inspect(agent, {showHidden: true, depth: null}), 'agent');
	});
