import {limits, routes} from '../../../source/classroom/protocol.js';
import {settled} from '../../tools/settled.js';
import {firstReport, TestSeat, untouched} from '../test-seat.js';
import {type Attack, type Attacked, nest, outcomeOf, reportWith, sendBytes} from './attack.js';

/** Attacks with what a request contains. */
export const bodies: Attack[] = [
	...[
		['a body that is too large by a byte', 'x'.repeat(limits.requestBytes + 1)],
		['a body of 20 MB', 'x'.repeat(20 * 1024 * 1024)],
	].map(([what = '', body]) => ({
		what,
		// Depending on how far it got, the sender sees the answer or the end of the connection.
		attack: async ({good}: Attacked) => ['400 invalid', 'cut'].includes(await reportWith(good, body)),
		expected: true,
	})),
	{
		what: 'a body that grows without end, in chunks',
		async attack({hub, good}) {
			const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`;
			const head = `POST ${routes.report} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${good.token}\r\nTransfer-Encoding: chunked\r\n\r\n`;
			return ['HTTP/1.1 400 Bad Request', ''].includes(await sendBytes(hub, head + chunk.repeat(20), true));
		},
		expected: true,
	},
	...(
		[
			['a body that is no JSON', '{"format": 1,'],
			['an empty body', ''],
			['null', 'null'],
			['JSON that is 60,000 levels deep', nest(60_000)],
			['an unknown key with deep JSON in it', {...firstReport, extra: JSON.parse(nest(1000))}],
			['an unknown key', {...firstReport, isTeacher: true}],
			['a typed line among the steps', {...firstReport, steps: [{...untouched('a'), line: 'docker run'}]}],
			['a step twice as long as an ID may be', {...firstReport, step: 'a'.repeat(128)}],
			['a path as a step', {...firstReport, step: '../../etc/passwd'}],
			['markup as a finding', {...firstReport, steps: [{...untouched('a'), finding: '<script>'}]}],
			['a negative number', {...firstReport, sequence: -1}],
			['a fraction', {...firstReport, sequence: 1.5}],
			['a number too large for any', JSON.stringify(firstReport).replace('"sequence":1', '"sequence":1e999')],
			['a text instead of a number', {...firstReport, sequence: '1'}],
			['more steps than there may be', {...firstReport, steps: new Array(501).fill(untouched('a'))}],
			['a name with a terminal sequence', {...firstReport, name: 'Ada\u001B]0;owned\u0007'}],
			['a name of two lines', {...firstReport, name: 'Ada\nBob'}],
			['a name that reverses the text behind it', {...firstReport, name: 'Ada\u202E'}],
			['a name of spaces', {...firstReport, name: '   '}],
			['a name that is invisible', {...firstReport, name: '\u3164\uFE0F'}],
			['a name that is too long', {...firstReport, name: 'x'.repeat(41)}],
			['keys of the prototype', JSON.stringify(firstReport).replace('{', '{"__proto__":{"isTeacher":true},')],
			['a constructor', {...firstReport, constructor: {prototype: {isTeacher: true}}}],
		] as Array<[string, unknown]>
	).map(([what, body]) => ({
		what,
		attack: ({good}: Attacked) => reportWith(good, body),
		expected: '400 invalid',
	})),
	{
		what: 'another format',
		attack: ({good}) => reportWith(good, {...firstReport, format: 2}),
		expected: '400 other-format',
	},
	{
		what: 'a name with markup',
		async attack({hub, seats: list}) {
			const seat = new TestSeat(hub, '<img src=x onerror=alert(1)>');
			await seat.join();
			// It is text: the board shows it as it is.
			const find = () => list().find(({id}) => id === seat.id)?.name;
			return settled(find, name => name !== undefined);
		},
		expected: '<img src=x onerror=alert(1)>',
	},
	{
		what: 'a message number that is none',
		attack: ({good}) =>
			Promise.all(
				['-1', '1e9', 'NaN', '99999999', ''].map(after =>
					outcomeOf(
						good.send({
							method: 'GET',
							path: `${routes.messages}?after=${after}`,
							headers: good.authorization,
						}),
					),
				),
			),
		expected: new Array(5).fill('400 invalid'),
	},
];
