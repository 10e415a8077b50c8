import {createHash} from 'node:crypto';
import test from 'ava';
import * as v from 'valibot';
import {
	helloAnswerSchema,
	helloRequestSchema,
	joinRequestSchema,
	type ResultEntry,
} from '../../source/classroom/protocol.js';
import {
	appendResult,
	type ChainProblem,
	type SeatKey,
	seatId,
	verifyChain,
} from '../../source/classroom/results.js';
import {chainOf, createSeatKey, resultOf} from '../tools/results.js';

const key = createSeatKey();
const other = createSeatKey();
const contents = ['one', 'two', 'three', 'four'].map((step, index) => resultOf({step, attempts: index}));
const chain = chainOf(key, contents);

test.serial('a chain is whole from its beginning, after any of its entries, and when it is empty', t => {
	t.deepEqual(verifyChain(key.publicKey, chain), {valid: 4, problem: null});
	t.deepEqual(verifyChain(key.publicKey, chain.slice(2), chain[1]), {valid: 2, problem: null});
	t.deepEqual(verifyChain(key.publicKey, []), {valid: 0, problem: null});
	t.is(chain[0]?.previous, seatId(key.publicKey));
});

test.serial('the hash of an entry covers the documented bytes', t => {
	const [entry] = chain;
	const written = `[1,"${seatId(key.publicKey)}","multi-stage","${'a'.repeat(64)}","real","one","passed",null,12.5,0,0,null]`;
	t.is(entry?.hash, createHash('sha256').update(written).digest('hex'));
});

const [first, second, third, fourth] = chain as [ResultEntry, ResultEntry, ResultEntry, ResultEntry];
const foreign = chainOf(other, contents);

for (const [what, {results, valid, problem, by = key}] of Object.entries<{
	results: unknown[];
	valid: number;
	problem: ChainProblem['problem'];
	by?: SeatKey;
}>({
	'a better verdict': {results: [first, {...second, verdict: 'failed'}, third], valid: 1, problem: 'altered'},
	'another workshop': {
		results: [first, second, {...third, workshop: {id: 'other', hash: third.workshop.hash}}],
		valid: 2,
		problem: 'altered',
	},
	'another time': {results: [{...first, seconds: 12.25}], valid: 0, problem: 'altered'},
	'two entries that changed places': {results: [first, third, second], valid: 1, problem: 'misplaced'},
	'a missing entry': {results: [first, second, fourth], valid: 2, problem: 'misplaced'},
	'a missing first entry': {results: [second, third], valid: 0, problem: 'misplaced'},
	'the same entry twice': {results: [first, first], valid: 1, problem: 'misplaced'},
	'the entry of another seat': {results: [first, foreign[1]], valid: 1, problem: 'foreign'},
	'the chain of another seat': {results: foreign, valid: 0, problem: 'foreign'},
	'a key that is none': {
		results: chain,
		valid: 0,
		problem: 'foreign',
		by: {...key, publicKey: 'AAAA'},
	},
	'another signature': {
		results: [{...first, signature: second.signature}],
		valid: 0,
		problem: 'foreign',
	},
	'a signature in another spelling': {
		results: [{...first, signature: `${first.signature}_`}],
		valid: 0,
		problem: 'foreign',
	},
	'an entry without a hash': {results: [first, {...second, hash: ''}], valid: 1, problem: 'malformed'},
	'an entry with more in it': {results: [{...first, note: ''}], valid: 0, problem: 'malformed'},
	'what is no entry': {results: [first, null, third], valid: 1, problem: 'malformed'},
})) {
	const entry = valid + 1;
	test.serial(`${what}: entry ${entry} is ${problem}`, t => {
		t.deepEqual(verifyChain(by.publicKey, results), {valid, problem: {entry, problem}});
	});
}

test.serial('an entry that follows others is named by its number', t => {
	const altered = [third, {...fourth, hints: 3}];
	t.deepEqual(verifyChain(key.publicKey, altered, second), {
		valid: 1,
		problem: {entry: 4, problem: 'altered'},
	});
});

test.serial('what a hub gets signed as its nonce is no result', t => {
	const {hash} = appendResult([], key, resultOf());
	const signature = Buffer.from(key.sign(Buffer.from(hash, 'hex'))).toString('base64url');
	const forged = {...appendResult([], other, resultOf()), previous: seatId(key.publicKey), hash, signature};
	t.is(verifyChain(key.publicKey, [forged]).problem?.problem, 'foreign');
});

test.serial('a nonce is 32 bytes, so that a hub gets nothing else signed', t => {
	const nonceOf = (bytes: Buffer) => ({format: 1, nonce: bytes.toString('base64url')});
	t.true(v.is(helloRequestSchema, nonceOf(Buffer.alloc(32))));
	for (const schema of [helloRequestSchema, helloAnswerSchema, joinRequestSchema]) {
		const {issues = []} = v.safeParse(
			schema,
			nonceOf(Buffer.from(`multistage-workshop result 1 ${chain[0]?.hash}`)),
		);
		t.true(issues.some(({path}) => path?.[0]?.key === 'nonce'));
	}
});
