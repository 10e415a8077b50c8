import {createHash} from 'node:crypto';
import type {IncomingMessage, ServerResponse} from 'node:http';
import type {ClassEvent} from '../classroom/kept-class.js';
import type {ClassRoom, SeatRecord} from './class-state.js';

/** What the server needs of the class. */
export type ServedClass = {
	id: string;
	title: string;
	/** For `deriveKey`, base64url. */
	salt: string;
	/** `deriveKey` of the code. */
	key: Uint8Array;
	/** SHA-256 of the certificate. */
	fingerprint: string;
	workshops: Array<{id: string; hash: string}>;
	/** The bytes of the manifest of the pack. */
	manifest: Buffer;
	room: ClassRoom;
	/** Whether everything was deleted. */
	isErased(): boolean;
	/** Milliseconds on the hub's clock. */
	now(): number;
	/** Applies an event at once; resolves once it is kept. */
	record(event: ClassEvent): Promise<void>;
	/** Resolves once everything that was recorded is kept. */
	kept(): Promise<void>;
	/** Notes a sign of life. */
	touch(record: SeatRecord): void;
};

/** Answers a request, or throws a `RefusedError`. */
export type Handler = (
	request: IncomingMessage,
	response: ServerResponse,
	query: URLSearchParams,
) => Promise<void> | void;

/** In hexadecimal. */
export const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');
