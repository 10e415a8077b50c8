import {createHash, createPublicKey, type KeyObject, verify} from 'node:crypto';
import * as v from 'valibot';
import {type ResultEntry, resultEntrySchema} from './protocol.js';

/**
 * The results of a seat, as a chain: who changes, removes or moves an entry breaks its hash or those that follow, and
 * who does not have the seat's key can't make new ones. The owner of the key can: a chain shows that nothing was
 * changed afterwards, not who did it or how.
 */

/** The key pair of a seat. */
export type SeatKey = {
	/** The raw public Ed25519 key, 32 bytes, in base64url. */
	publicKey: string;
	/** Signs bytes; returns the 64 bytes of the signature. */
	sign(bytes: Uint8Array): Uint8Array;
};

/** What an entry says, without what makes it part of a chain. */
export type ResultContent = Omit<ResultEntry, 'number' | 'previous' | 'hash' | 'signature'>;

/** What is wrong with a chain. `entry`: its position, from 1. */
export type ChainProblem = {
	entry: number;
	/**
	 * `malformed`: not an entry at all. `altered`: does not match its hash. `foreign`: the seat's key did not sign it.
	 * `misplaced`: does not follow the entry before it; one is missing, or was moved.
	 */
	problem: 'malformed' | 'altered' | 'foreign' | 'misplaced';
};

/** The ID of a seat: the SHA-256 of its raw public key, in hexadecimal. `publicKey`: in base64url. */
export const seatId = (publicKey: string): string =>
	createHash('sha256').update(Buffer.from(publicKey, 'base64url')).digest('hex');

/** Makes the entry that follows the last one of a chain. */
export const appendResult = (
	chain: readonly ResultEntry[],
	key: SeatKey,
	content: ResultContent,
): ResultEntry => {
	const last = chain.at(-1);
	const unsigned = {
		number: (last?.number ?? 0) + 1,
		previous: last?.hash ?? seatId(key.publicKey),
		...content,
	};
	const hash = hashEntry(unsigned);
	const signature = Buffer.from(key.sign(signedBytes(hash))).toString('base64url');
	return {...unsigned, hash, signature};
};

/**
 * Checks a chain from its beginning, or from the entry that follows `after`, and stops at the first problem. `valid`:
 * how many entries precede the problem. `publicKey`: in base64url; with one that is none, the first entry is foreign.
 */
export const verifyChain = (
	publicKey: string,
	results: readonly unknown[],
	after: Pick<ResultEntry, 'number' | 'hash'> = {number: 0, hash: seatId(publicKey)},
): {valid: number; problem: ChainProblem | null} => {
	const key = readPublicKey(publicKey);
	let before = after;
	for (const [index, result] of results.entries()) {
		const parsed = v.safeParse(resultEntrySchema, result);
		const problem = parsed.success ? entryProblem(parsed.output, key, before) : 'malformed';
		if (problem || !parsed.success)
			return {valid: index, problem: {entry: after.number + index + 1, problem: problem ?? 'malformed'}};
		before = parsed.output;
	}
	return {valid: results.length, problem: null};
};

const entryProblem = (
	entry: ResultEntry,
	key: KeyObject | null,
	before: Pick<ResultEntry, 'number' | 'hash'>,
): ChainProblem['problem'] | null => {
	if (hashEntry(entry) !== entry.hash) return 'altered';
	if (!isSignature(key, signedBytes(entry.hash), entry.signature)) return 'foreign';
	return entry.number === before.number + 1 && entry.previous === before.hash ? null : 'misplaced';
};

/**
 * The hash of an entry: the SHA-256, in hexadecimal, of a JSON array in UTF-8 without spaces, with the values in this
 * order. Their types leave no choice in how to write them: IDs and hashes are ASCII, and numbers are as JavaScript
 * prints them.
 */
const hashEntry = (entry: Omit<ResultEntry, 'hash' | 'signature'>): string => {
	const {number, previous, workshop, mode} = entry;
	const {step, verdict, finding, seconds, attempts, hints, prediction} = entry;
	const place = [number, previous, workshop.id, workshop.hash, mode];
	const fared = [step, verdict, finding, seconds, attempts, hints, prediction];
	return createHash('sha256')
		.update(JSON.stringify([...place, ...fared]))
		.digest('hex');
};

/**
 * What a seat signs for a result. The text before the hash keeps it apart from the nonces that a seat signs to join: a
 * hub could otherwise send the hash of a made-up result as its nonce.
 */
const signedBytes = (hash: string): Buffer => Buffer.from(`multistage-workshop result 1 ${hash}`);

/** Whether a signature, in base64url, of these bytes was made with a seat's key. `publicKey`: in base64url. */
export const verifySignature = (publicKey: string, bytes: Uint8Array, signature: string): boolean =>
	isSignature(readPublicKey(publicKey), bytes, signature);

const isSignature = (key: KeyObject | null, bytes: Uint8Array, signature: string): boolean =>
	key !== null && isCanonical(signature) && verify(null, bytes, key, Buffer.from(signature, 'base64url'));

/** Several texts decode to the same bytes; only the one that encodes them counts. */
const isCanonical = (text: string): boolean => Buffer.from(text, 'base64url').toString('base64url') === text;

/** Null if it is not a public Ed25519 key. */
const readPublicKey = (publicKey: string): KeyObject | null => {
	if (!isCanonical(publicKey)) return null;
	try {
		return createPublicKey({key: {kty: 'OKP', crv: 'Ed25519', x: publicKey}, format: 'jwk'});
	} catch {
		return null;
	}
};
