import {createHash} from 'node:crypto';
import * as v from 'valibot';
import {classFormat, nameSchema, type ResultEntry} from './protocol.js';
import {type ChainProblem, type SeatKey, seatId, verifyChain, verifySignature} from './results.js';

/**
 * The file that a learner without a network hands in: a name, the chain of results, and the answers to challenges, all
 * under one signature of the seat's key. It is JSON with one result a line, so that what precedes a cut can be read.
 */

/** The most bytes of a hand-in file that are read. */
export const maxHandInBytes = 16 * 1024 * 1024;

/** Limits of one answer. What exceeds them is left out when it is kept, and refused when it is read. */
export const answerLimits = {
	/** Files of one answer. */
	files: 40,
	/** Characters of one file. */
	text: 64 * 1024,
	/** Commands, the latest ones. */
	commands: 60,
	/** Words of a command. */
	words: 100,
	/** Characters of a word. */
	word: 2000,
};

const id = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,63}$/));
const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const base64url = v.pipe(v.string(), v.maxLength(512), v.regex(/^[\w-]+$/));
/** A path below the lab folder, with `/`. */
const innerPath = v.pipe(
	v.string(),
	v.maxLength(300),
	v.check(path => path.split('/').every(part => /^[^\\:\p{Cc}]+$/u.test(part) && !/^\.{1,2}$/.test(part))),
);

/** What a learner answered to a challenge when it was judged: enough to judge it again. */
export const answerSchema = v.strictObject({
	workshop: v.strictObject({id, hash}),
	challenge: id,
	mode: v.picklist(['real', 'recorded']),
	verdict: v.picklist(['passed', 'failed', 'unknown']),
	finding: v.nullable(id),
	/** The lab files that differ from the shipped ones, sorted by path. `text`: null for a shipped file that is missing. */
	files: v.pipe(
		v.array(
			v.strictObject({
				path: innerPath,
				text: v.nullable(v.pipe(v.string(), v.maxLength(answerLimits.text))),
			}),
		),
		v.maxLength(answerLimits.files),
	),
	/** The `docker` commands that were typed there, as arguments, in order. */
	commands: v.pipe(
		v.array(
			v.pipe(
				v.array(v.pipe(v.string(), v.maxLength(answerLimits.word))),
				v.minLength(1),
				v.maxLength(answerLimits.words),
			),
		),
		v.maxLength(answerLimits.commands),
	),
});
export type Answer = v.InferOutput<typeof answerSchema>;

const handInSchema = v.strictObject({
	format: v.literal(classFormat),
	name: nameSchema,
	/** The seat's public key, in base64url. */
	key: base64url,
	results: v.pipe(v.array(v.unknown()), v.maxLength(20_000)),
	answers: v.pipe(v.array(answerSchema), v.maxLength(200)),
	/** The signature of `sealedBytes`, in base64url. */
	seal: base64url,
});

/** A learner's results and answers, under a name. */
export type HandIn = {name: string; key: string; results: ResultEntry[]; answers: Answer[]};

/**
 * What is wrong with a file. `not-ours`: it is no hand-in file. `torn`: it ends early, or its structure is damaged. `other-format`: a newer program
 * wrote it. `unsealed`: name, answers or the number of results were changed. `entry`: the result in question, from 1.
 */
export type HandInProblem =
	| ChainProblem
	| {entry: number | null; problem: 'not-ours' | 'torn' | 'other-format' | 'unsealed'};

/** What can be trusted of a hand-in file. `handIn`: null if nothing can. */
export type ReadHandIn = {
	handIn: HandIn | null;
	/** Null if the file is whole, and as it was signed. */
	problem: HandInProblem | null;
};

