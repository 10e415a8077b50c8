import {createHash, createHmac, randomBytes, scrypt, timingSafeEqual} from 'node:crypto';

/**
 * The code that a teacher shows and learners type. It is a secret of the class that both sides prove to know, bound to
 * the hub's certificate: whoever sits between a seat and the hub has another certificate, so a proof that is passed on
 * does not fit.
 */

/** Crockford's Base32: digits and capitals without I, L, O and U, which look like others. 5 bits each. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const lookAlikes: Record<string, string> = {I: '1', L: '1', O: '0', U: 'V'};
const groupLength = 3;

/** Creates a code of 30 random bits, such as `K7M-4QX`. */
export const createCode = (): string =>
	format([...randomBytes(2 * groupLength)].map(byte => alphabet[byte % alphabet.length]).join(''));

/** Returns a typed code as `K7M-4QX`, whatever its case, spaces and dashes; null if it can't be one. */
export const normaliseCode = (typed: string): string | null => {
	const letters = typed
		.toUpperCase()
		.replace(/[\s\p{Pd}]/gu, '')
		.replace(/[ILOU]/g, letter => lookAlikes[letter] ?? letter);
	return letters.length === 2 * groupLength && [...letters].every(letter => alphabet.includes(letter))
		? format(letters)
		: null;
};

const format = (letters: string): string => `${letters.slice(0, groupLength)}-${letters.slice(groupLength)}`;

/**
 * 64 MB, and about 0.1 s on a laptop. Who records a proof and tries all 2^30 codes needs years of processor time; a
 * class lasts a day.
 */
const cost = {N: 2 ** 16, r: 8, p: 1, maxmem: 128 * 2 ** 20};

/** Derives the key of a class from its normalised code and the hub's salt (base64url). */
export const deriveKey = (code: string, salt: string): Promise<Buffer> =>
	new Promise((resolve, reject) => {
		scrypt(code, Buffer.from(salt, 'base64url'), 32, cost, (error, key) =>
			error ? reject(error) : resolve(key),
		);
	});

/** The SHA-256 of a certificate (DER), in lower-case hexadecimal. */
export const fingerprintOf = (certificate: Uint8Array): string =>
	createHash('sha256').update(certificate).digest('hex');

/**
 * Proves to know the code. `role`: who proves it. `fingerprint`: of the certificate that the connection really has.
 * `nonce`: of the other side, base64url.
 */
export const proveCode = (
	role: 'hub' | 'seat',
	{key, fingerprint, nonce}: {key: Uint8Array; fingerprint: string; nonce: string},
): string =>
	createHmac('sha256', key)
		.update(JSON.stringify(['multistage-workshop class', role, fingerprint, nonce]))
		.digest('base64url');

/** Whether two proofs are equal, in a time that does not tell how far they are. */
export const isSameProof = (one: string, other: string): boolean => {
	const [a, b] = [Buffer.from(one), Buffer.from(other)];
	return a.length === b.length && timingSafeEqual(a, b);
};
