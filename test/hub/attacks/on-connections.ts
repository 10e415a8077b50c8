import {randomBytes} from 'node:crypto';
import {connect as connectTls} from 'node:tls';
import {routes} from '../../../source/classroom/protocol.js';
import {settled} from '../../tools/settled.js';
import {firstReport, send} from '../test-seat.js';
import {type Attack, type Attacked, open, outcome, outcomeOf, post, reportWith, sendBytes} from './attack.js';

/** Attacks with connections. */
export const connections: Attack[] = [
	{
		what: '500 connections that say nothing, or a part of a request',
		async attack({hub, good}) {
			const begins = [
				'',
				'G',
				'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ',
				'\u0016',
				'\u0016\u0003\u0001\u0002\u0000',
			];
			const sockets = await Promise.all(Array.from({length: 500}, () => open(hub)));
			for (const [index, socket] of sockets.entries()) {
				socket.on('error', () => {}).resume();
				socket.write(begins[index % begins.length] ?? '');
			}
			const during = outcome(await good.report());
			const closed = await settled(
				() => sockets.filter(socket => socket.readableEnded || socket.destroyed).length,
				count => count === 500,
			);
			for (const socket of sockets) socket.destroy();
			return [during, closed];
		},
		expected: ['200', 500],
	},
	{
		what: 'a body that never ends',
		async attack({hub, good}) {
			const more = `Authorization: Bearer ${good.token}\r\n`;
			const slow = sendBytes(hub, post(routes.report, 'x', more).replace(/Length: 1/, 'Length: 99'), true);
			const during = outcome(await good.report());
			return [during, await slow];
		},
		expected: ['200', 'HTTP/1.1 408 Request Timeout'],
	},
	{
		what: 'garbage bytes',
		async attack({hub}) {
			const rows = [
				randomBytes(5000),
				Buffer.alloc(5000),
				Buffer.from('\u0016\u0003\u0001garbage'.repeat(500)),
			];
			const said = await Promise.all(rows.map(bytes => sendBytes(hub, bytes)));
			return said.every(line => !line.startsWith('HTTP/1.1 2'));
		},
		expected: true,
	},
	{
		what: 'headers that are too large',
		async attack({good}) {
			const headers = {...good.authorization, 'X-Filler': 'x'.repeat(9000)};
			// Depending on how far it got, the sender sees the answer or the end of the connection.
			return ['431', 'cut'].includes(await reportWith(good, firstReport, headers));
		},
		expected: true,
	},
	{
		what: 'a thousand headers',
		async attack({hub}) {
			const filler = Array.from({length: 1000}, (_, number) => `X-${number}: filler\r\n`).join('');
			return sendBytes(hub, `GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n${filler}\r\n`);
		},
		expected: 'HTTP/1.1 431 Request Header Fields Too Large',
	},
	{
		what: 'two lengths, to smuggle a second request',
		attack: ({hub}) => sendBytes(hub, post(routes.hello, 'x', 'Content-Length: 0\r\n'), true),
		expected: 'HTTP/1.1 400 Bad Request',
	},
	{
		what: 'a length and chunks, to smuggle a second request',
		attack: ({hub}) =>
			sendBytes(hub, post(routes.hello, '0\r\n\r\n', 'Transfer-Encoding: chunked\r\n'), true),
		expected: 'HTTP/1.1 400 Bad Request',
	},
	{
		what: '1,000 requests down one connection at once',
		async attack({hub}) {
			const one = 'GET /none HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n';
			return sendBytes(hub, one.repeat(1000), true);
		},
		expected: 'HTTP/1.1 404 Not Found',
	},
	{
		what: 'a TLS that is too old',
		attack: ({hub}) =>
			new Promise(resolve => {
				const place = {host: hub.host, port: hub.port, rejectUnauthorized: false};
				const socket = connectTls({...place, maxVersion: 'TLSv1.2'});
				socket.once('error', () => resolve('refused'));
				socket.once('secureConnect', () => resolve('accepted'));
			}),
		expected: 'refused',
	},
	{
		what: 'a token over plain HTTP',
		attack: async ({good}) =>
			(await good.send({path: routes.report, headers: good.authorization, body: firstReport, isPlain: true}))
				.body,
		expected: 'hand-out',
	},
];

/** Attacks with methods, paths and headers. */
export const requests: Attack[] = [
	...['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'].map(method => ({
		what: `${method} where POST is expected`,
		attack: ({good}: Attacked) => outcomeOf(good.send({method, path: routes.report})),
		expected: '405',
	})),
	{
		what: 'CONNECT to another host',
		attack: ({hub}) =>
			sendBytes(hub, 'CONNECT example.org:443 HTTP/1.1\r\nHost: example.org:443\r\n\r\n', true),
		expected: '',
	},
	{
		what: 'an upgrade to a WebSocket',
		attack: async ({good}) =>
			outcome(
				await good.send({method: 'GET', path: '/', headers: {Connection: 'Upgrade', Upgrade: 'websocket'}}),
			),
		expected: '404',
	},
	...[
		'/../../etc/passwd',
		'/class/../../etc/passwd',
		'/class/%2e%2e/%2e%2e/etc/passwd',
		'/class/report/..\\..\\windows',
		'//example.org/class/report',
		'http://example.org/class/report',
		'/class/report%00',
		'/constructor',
		'/__proto__',
		`/${'a'.repeat(5000)}`,
	].map(path => ({
		what: `the path ${path.slice(0, 40)}`,
		attack: ({good}: Attacked) =>
			outcomeOf(good.send({path, headers: good.authorization, body: firstReport})),
		expected: '404',
	})),
	...['evil.example', 'evil.example:8400', 'hub.127.0.0.1.nip.io'].flatMap(host =>
		[true, false].map(isPlain => ({
			what: `the Host ${host} ${isPlain ? 'in plain HTTP' : 'over TLS'}`,
			attack: ({hub}: Attacked) =>
				outcomeOf(send(hub, {method: 'GET', path: routes.manifest, headers: {Host: host}, isPlain})),
			expected: '421',
		})),
	),
	{
		what: 'a page of another site',
		attack: ({good}) =>
			reportWith(good, firstReport, {...good.authorization, Origin: 'https://evil.example'}),
		expected: '403',
	},
	{
		what: 'a page of another site that asks for a file',
		attack: ({hub}) =>
			outcomeOf(send(hub, {method: 'GET', path: routes.manifest, headers: {'Sec-Fetch-Site': 'cross-site'}})),
		expected: '403',
	},
];