/** Returns the text of a hand-in file. */
export const writeHandIn = (seatKey: SeatKey, content: Omit<HandIn, 'key'>): string => {
	const handIn = {...content, key: seatKey.publicKey};
	const seal = Buffer.from(seatKey.sign(sealedBytes(handIn))).toString('base64url');
	const lines = (rows: object[]) => rows.map(row => JSON.stringify(row)).join(',\n');
	return [
		`{"format":${classFormat},`,
		`"name":${JSON.stringify(handIn.name)},`,
		`"key":"${handIn.key}",`,
		`"results":[\n${lines(handIn.results)}\n],`,
		`"answers":[\n${lines(handIn.answers)}\n],`,
		`"seal":"${seal}"}\n`,
	].join('\n');
};

/**
 * Reads a hand-in file. After a cut or an altered result, the results before it are still the seat's own; the answers
 * and the name count only under the seal.
 */
export const readHandIn = (bytes: Uint8Array): ReadHandIn => {
	const text = decode(bytes);
	if (text === null) return {handIn: null, problem: {entry: null, problem: 'not-ours'}};
	const document = parse(text);
	if (document === undefined) return readTorn(text);
	const parsed = v.safeParse(handInSchema, document);
	if (!parsed.success) {
		const {format} = Object(document) as {format?: unknown};
		const isNewer = typeof format === 'number' && format > classFormat;
		return isNewer
			? {handIn: null, problem: {entry: null, problem: 'other-format'}}
			: {...readParts(document), problem: {entry: null, problem: 'not-ours'}};
	}
	const {name, key, results, answers, seal} = parsed.output;
	const {valid, problem} = verifyChain(key, results);
	const whole = {name, key, results: results as ResultEntry[], answers};
	if (problem) return {handIn: {...whole, results: whole.results.slice(0, valid), answers: []}, problem};
	if (verifySignature(key, sealedBytes(whole), seal)) return {handIn: whole, problem: null};
	return {handIn: {...whole, answers: []}, problem: {entry: null, problem: 'unsealed'}};
};

/** A file that is no JSON document: its lines may still contain results. */
const readTorn = (text: string): ReadHandIn => {
	const lines = text.split('\n');
	const partOf = (name: string) => {
		const line = lines.find(one => one.startsWith(`"${name}":`));
		return line === undefined ? undefined : parse(line.slice(name.length + 3).replace(/,$/, ''));
	};
	const rows = lines.filter(line => line.startsWith('{"number":')).map(line => parse(line.replace(/,$/, '')));
	const read = readParts({name: partOf('name'), key: partOf('key'), results: rows});
	const isOurs = read.handIn !== null || text.startsWith(`{"format":${classFormat},\n`);
	return {
		...read,
		problem: {entry: read.handIn?.results.length ?? null, problem: isOurs ? 'torn' : 'not-ours'},
	};
};

/** The valid results of a document whose other parts may be wrong. */
const readParts = (document: unknown): Pick<ReadHandIn, 'handIn'> => {
	const {name, key, results} = Object(document) as Record<string, unknown>;
	const read = v.safeParse(v.object({name: nameSchema, key: base64url}), {name, key});
	if (!read.success || !Array.isArray(results)) return {handIn: null};
	const {valid} = verifyChain(read.output.key, results);
	return {handIn: {...read.output, results: results.slice(0, valid) as ResultEntry[], answers: []}};
};

/** Undefined if it is not JSON. */
const parse = (text: string): unknown => {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
};

/** Null if it is not UTF-8. */
const decode = (bytes: Uint8Array): string | null => {
	try {
		return new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(bytes);
	} catch {
		return null;
	}
};

/**
 * What the seal signs: the SHA-256 of a JSON array with the values in this order, after a text that keeps it apart from
 * everything else that a seat signs. The last hash stands for all results.
 */
const sealedBytes = ({name, key, results, answers}: HandIn): Buffer => {
	const last = results.at(-1)?.hash ?? seatId(key);
	const rows = answers.map(({workshop, challenge, mode, verdict, finding, files, commands}) => [
		...[workshop.id, workshop.hash, challenge, mode, verdict, finding],
		files.map(({path, text}) => [path, text]),
		commands,
	]);
	const content = JSON.stringify([name, results.length, last, rows]);
	const digest = createHash('sha256').update(content).digest('hex');
	return Buffer.from(`multistage-workshop hand-in 1 ${digest}`);
};
