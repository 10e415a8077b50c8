import {createServer} from 'node:net';
import test from 'ava';
import {openHub} from '../../source/hub/hub.js';
import {hubOptions, openTestHub} from './test-hub.js';

test('an address that can’t be listened on is refused, with what to do', async t => {
	const {port} = await openTestHub(t);
	await t.throwsAsync(openHub({...hubOptions, port}), {
		name: 'UserError',
		message: `Another program listens on port ${port} of 127.0.0.1.`,
	});
	await t.throwsAsync(openHub({...hubOptions, host: '192.0.2.1'}), {
		name: 'UserError',
		message: 'This machine does not have the address 192.0.2.1.',
	});
});

test('a hub that was closed has given back its port', async t => {
	const hub = await openHub(hubOptions);
	await hub.close();
	const server = createServer();
	t.teardown(() => server.close());
	await t.notThrowsAsync(
		new Promise<void>((resolve, reject) => {
			server.once('error', reject).listen(hub.port, '127.0.0.1', resolve);
		}),
	);
});
