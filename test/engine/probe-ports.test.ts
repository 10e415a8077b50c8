import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import test, {type ExecutionContext} from 'ava';
import type {PublishedPort} from '../../source/checks/model.js';
import {probePorts} from '../../source/engine/probe-ports.js';
import {container} from '../checks/sample-facts.js';

/** Somebody who answers on one of the addresses; the others refuse. */
const server = createServer((_, response) => response.end('hello'));
test.before(() => new Promise<void>(resolve => server.listen(0, '127.0.0.3', resolve)));
test.after.always(() => server.close());

const asks = test.macro(
	async (
		t: ExecutionContext,
		endpoint: {local: boolean; address: string},
		hostIps: string[],
		asked: string[],
	) => {
		const {port} = server.address() as AddressInfo;
		const published = hostIps.map(
			(hostIp): PublishedPort => ({hostIp, hostPort: port, containerPort: 5000, protocol: 'tcp'}),
		);
		const answers = await probePorts(container({published}), endpoint, Date.now());
		t.deepEqual(
			answers.map(({address}) => address.replace(`:${port}`, '')),
			asked,
		);
	},
);

const any = ['0.0.0.0', '::'];
const socket = {local: true, address: '127.0.0.1'};
const tunnel = {local: true, address: '127.0.0.3'};
const remote = {local: false, address: '127.0.0.3'};

test.serial('a local engine: both kinds of loopback', asks, socket, any, ['127.0.0.1', '[::1]']);
test.serial('a local engine: one of its addresses', asks, socket, ['127.0.0.2'], ['127.0.0.2']);
test.serial('an engine by another address: that address, once', asks, tunnel, any, ['127.0.0.3']);
test.serial('an engine by another address: one of this machine', asks, tunnel, ['127.0.0.2'], ['127.0.0.2']);
test.serial('another machine: its address', asks, remote, any, ['127.0.0.3']);
test.serial('another machine: its own loopback can’t be asked', asks, remote, ['127.0.0.1'], []);
test.serial('an address that is nobody’s can’t be asked', asks, socket, ['192.0.2.9'], []);

/** As on a machine that has too much to do. */
const busy = createServer((_, response) => setTimeout(() => response.end('hello'), 3000));
test.before(() => new Promise<void>(resolve => busy.listen(0, '127.0.0.4', resolve)));
test.after.always(() => busy.close());

for (const [title, age, status] of [
	['while a server starts, one that is slow to answer is left for the next time', 4900, null],
	['after that a slow answer is waited for', 5000, 200],
] as const) {
	test.serial(title, async t => {
		const {port: hostPort} = busy.address() as AddressInfo;
		const published: PublishedPort[] = [
			{hostIp: '127.0.0.4', hostPort, containerPort: 5000, protocol: 'tcp'},
		];
		const startedAt = 1_000_000;
		const [answer] = await probePorts(container({published, startedAt}), socket, startedAt + age);
		t.is(answer?.status, status);
	});
}
