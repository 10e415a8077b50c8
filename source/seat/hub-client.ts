import {Agent, type RequestOptions, request as startRequest} from 'node:https';
import type {Duplex} from 'node:stream';
import {connect, type TLSSocket} from 'node:tls';
import * as v from 'valibot';
import {fingerprintOf} from '../classroom/join-code.js';
import {
	type HelloAnswer,
	helloAnswerSchema,
	intervals,
	type JoinAnswer,
	type JoinRequest,
	joinAnswerSchema,
	limits,
	type MessagesAnswer,
	messagesAnswerSchema,
	type Refusal,
	type ReportAnswer,
	refusalSchema,
	reportAnswerSchema,
	routes,
	type SeatReport,
} from '../classroom/protocol.js';
import type {HubAddress} from './hub-address.js';

/**
 * Why a hub can't be used. `refused`: nothing listens there. `silent`: no answer in time. `unreachable`: the network
 * has no way there. `unknown-host`: the name has no address. `no-hub`: what answers is not a hub, or breaks the
 * protocol. `other-hub`: it has another certificate than the one that the class had.
 */
export type HubTrouble =
	| Refusal
	| 'refused'
	| 'silent'
	| 'unreachable'
	| 'unknown-host'
	| 'no-hub'
	| 'other-hub';

/** Thrown by every request that fails. */
export class HubError extends Error {
	override name = 'HubError';

	constructor(
		readonly trouble: HubTrouble,
		options?: ErrorOptions,
	) {
		super(trouble, options);
	}
}

/** Sends one seat's requests to a hub. Each rejects with a `HubError`, in a time that is limited. */
export type HubClient = {
	/** `nonce`: 32 random bytes, base64url. `fingerprint`: of the certificate that the hub has shown. */
	hello(nonce: string): Promise<{answer: HelloAnswer; fingerprint: string}>;
	join(request: JoinRequest): Promise<JoinAnswer>;
	report(report: SeatReport): Promise<ReportAnswer>;
	/** Waits for messages after this number, for as long as the hub holds the request. */
	messages(after: number): Promise<MessagesAnswer>;
	handIn(): Promise<void>;
	leave(): Promise<void>;
	/** Ends all connections and requests. */
	close(): void;
};

export type HubClientOptions = {
	/** SHA-256 of the only certificate to talk to; null: whatever the hub shows first. */
	fingerprint: string | null;
	/** Null before joining. */
	token: string | null;
	/** Milliseconds until an answer is complete, connecting included. */
	timeoutMs: number;
};

/** Bytes of the headers of an answer. */
const maxHeaderSize = 8 * 1024;

/** Nothing is sent over a connection before its certificate was compared; redirects are not followed. */
export const createHubClient = (
	address: HubAddress,
	{fingerprint: wanted, token, timeoutMs}: HubClientOptions,
): HubClient => {
	const agent = new PinnedAgent(wanted);
	const ask = <Schema extends v.GenericSchema>(
		method: 'GET' | 'POST',
		path: string,
		{body, schema, timeoutMs: most = timeoutMs}: {body?: object; schema: Schema; timeoutMs?: number},
	) =>
		exchange({agent, address, token, method, path, body, timeoutMs: most}).then(text => read(text, schema));
	return {
		async hello(nonce) {
			const answer = await ask('POST', routes.hello, {body: {format: 1, nonce}, schema: helloAnswerSchema});
			return {answer, fingerprint: agent.fingerprint ?? ''};
		},
		join: body => ask('POST', routes.join, {body, schema: joinAnswerSchema}),
		report: body => ask('POST', routes.report, {body, schema: reportAnswerSchema}),
		messages: after =>
			ask('GET', `${routes.messages}?after=${after}`, {
				schema: messagesAnswerSchema,
				timeoutMs: intervals.heartbeat + timeoutMs,
			}),
		handIn: async () => void (await ask('POST', routes.handIn, {schema: v.object({})})),
		leave: async () => void (await ask('POST', routes.leave, {schema: v.object({})})),
		close: () => agent.destroy(),
	};
};

/**
 * Keeps connections to one hub. The first certificate that it sees, or the one that it is given, is the only one: a
 * connection with another is ended before anything is sent.
 */
class PinnedAgent extends Agent {
	readonly #connecting = new Set<TLSSocket>();

