import {connect as connectNet, type Socket} from 'node:net';
import {connect as connectTls} from 'node:tls';
import {type JoinRequest, routes} from '../../../source/classroom/protocol.js';
import type {Seat} from '../../../source/classroom/room.js';
import type {Hub} from '../../../source/hub/hub.js';
import type {Answer, TestSeat} from '../test-seat.js';

/** A class with a good seat in it. */
export type Attacked = {hub: Hub; good: TestSeat; seats: () => Seat[]};

/** Resolves with what the attacker got, to compare with `expected`. */
export type Attack = {
	what: string;
	attack(attacked: Attacked): Promise<unknown>;
	expected: unknown;
};

/** The part of an answer that says what became of a request. */
export const outcome = ({status, body}: Answer): string => {
	const refused = (body as {refused?: string} | null)?.refused;
	return refused ? `${status} ${refused}` : String(status);
};

/** The same, or `cut` if the hub closed the connection while the request was on its way. */
export const outcomeOf = (answer: Promise<Answer>): Promise<string> => answer.then(outcome, () => 'cut');

export const joinWith = async (seat: TestSeat, change: (request: JoinRequest) => unknown): Promise<string> =>
	outcomeOf(seat.send({path: routes.join, body: change(await seat.joinRequest())}));

export const reportWith = (
	seat: TestSeat,
	body: unknown,
	headers: Record<string, string> = seat.authorization,
) => outcomeOf(seat.send({path: routes.report, headers, body}));

/** Opens a connection without saying anything. */
export const open = ({host, port}: Hub): Promise<Socket> =>
	new Promise((resolve, reject) => {
		const socket = connectNet({host, port}, () => resolve(socket)).once('error', reject);
	});

/** Sends bytes over a connection; resolves with the first line of the answer, once the hub has closed it. */
export const sendBytes = (hub: Hub, bytes: string | Buffer, isTls = false): Promise<string> =>
	new Promise(resolve => {
		const place = {host: hub.host, port: hub.port};
		const socket = isTls ? connectTls({...place, rejectUnauthorized: false}) : connectNet(place);
		let text = '';
		socket.on('error', () => {});
		socket.on('data', data => {
			text += data;
		});
		socket.once('close', () => resolve(text.split('\r\n')[0] ?? ''));
		socket.write(bytes);
	});

export const post = (path: string, body: string, more = '') =>
	`POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: ${Buffer.byteLength(body)}\r\n${more}\r\n${body}`;

export const nest = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
