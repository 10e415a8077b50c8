import {createPublicKey, randomBytes, verify} from 'node:crypto';
import type {IncomingMessage, ServerResponse} from 'node:http';
import {createServer} from 'node:https';
import type {AddressInfo, Socket} from 'node:net';
import type {ExecutionContext} from 'ava';
import * as v from 'valibot';
import {deriveKey, fingerprintOf, isSameProof, proveCode} from '../../../source/classroom/join-code.js';
import {
	type ClassMessage,
	helloRequestSchema,
	joinRequestSchema,
	type MessageContent,
	routes,
	type SeatReport,
	seatReportSchema,
} from '../../../source/classroom/protocol.js';
import {seatId} from '../../../source/classroom/results.js';
import {createCertificate} from '../../../source/hub/certificate.js';
import type {HubAddress} from '../../../source/seat/hub-address.js';

export type FakeHubOptions = {
	code?: string;
	title?: string;
	workshops?: Array<{id: string; hash: string}>;
	/** Answers in place of the hub; returns false for what the hub itself answers. */
	misbehave?: (request: IncomingMessage, response: ServerResponse, path: string) => boolean;
	/** The port to listen on. Default: any free one. */
	port?: number;
	/** The certificate of a hub before it. */
	certificate?: ReturnType<typeof createCertificate>;
	token?: string;
	/** Whether seats will say hello: what that needs takes a while. Default: false, they have joined. */
	greets?: boolean;
};

/** A hub that keeps no class, but speaks the protocol over real TLS and records every byte that it gets. */
export type FakeHub = {
	address: HubAddress;
	code: string;
	fingerprint: string;
	/** Of every seat. */
	token: string;
	certificate: ReturnType<typeof createCertificate>;
	/** Everything that came over TLS: request lines, headers and bodies. */
	received(): string;
	/** The reports that were taken, oldest first. */
	reports: SeatReport[];
	joined: Array<{seat: string; name: string}>;
	/** The number of seats that have left. */
	left(): number;
	/** Sends a message to all seats. */
	say(content: MessageContent): void;
	/** Answers the next requests with a refusal; null: answers as usual. */
	refuse(refused: string | null): void;
	/** Ends all connections at once, as if it were killed. */
	kill(): Promise<void>;
};

export const fakeClassId = 'c'.repeat(64);

/** Opens it on loopback, until the end of the test. */
export const openFakeHub = async (
	t: Pick<ExecutionContext, 'teardown'>,
	{
		code = 'K7M-4QX',
		title = 'Containers on Monday',
		workshops = [{id: 'multi-stage', hash: 'a'.repeat(64)}],
		misbehave = () => false,
		port = 0,
		certificate = createCertificate(),
		token = randomBytes(32).toString('base64url'),
		greets = false,
	}: FakeHubOptions = {},
): Promise<FakeHub> => {
	const fingerprint = fingerprintOf(certificateBytes(certificate.certificate));
	const salt = randomBytes(16).toString('base64url');
	const key = greets ? await deriveKey(code, salt) : Buffer.alloc(32);
	const {answers, said, ...seen} = createAnswers({...{title, workshops, token, fingerprint}, salt, key});
	const record: string[] = [];
	let refusal: string | null = null;
	const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const text = Buffer.concat(chunks).toString();
		record.push(`${request.method} ${request.url}`, ...request.rawHeaders, text);
		const url = new URL(request.url ?? '', 'https://hub');
		if (misbehave(request, response, url.pathname)) return;
		const needsToken = url.pathname !== routes.hello && url.pathname !== routes.join;
		const isKnown = request.headers.authorization === `Bearer ${token}`;
		const refused = refusal ?? (needsToken && !isKnown ? 'unknown-seat' : null);
		const answer = refused
			? {refused}
			: await answers[url.pathname]?.(text === '' ? null : JSON.parse(text), url);
		response.writeHead(answer && 'refused' in answer ? 403 : 200).end(JSON.stringify(answer));
	};
	const server = createServer({key: certificate.key, cert: certificate.certificate}, serve);
	const sockets = new Set<Socket>();
	server.on('connection', (socket: Socket) => {
		sockets.add(socket);
		socket.on('error', () => {}).on('close', () => sockets.delete(socket));
	});
	await new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve));
	const kill = () =>
		new Promise<void>(resolve => {
			server.close(() => resolve());
			for (const socket of sockets) socket.destroy();
		});
	t.teardown(kill);
	return {
		...seen,
		address: {host: '127.0.0.1', port: (server.address() as AddressInfo).port},
		...{code, fingerprint, token, certificate, kill, say: said},
		received: () => record.join('\n'),
		refuse(refused) {
			refusal = refused;
		},
	};
};

/** What it answers to each route, and what it has seen. */
const createAnswers = ({
	title,
	workshops,
	token,
	fingerprint,
	salt,
	key,
}: Required<Pick<FakeHubOptions, 'title' | 'workshops' | 'token'>> & {
	fingerprint: string;
	salt: string;
	key: Buffer;
}) => {
	const reports: SeatReport[] = [];
	const joined: FakeHub['joined'] = [];
	const messages: ClassMessage[] = [];
	const waiting = new Set<() => void>();
	const nonces = new Set<string>();
	let left = 0;
	const answers: Record<string, (body: unknown, url: URL) => object | Promise<object>> = {
		[routes.hello](body) {
			const {nonce} = v.parse(helloRequestSchema, body);
			const own = randomBytes(32).toString('base64url');
			nonces.add(own);
			return {
				...{format: 1, class: {id: fakeClassId, title}, salt, nonce: own, workshops},
				proof: proveCode('hub', {key, fingerprint, nonce}),
				manifest: 'b'.repeat(64),
			};
		},
		[routes.join](body) {
			const {nonce, proof, name, key: x, signature} = v.parse(joinRequestSchema, body);
			if (!isSameProof(proof, proveCode('seat', {key, fingerprint, nonce}))) return {refused: 'wrong-code'};
			const publicKey = createPublicKey({key: {kty: 'OKP', crv: 'Ed25519', x}, format: 'jwk'});
			const decode = (text: string) => Buffer.from(text, 'base64url');
			const isSigned = verify(null, decode(nonce), publicKey, decode(signature));
			if (!nonces.delete(nonce) || !isSigned) return {refused: 'invalid'};
			joined.push({seat: seatId(x), name});
			return {name, token, results: 0};
		},
		[routes.report](body) {
			const report = v.parse(seatReportSchema, body);
			const last = reports.at(-1)?.sequence ?? 0;
			if (report.sequence > last) reports.push(report);
			return {sequence: Math.max(last, report.sequence), results: 0, messages: messages.length > 0};
		},
		async [routes.messages](_, url) {
			const after = Number(url.searchParams.get('after'));
			const newer = () => messages.filter(({number}) => number > after);
			if (newer().length === 0) await new Promise<void>(resolve => waiting.add(resolve));
			return {messages: newer().slice(0, 50)};
		},
		[routes.leave]() {
			left++;
			return {};
		},
	};
	return {
		...{answers, reports, joined},
		left: () => left,
		said(content: MessageContent) {
			messages.push({...content, number: messages.length + 1} as ClassMessage);
			for (const wake of waiting) wake();
			waiting.clear();
		},
	};
};

/** The DER of a certificate in PEM. */
const certificateBytes = (pem: string): Buffer =>
	Buffer.from(pem.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64');
