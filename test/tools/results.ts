import {generateKeyPairSync, sign} from 'node:crypto';
import type {ResultEntry} from '../../source/classroom/protocol.js';
import {appendResult, type ResultContent, type SeatKey} from '../../source/classroom/results.js';

/** A new key of a seat. */
export const createSeatKey = (): SeatKey => {
	const {privateKey} = generateKeyPairSync('ed25519');
	const {x = ''} = privateKey.export({format: 'jwk'});
	return {publicKey: x, sign: bytes => sign(null, bytes, privateKey)};
};

/** A result as a learner gets it. */
export const resultOf = (content: Partial<ResultContent> = {}): ResultContent => ({
	workshop: {id: 'multi-stage', hash: 'a'.repeat(64)},
	mode: 'real',
	step: 'first-build',
	verdict: 'passed',
	finding: null,
	seconds: 12.5,
	attempts: 1,
	hints: 0,
	prediction: null,
	...content,
});

/** A chain with these results. */
export const chainOf = (key: SeatKey, contents: ResultContent[]): ResultEntry[] => {
	const chain: ResultEntry[] = [];
	for (const content of contents) chain.push(appendResult(chain, key, content));
	return chain;
};
