import {createPrivateKey, generateKeyPairSync, type JsonWebKey, sign} from 'node:crypto';
import {linkSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import type {SeatKey} from '../classroom/results.js';
import {messages} from '../messages/index.js';
import {UserError} from '../text/user-error.js';
import {describeError} from '../text/wording.js';
import {makePrivateFolder, privateFile} from './state-folder.js';

/** The file with the learner's Ed25519 key pair, as a JWK. */
export const seatKeyFile = (stateFolder: string): string => path.join(stateFolder, 'class', 'key.json');

/**
 * The learner's key pair, made on first use and kept. Throws a `UserError` if the file can't be written, or does not
 * contain a key: a new key would be another seat, so it is never replaced silently.
 */
export const loadSeatKey = (stateFolder: string): SeatKey => {
	const file = seatKeyFile(stateFolder);
	try {
		return toSeatKey(readFileSync(file, 'utf8'));
	} catch (error) {
		const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
		if (!isMissing)
			throw new UserError(messages.storage.seatKey.unreadable(file, describeError(error)), {cause: error});
	}
	try {
		return toSeatKey(keepNewKey(file));
	} catch (error) {
		throw new UserError(messages.storage.seatKey.notSaved(file, describeError(error)), {cause: error});
	}
};

/** Another copy of the program may make a key at the same time: the first one that is whole on the disk counts. */
const keepNewKey = (file: string): string => {
	const {privateKey} = generateKeyPairSync('ed25519');
	const own = `${file}.${process.pid}`;
	makePrivateFolder(path.dirname(file));
	writeFileSync(own, `${JSON.stringify(privateKey.export({format: 'jwk'}))}\n`, privateFile);
	try {
		linkSync(own, file);
	} catch (error) {
		if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
	} finally {
		rmSync(own, {force: true});
	}
	return readFileSync(file, 'utf8');
};

const toSeatKey = (text: string): SeatKey => {
	const jwk = JSON.parse(text) as JsonWebKey;
	const key = createPrivateKey({key: jwk, format: 'jwk'});
	const {crv, x} = key.export({format: 'jwk'});
	if (crv !== 'Ed25519' || x === undefined) throw new Error(messages.storage.seatKey.otherKind);
	return {publicKey: x, sign: bytes => sign(null, bytes, key)};
};