	constructor(public fingerprint: string | null) {
		super({keepAlive: true, maxSockets: 3});
	}

	override createConnection(
		{host, port, timeout}: RequestOptions,
		callback: (error: Error | null, socket: Duplex) => void = () => {},
	): undefined {
		// Its certificate is compared below. A chain proves nothing here, and the clock may be wrong.
		const socket = connect({
			host: host ?? '',
			port: Number(port),
			rejectUnauthorized: false,
			minVersion: 'TLSv1.3',
		});
		this.#connecting.add(socket);
		socket.setTimeout(timeout ?? 0, () => socket.destroy(new HubError('silent')));
		const fail = (error: Error) => callback(error, socket);
		socket.once('error', fail);
		socket.once('close', () => this.#connecting.delete(socket));
		socket.once('secureConnect', () => {
			this.#connecting.delete(socket);
			socket.setTimeout(0).off('error', fail);
			const seen = fingerprintOf(socket.getPeerCertificate().raw);
			this.fingerprint ??= seen;
			if (seen === this.fingerprint) return callback(null, socket);
			socket.destroy();
			fail(new HubError('other-hub'));
		});
	}

	override destroy(): void {
		super.destroy();
		for (const socket of this.#connecting) socket.destroy();
	}
}

type Exchange = {
	agent: Agent;
	address: HubAddress;
	token: string | null;
	method: 'GET' | 'POST';
	path: string;
	body: object | undefined;
	timeoutMs: number;
};

/** Sends a request. Resolves with the body of the answer, or rejects with a `HubError`. */
const exchange = ({agent, address, token, method, path, body, timeoutMs}: Exchange): Promise<string> =>
	new Promise((resolve, reject) => {
		const payload = body === undefined ? '' : JSON.stringify(body);
		const request = startRequest({
			...address,
			agent,
			method,
			path,
			maxHeaderSize,
			timeout: timeoutMs,
			headers: {
				...(method === 'POST' && {
					'Content-Type': 'application/json',
					'Content-Length': Buffer.byteLength(payload),
				}),
				...(token !== null && {Authorization: `Bearer ${token}`}),
			},
		});
		const timer = setTimeout(() => fail(new HubError('silent')), timeoutMs);
		const fail = (error: Error): void => {
			clearTimeout(timer);
			request.destroy();
			reject(toHubError(error));
		};
		request.on('error', fail);
		request.on('response', response => {
			const chunks: Buffer[] = [];
			let length = 0;
			response.on('data', (chunk: Buffer) => {
				length += chunk.length;
				if (length > limits.answerBytes) fail(new HubError('no-hub'));
				else chunks.push(chunk);
			});
			response.on('error', fail);
			response.on('end', () => {
				clearTimeout(timer);
				const text = Buffer.concat(chunks).toString('utf8');
				if (response.statusCode === 200) resolve(text);
				else reject(new HubError(readRefusal(text) ?? 'no-hub'));
			});
		});
		request.end(payload);
	});

const read = <Schema extends v.GenericSchema>(text: string, schema: Schema): v.InferOutput<Schema> => {
	const parsed = v.safeParse(schema, parseJson(text));
	if (parsed.success) return parsed.output;
	throw new HubError('no-hub');
};

const readRefusal = (text: string): Refusal | null => {
	const parsed = v.safeParse(refusalSchema, parseJson(text));
	return parsed.success ? parsed.output.refused : null;
};

/** Undefined for what is not JSON. */
const parseJson = (text: string): unknown => {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
};

const troublesByCode: Record<string, HubTrouble> = {
	ECONNREFUSED: 'refused',
	ETIMEDOUT: 'silent',
	EHOSTUNREACH: 'unreachable',
	ENETUNREACH: 'unreachable',
	EHOSTDOWN: 'unreachable',
	ENETDOWN: 'unreachable',
	EADDRNOTAVAIL: 'unreachable',
	ENOTFOUND: 'unknown-host',
	EAI_AGAIN: 'unknown-host',
};

/** Whatever else goes wrong with a connection is the fault of what answers. */
const toHubError = (error: Error & {code?: string}): HubError =>
	error instanceof HubError
		? error
		: new HubError(troublesByCode[error.code ?? ''] ?? 'no-hub', {cause: error});
