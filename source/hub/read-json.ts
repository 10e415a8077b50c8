import type {IncomingMessage, ServerResponse} from 'node:http';
import * as v from 'valibot';
import {classFormat, limits, type Refusal} from '../classroom/protocol.js';

/** Thrown where a request is refused; see `refusals`. */
export class RefusedError extends Error {
	constructor(readonly refusal: Refusal) {
		super(refusal);
	}
}

const statuses: Record<Refusal, number> = {
	'wrong-code': 403,
	'too-many-tries': 429,
	'unknown-seat': 401,
	'taken-over': 410,
	'class-is-full': 503,
	'class-is-over': 410,
	'other-format': 400,
	invalid: 400,
};

/**
 * Reads the body of a request as JSON. Throws a `RefusedError` if it is too large, cut off, or not JSON; its length is
 * looked at first.
 */
export const readJson = async (request: IncomingMessage): Promise<unknown> => {
	if (Number(request.headers['content-length'] ?? 0) > limits.requestBytes) throw new RefusedError('invalid');
	const chunks: Buffer[] = [];
	let length = 0;
	try {
		// The request stays open for the answer.
		const body: AsyncIterable<Buffer> = request.iterator({destroyOnReturn: false});
		for await (const chunk of body) {
			length += chunk.length;
			if (length > limits.requestBytes) throw new RefusedError('invalid');
			chunks.push(chunk);
		}
		return JSON.parse(Buffer.concat(chunks).toString('utf8'));
	} catch {
		throw new RefusedError('invalid');
	}
};

/** Validates a body. A `RefusedError` says whether it is of another format, or wrong. */
export const parseBody = <Schema extends v.GenericSchema>(
	schema: Schema,
	body: unknown,
): v.InferOutput<Schema> => {
	const {success, output} = v.safeParse(schema, body, {abortEarly: true});
	if (success) return output;
	const format = (body as {format?: unknown} | null)?.format;
	throw new RefusedError(typeof format === 'number' && format !== classFormat ? 'other-format' : 'invalid');
};

/** Answers with JSON. */
export const sendJson = (response: ServerResponse, answer: unknown, status = 200): void => {
	const body = JSON.stringify(answer);
	response.writeHead(status, {
		'Content-Type': 'application/json',
		'Content-Length': Buffer.byteLength(body),
		'Cache-Control': 'no-store',
	});
	response.end(body);
};

/** Answers with the reason of a refusal. A body that is still on its way is not waited for. */
export const sendRefusal = (request: IncomingMessage, response: ServerResponse, refused: Refusal): void => {
	if (!request.complete) response.setHeader('Connection', 'close');
	sendJson(response, {refused}, statuses[refused]);
};
