import {createHmac, randomBytes} from 'node:crypto';
import {isSameProof} from '../classroom/join-code.js';

/** Milliseconds: a learner may read the question before joining in between. */
const validFor = 15 * 60_000;

/** What an answered nonce begins with: when it was created, and random bytes. */
const sizes = {time: 6, random: 10, mac: 16};

export type Nonces = {
	/** 32 bytes, base64url. */
	create(): string;
	/** Whether it is one of ours, not too old, and not used. */
	isValid(nonce: string): boolean;
	/** Returns whether it was valid; from now on it is not. */
	use(nonce: string): boolean;
};

/**
 * Nonces that can be used once. They prove themselves, so that nothing is stored for who asks for many of them; only
 * those of seats that joined are. `now`: milliseconds, monotonic.
 */
export const createNonces = (now: () => number): Nonces => {
	const key = randomBytes(32);
	const used = new Map<string, number>();
	const seal = (body: Buffer): Buffer =>
		createHmac('sha256', key).update(body).digest().subarray(0, sizes.mac);

	const isValid = (nonce: string): boolean => {
		const bytes = Buffer.from(nonce, 'base64url');
		const body = bytes.subarray(0, sizes.time + sizes.random);
		if (bytes.toString('base64url') !== nonce || bytes.length !== body.length + sizes.mac) return false;
		if (!isSameProof(Buffer.concat([body, seal(body)]).toString('base64url'), nonce)) return false;
		return now() - body.readUIntBE(0, sizes.time) <= validFor && !used.has(nonce);
	};

	return {
		create() {
			const time = Buffer.alloc(sizes.time);
			time.writeUIntBE(Math.floor(now()), 0, sizes.time);
			const body = Buffer.concat([time, randomBytes(sizes.random)]);
			return Buffer.concat([body, seal(body)]).toString('base64url');
		},
		isValid,
		use(nonce) {
			if (!isValid(nonce)) return false;
			for (const [old, time] of used) if (now() - time > validFor) used.delete(old);
			used.set(nonce, now());
			return true;
		},
	};
};
