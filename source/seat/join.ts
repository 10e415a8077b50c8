import {randomBytes} from 'node:crypto';
import {deriveKey, isSameProof, proveCode} from '../classroom/join-code.js';
import {classFormat, type HelloAnswer, type JoinAnswer, type JoinRequest} from '../classroom/protocol.js';
import type {SeatKey} from '../classroom/results.js';
import type {HubAddress} from './hub-address.js';
import {createHubClient, HubError} from './hub-client.js';
import {maxResults} from './talk-to-hub.js';

/** A hub that has proved to know the code. Nothing of the learner was sent so far. */
export type MetHub = HelloAnswer & {
	/** SHA-256 of its certificate. */
	fingerprint: string;
	/**
	 * Joins with a name. `takesOver`: results from another laptop, of which the first ones prove whose they are. Rejects
	 * with a `HubError`.
	 */
	join(seat: {name: string; key: SeatKey; takesOver: JoinRequest['takesOver']}): Promise<JoinAnswer>;
};

/** Milliseconds until a hub must have answered: `join` says within two seconds what is wrong. */
const timeoutMs = 1300;

/**
 * Says hello to a hub. Rejects with a `HubError`: `wrong-code` unless the hub proves, for the certificate that it has
 * shown here, that it knows the same code.
 */
export const meetHub = async (address: HubAddress, code: string): Promise<MetHub> => {
	const nonce = randomBytes(32).toString('base64url');
	const client = createHubClient(address, {fingerprint: null, token: null, timeoutMs});
	const {answer, fingerprint} = await client.hello(nonce).finally(() => client.close());
	const key = await deriveKey(code, answer.salt);
	if (!isSameProof(answer.proof, proveCode('hub', {key, fingerprint, nonce})))
		throw new HubError('wrong-code');
	return {
		...answer,
		fingerprint,
		async join({name, key: seatKey, takesOver}) {
			// A learner may take a while to agree: a nonce of the hub may have run out.
			const again = createHubClient(address, {fingerprint, token: null, timeoutMs: 2 * timeoutMs});
			try {
				const fresh = await again.hello(randomBytes(32).toString('base64url'));
				const hubNonce = fresh.answer.nonce;
				return await again.join({
					format: classFormat,
					nonce: hubNonce,
					proof: proveCode('seat', {key, fingerprint, nonce: hubNonce}),
					name,
					key: seatKey.publicKey,
					signature: Buffer.from(seatKey.sign(Buffer.from(hubNonce, 'base64url'))).toString('base64url'),
					takesOver: takesOver && {...takesOver, results: takesOver.results.slice(0, maxResults)},
				});
			} finally {
				again.close();
			}
		},
	};
};
