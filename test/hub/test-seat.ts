import {generateKeyPairSync, type KeyObject, randomBytes, sign} from 'node:crypto';
import {type Agent as HttpAgent, type IncomingHttpHeaders, request as requestHttp} from 'node:http';
import {type Agent, request as requestHttps} from 'node:https';
import type {TLSSocket} from 'node:tls';
import {deriveKey, fingerprintOf, proveCode} from '../../source/classroom/join-code.js';
import type {
	HelloAnswer,
	JoinAnswer,
	JoinRequest,
	MessagesAnswer,
	ReportAnswer,
	ResultEntry,
	SeatReport,
	StepReport,
} from '../../source/classroom/protocol.js';
import {routes} from '../../source/classroom/protocol.js';
import {appendResult, type ResultContent, type SeatKey, seatId} from '../../source/classroom/results.js';
import {outline} from './test-hub.js';

/** Where a hub is, and what its learners know. */
export type HubPlace = {host: string; port: number; code: string};

/** An answer. `body`: parsed, if it is JSON. `fingerprint`: of the certificate; empty without TLS. */
export type Answer = {status: number; body: unknown; headers: IncomingHttpHeaders; fingerprint: string};

export type RequestOptions = {
	method?: string;
	path: string;
	headers?: Record<string, string>;
	/** A text is sent as it is, anything else as JSON. */
	body?: unknown;
	isPlain?: boolean;
	agent?: Agent;
};

/** Sends one request, on a connection of its own unless there is an agent. Rejects if the connection breaks. */
export const send = (
	{host, port}: Pick<HubPlace, 'host' | 'port'>,
	{method = 'POST', path, headers = {}, body, isPlain = false, agent}: RequestOptions,
): Promise<Answer> =>
	new Promise((resolve, reject) => {
		const options = {host, port, method, path, headers, agent: agent ?? (false as const)};
		const request = isPlain
			? requestHttp({...options, agent: false as unknown as HttpAgent})
			: requestHttps({...options, rejectUnauthorized: false});
		request.once('error', reject);
		request.once('response', response => {
			const {peerRaw = Buffer.alloc(0)} = {
				peerRaw: (response.socket as TLSSocket).getPeerCertificate?.()?.raw,
			};
			const chunks: Buffer[] = [];
			response.on('data', chunk => chunks.push(chunk));
			response.once('error', reject);
			response.once('end', () => {
				const text = Buffer.concat(chunks).toString();
				const isJson = response.headers['content-type'] === 'application/json';
				resolve({
					status: response.statusCode ?? 0,
					body: isJson ? JSON.parse(text) : text,
					headers: response.headers,
					fingerprint: fingerprintOf(peerRaw),
				});
			});
		});
		request.end(body === undefined || typeof body === 'string' ? body : JSON.stringify(body));
	});

/** The keys of codes, as deriving one takes a tenth of a second. */
const derived = new Map<string, Promise<Buffer>>();
const keyOf = (code: string, salt: string): Promise<Buffer> => {
	const known = derived.get(code + salt) ?? deriveKey(code, salt);
	derived.set(code + salt, known);
	return known;
};

/** Creates the key pair of a seat. */
const createSeatKey = (): SeatKey => {
	const {publicKey, privateKey} = generateKeyPairSync('ed25519');
	return {
		publicKey: (publicKey.export({format: 'jwk'}) as {x: string}).x,
		sign: bytes => sign(null, bytes, privateKey as KeyObject),
	};
};

/** A step of `outline` that has not been judged yet. */
export const untouched = (step: string): StepReport => ({
	step,
	verdict: null,
	finding: null,
	seconds: 0,
	attempts: 0,
	hints: 0,
	prediction: null,
});

/** A report of a learner at the first step. */
export const firstReport: SeatReport = {
	format: 1,
	sequence: 1,
	name: 'Ada',
	workshop: {id: outline.id, hash: outline.hash},
	mode: 'real',
	step: 'first-build',
	steps: [untouched('first-build')],
	ready: [],
	hand: false,
	handedIn: false,
	lastMessage: 0,
	results: [],
};

/** A learner's program, as simple as one can be: every request is sent when it is called. */
export class TestSeat {
	key = createSeatKey();
	token = '';
	sequence = 0;
	chain: ResultEntry[] = [];
	readonly name: string;
	readonly hub: HubPlace;
	readonly agent: Agent | undefined;

	constructor(hub: HubPlace, name = 'Ada', agent?: Agent) {
		this.hub = hub;
		this.name = name;
		this.agent = agent;
	}

	get id(): string {
		return seatId(this.key.publicKey);
	}

	send(options: RequestOptions): Promise<Answer> {
		return send(this.hub, {...options, ...(this.agent && {agent: this.agent})});
	}

	/** The hub's answer, and the certificate of the connection. */
	async hello(nonce = randomBytes(32).toString('base64url')): Promise<Answer & {body: HelloAnswer}> {
		const answer = await this.send({path: routes.hello, body: {format: 1, nonce}});
		return answer as Answer & {body: HelloAnswer};
	}

	/** What a seat sends to join, after a hello of its own. */
	async joinRequest(code = this.hub.code): Promise<JoinRequest> {
		const {body, fingerprint} = await this.hello();
		const {nonce, salt} = body;
		const key = await keyOf(code, salt);
		return {
			format: 1,
			nonce,
			proof: proveCode('seat', {key, fingerprint, nonce}),
			name: this.name,
			key: this.key.publicKey,
			signature: Buffer.from(this.key.sign(Buffer.from(nonce, 'base64url'))).toString('base64url'),
			takesOver: null,
		};
	}

	/** Joins; throws if that is refused. */
	async join(changes: Partial<JoinRequest> = {}): Promise<JoinAnswer> {
		const answer = await this.send({
			path: routes.join,
			body: {...(await this.joinRequest()), ...changes},
		});
		if (answer.status !== 200) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
		const joined = answer.body as JoinAnswer;
		this.token = joined.token;
		this.sequence = 0;
		return joined;
	}

	get authorization(): Record<string, string> {
		return {Authorization: `Bearer ${this.token}`};
	}

	/** Sends a report, with the next number. */
	async report(changes: Partial<SeatReport> = {}): Promise<Answer & {body: ReportAnswer}> {
		const body = {...firstReport, name: this.name, sequence: ++this.sequence, ...changes};
		const answer = await this.send({path: routes.report, headers: this.authorization, body});
		return answer as Answer & {body: ReportAnswer};
	}

	/** Adds a result to the chain, and returns it. */
	addResult(content: Partial<ResultContent> = {}): ResultEntry {
		const entry = appendResult(this.chain, this.key, {
			workshop: firstReport.workshop,
			mode: 'real',
			...untouched('first-build'),
			verdict: 'passed',
			...content,
		});
		this.chain.push(entry);
		return entry;
	}

	/** Asks for messages after a number; waits as long as the hub lets it. */
	async messages(after = 0): Promise<Answer & {body: MessagesAnswer}> {
		const answer = await this.send({
			method: 'GET',
			path: `${routes.messages}?after=${after}`,
			headers: this.authorization,
		});
		return answer as Answer & {body: MessagesAnswer};
	}

	handIn(): Promise<Answer> {
		return this.send({path: routes.handIn, headers: this.authorization});
	}

	leave(): Promise<Answer> {
		return this.send({path: routes.leave, headers: this.authorization});
	}
}
