import {generateKeyPairSync, sign} from 'node:crypto';
import type {ResultEntry} from '../../source/classroom/protocol.js';
import {appendResult, type ResultContent, type SeatKey, seatId} from '../../source/classroom/results.js';

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

/** A learner, with a key, a name and results. */
export type Learner = {key: SeatKey; name: string; results: ResultEntry[]};

const steps = ['first-build', 'see-stages', 'shrink', 'targets', 'lab-port', 'slim-whoami'];

/** Learners with random results; `random`: numbers from 0 to below 1. */
export const createLearners = (count: number, random: () => number): Learner[] => {
	const choose = <Value>(values: readonly Value[]): Value =>
		values[Math.floor(random() * values.length)] as Value;
	return Array.from({length: count}, (_, index) => {
		const key = createSeatKey();
		const tries = Array.from({length: 2 + Math.floor(random() * 6)}, () => {
			const verdict = choose(['passed', 'failed'] as const);
			return resultOf({
				step: choose(steps),
				mode: choose(['real', 'recorded']),
				verdict,
				finding: verdict === 'passed' ? null : choose(['published-wrong-port', 'too-big']),
				seconds: Math.floor(random() * 600),
				attempts: Math.floor(random() * 9),
				hints: Math.floor(random() * 3),
				prediction: choose([null, 'right', 'wrong']),
			});
		});
		return {
			key,
			name: `${choose(['Ada', 'Grace', 'Linus', 'Zoë'])} ${index % 7}`,
			results: chainOf(key, tries),
		};
	});
};

/** The log of a class that is kept, as the hub writes it: who joined, and one line for each report. */
export const classLog = (learners: Learner[]): string =>
	[
		...learners.map(({key, name}) => ({
			kind: 'join',
			at: 1,
			seat: seatId(key.publicKey),
			key: key.publicKey,
			name,
		})),
		...learners.flatMap(({key, name, results}) =>
			results.map(entry => ({
				kind: 'report',
				at: 2,
				seat: seatId(key.publicKey),
				name,
				report: {results: [entry]},
			})),
		),
	]
		.map(line => `${JSON.stringify(line)}\n`)
		.join('');
