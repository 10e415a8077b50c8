import {createPublicKey, randomBytes, verify} from 'node:crypto';
import {isSameProof, proveCode} from '../classroom/join-code.js';
import {
	classFormat,
	type HelloAnswer,
	helloRequestSchema,
	type JoinAnswer,
	type JoinRequest,
	joinRequestSchema,
	limits,
} from '../classroom/protocol.js';
import {seatId, verifyChain} from '../classroom/results.js';
import {createGuessLimit} from './guess-limit.js';
import {createNonces} from './nonces.js';
import {parseBody, RefusedError, readJson, sendJson} from './read-json.js';
import {chooseSeatName} from './seat-names.js';
import {type Handler, type ServedClass, sha256} from './served-class.js';

/** Creates what lets seats into the class: the hub proves that it knows the code, then the seat does. */
export const createAdmission = (served: ServedClass): {hello: Handler; join: Handler; close(): void} => {
	const nonces = createNonces(served.now);
	const guesses = createGuessLimit(served.now);

	const hello: Handler = async (request, response) => {
		const {nonce} = parseBody(helloRequestSchema, await readJson(request));
		if (!isOf32Bytes(nonce)) throw new RefusedError('invalid');
		if (served.room.state.isOver) throw new RefusedError('class-is-over');
		const {id, title, salt, key, fingerprint, workshops, manifest} = served;
		const answer: HelloAnswer = {
			format: classFormat,
			class: {id, title},
			salt,
			nonce: nonces.create(),
			proof: proveCode('hub', {key, fingerprint, nonce}),
			workshops,
			manifest: sha256(manifest),
		};
		sendJson(response, answer);
	};

	const join: Handler = async (request, response) => {
		const asked = parseBody(joinRequestSchema, await readJson(request));
		const id = await admit(asked, request.socket.remoteAddress ?? '');
		const {room} = served;
		const replaces = asked.takesOver ? findReplaced(served, asked.takesOver) : null;
		if (!(room.seats.has(id) || replaces) && room.seats.size >= limits.seats)
			throw new RefusedError('class-is-full');
		const token = randomBytes(32).toString('base64url');
		const before = room.seats.get(id) ?? (replaces === null ? null : room.seats.get(replaces));
		const name = chooseSeatName(served.room, before ?? null, asked.name);
		await served.record({
			kind: 'join',
			at: served.now(),
			seat: id,
			key: asked.key,
			name,
			chosen: asked.name,
			token: sha256(token),
			replaces: replaces === id ? null : replaces,
		});
		const answer: JoinAnswer = {name, token, results: room.seats.get(id)?.lastResult?.number ?? 0};
		sendJson(response, answer);
	};

	/** Returns the ID of a seat that has proved to know the code and to own its key. */
	const admit = async ({nonce, proof, key, signature}: JoinRequest, address: string): Promise<string> => {
		if (!(nonces.isValid(nonce) && isSigned(key, nonce, signature))) throw new RefusedError('invalid');
		const id = seatId(key);
		// A seat that has been here knows the code: it need not wait for those who guess.
		const isKnown = served.room.seats.has(id);
		if (!(isKnown || (await guesses.turn(address)))) throw new RefusedError('too-many-tries');
		if (!isSameProof(proof, proveCode('seat', {key: served.key, fingerprint: served.fingerprint, nonce}))) {
			guesses.wrong(address);
			throw new RefusedError('wrong-code');
		}
		if (!nonces.use(nonce)) throw new RefusedError('invalid');
		if (served.room.state.isOver) throw new RefusedError('class-is-over');
		return id;
	};

	return {hello, join, close: guesses.close};
};

/** The seat that a hand-in file belongs to; null if it was never here. */
const findReplaced = (
	{room}: ServedClass,
	{key, results}: NonNullable<JoinRequest['takesOver']>,
): string | null => {
	if (results.length === 0 || verifyChain(key, results).problem) throw new RefusedError('invalid');
	const id = seatId(key);
	return room.seats.has(id) ? id : null;
};

const isOf32Bytes = (text: string): boolean => Buffer.from(text, 'base64url').length === 32;

/** Whether the owner of a raw public Ed25519 key has signed the bytes of a nonce. All are base64url. */
const isSigned = (key: string, nonce: string, signature: string): boolean => {
	// Node reads several texts as the same key, which would be several names of one seat.
	if (!isOf32Bytes(key) || Buffer.from(key, 'base64url').toString('base64url') !== key) return false;
	try {
		const publicKey = createPublicKey({key: {kty: 'OKP', crv: 'Ed25519', x: key}, format: 'jwk'});
		return verify(null, Buffer.from(nonce, 'base64url'), publicKey, Buffer.from(signature, 'base64url'));
	} catch {
		return false;
	}
};
