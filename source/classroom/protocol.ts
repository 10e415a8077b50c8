import * as v from 'valibot';
import {maxIdLength} from '../text/limits.js';

/**
 * What travels between a seat, which is a learner's program, and the hub, which is the teacher's. JSON over TLS, one
 * request at a time from the seat; the hub never connects to a seat. All of it is text, a pace, or the release of a
 * hint or solution that the learner's own workshop contains: a hub can make nothing run.
 */

/** The format of this protocol, of kept classes and of hand-in files. */
export const classFormat = 1;

/** The port that a class listens on by default. */
export const defaultPort = 8400;

/** Limits that both sides check. Whatever is longer is refused, never cut silently. */
export const limits = {
	/** Bytes of a request to the hub. */
	requestBytes: 128 * 1024,
	/** Bytes of an answer of the hub, other than files. */
	answerBytes: 256 * 1024,
	/** Characters of a learner's name. */
	name: 40,
	/** Characters of the title of a class. */
	title: 80,
	/** Characters of what a teacher says. */
	say: 200,
	/** Steps, entries or findings in one request. */
	rows: 500,
	/** Seats of a class. */
	seats: 2000,
};

/** Milliseconds. A seat sends one report per `report` at most, on average, and is away after `away` without a sign of life. */
export const intervals = {report: 2000, heartbeat: 20_000, away: 45_000};

/** The routes of the hub that need TLS. Files come over plain HTTP, below `/pack/`, and are checked by their hash. */
export const routes = {
	/** POST `HelloRequest` → `HelloAnswer`: the hub proves that it knows the code. */
	hello: '/class/hello',
	/** POST `JoinRequest` → `JoinAnswer`: the seat proves the same, and gets its token. */
	join: '/class/join',
	/** POST `SeatReport` with the token → `ReportAnswer`. */
	report: '/class/report',
	/** GET `?after=<number>` with the token → `MessagesAnswer`, as soon as there is a message or after `heartbeat`. */
	messages: '/class/messages',
	/** POST with the token: the learner has handed in. Reports say so as well, as soon as there is one. */
	handIn: '/class/hand-in',
	/** POST with the token: the seat leaves. */
	leave: '/class/leave',
	/** GET: the manifest of the pack, as bytes; every file of the pack is checked against it. */
	manifest: '/class/manifest.json',
} as const;

/** Control characters, and those that change the direction of text or are invisible. */
const deceptive = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029]/u;

/** One line of text that can be shown anywhere. */
const line = (length: number) =>
	v.pipe(
		v.string(),
		v.trim(),
		v.nonEmpty(),
		v.maxLength(length),
		v.check(text => !deceptive.test(text)),
	);

/** The ID of a workshop, a chapter, a step, a finding. */
const id = v.pipe(v.string(), v.maxLength(maxIdLength), v.regex(/^[a-z0-9][a-z0-9-]*$/));
/** SHA-256 in hexadecimal. */
const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const base64url = v.pipe(v.string(), v.maxLength(512), v.regex(/^[\w-]+$/));
/**
 * 32 random bytes, never more: a seat signs the hub's nonce, and what else it signs is longer, so that no nonce can be
 * a result or a hand-in file in disguise.
 */
const nonce = v.pipe(v.string(), v.regex(/^[\w-]{43}$/));
const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000));
const seconds = v.pipe(v.number(), v.minValue(0), v.maxValue(10_000_000));
const list = <Row extends v.GenericSchema>(row: Row) => v.pipe(v.array(row), v.maxLength(limits.rows));

const verdict = v.picklist(['passed', 'failed', 'unknown']);
const mode = v.picklist(['real', 'recorded']);

const invisible = /\p{Default_Ignorable_Code_Point}/gu;

/** The name that a learner chooses; something of it can be seen. */
export const nameSchema = v.pipe(
	line(limits.name),
	v.check(name => name.replace(invisible, '').trim() !== ''),
);

/** How a learner fares with a step. */
const stepReportSchema = v.strictObject({
	step: id,
	/** Null until it is judged. */
	verdict: v.nullable(verdict),
	/** Null if it passed, or is not judged yet. */
	finding: v.nullable(id),
	/** How long it was shown. */
	seconds,
	/** How often it was judged after something ran. */
	attempts: count,
	/** The number of revealed hints; the solution counts as one. */
	hints: count,
	/** Whether the learner's prediction was right; null without one. */
	prediction: v.nullable(v.picklist(['right', 'wrong'])),
});
export type StepReport = v.InferOutput<typeof stepReportSchema>;

/** All that a seat tells of its learner, besides who it is. Nothing that was typed, printed or is in a file. */
export const seatStateSchema = v.strictObject({
	/** `hash`: identifies the content of the workshop. */
	workshop: v.strictObject({id, hash}),
	/** Whether commands run on an engine, or are recorded. */
	mode,
	/** The step that is shown; null on the first and the last page. */
	step: v.nullable(id),
	/** Those that were shown. */
	steps: list(stepReportSchema),
	/** What `doctor` found. */
	ready: list(v.strictObject({id, verdict})),
	/** Whether the hand is up. */
	hand: v.boolean(),
	/** Whether the learner has handed in. */
	handedIn: v.boolean(),
});
export type SeatState = v.InferOutput<typeof seatStateSchema>;

/**
 * One result in the chain of a seat: `hash` covers the entry and the hash before, `signature` is made of `hash` with
 * the key of the seat (`results.ts`).
 */
export const resultEntrySchema = v.strictObject({
	/** From 1. */
	number: v.pipe(count, v.minValue(1)),
	/** The `hash` of the entry before; for the first one, the seat's ID. */
	previous: hash,
	workshop: v.strictObject({id, hash}),
	mode,
	...stepReportSchema.entries,
	hash,
	signature: base64url,
});
export type ResultEntry = v.InferOutput<typeof resultEntrySchema>;

/** What a seat sends after a change, at most every 2 seconds. */
export const seatReportSchema = v.strictObject({
	format: v.literal(classFormat),
	/** Increases with each report of a seat: one that is not higher than the last is ignored. */
	sequence: count,
	name: nameSchema,
	...seatStateSchema.entries,
	/** The number of the last message that the seat had when it sent this; 0: none. */
	lastMessage: count,
	/** The results that the hub has not acknowledged yet, in order. */
	results: list(resultEntrySchema),
});
export type SeatReport = v.InferOutput<typeof seatReportSchema>;

/** The hub's answer, once the report is kept. */
export const reportAnswerSchema = v.object({
	sequence: count,
	/** The number of the last result that the hub has. */
	results: count,
	/** Whether there are messages to fetch. */
	messages: v.boolean(),
});
export type ReportAnswer = v.InferOutput<typeof reportAnswerSchema>;

export const helloRequestSchema = v.strictObject({format: v.literal(classFormat), nonce});
export const helloAnswerSchema = v.object({
	format: v.literal(classFormat),
	class: v.object({id: hash, title: line(limits.title)}),
	/** For `deriveKey` in `join-code.ts`. */
	salt: base64url,
	/** For the proof of the seat. */
	nonce,
	/** `proveCode('hub', …)` */
	proof: base64url,
	workshops: v.pipe(v.array(v.object({id, hash})), v.maxLength(50)),
	/** SHA-256 of the manifest of the pack. */
	manifest: hash,
});
export type HelloAnswer = v.InferOutput<typeof helloAnswerSchema>;

export const joinRequestSchema = v.strictObject({
	format: v.literal(classFormat),
	/** The nonce of the hub's hello; each can be used once. */
	nonce,
	/** `proveCode('seat', …)` */
	proof: base64url,
	name: nameSchema,
	/** The public Ed25519 key of the seat: 32 bytes. The seat's ID is its SHA-256. */
	key: base64url,
	/** The signature of the hub's nonce with that key. */
	signature: base64url,
	/** The first results of another laptop, from its hand-in file: this seat replaces that one. Null: none. */
	takesOver: v.nullable(v.strictObject({key: base64url, results: list(resultEntrySchema)})),
});
export type JoinRequest = v.InferOutput<typeof joinRequestSchema>;

export const joinAnswerSchema = v.object({
	/** The name in this class: a second “Ada” becomes “Ada 2”. */
	name: nameSchema,
	/** Sent as `Authorization: Bearer <token>` from now on. */
	token: base64url,
	/** The number of the last result that the hub has of this seat. */
	results: count,
});
export type JoinAnswer = v.InferOutput<typeof joinAnswerSchema>;

/** What a teacher sends to all seats, or to one. */
export const classMessageSchema = v.intersect([
	/** From 1; a seat asks for those after the last one that it has. */
	v.object({number: count}),
	v.variant('kind', [
		v.object({kind: v.literal('say'), text: line(limits.say)}),
		/** The chapter where the class is; null if there is no pace any more. */
		v.object({kind: v.literal('pace'), workshop: id, chapter: v.nullable(id)}),
		/** Releases the hints of a step up to `level` (from 1), or the solution in the learner's own workshop. */
		v.object({
			kind: v.literal('release'),
			workshop: id,
			step: id,
			what: v.picklist(['hint', 'solution']),
			level: count,
			/** The finding whose own hint is meant; null for the general ones. */
			finding: v.nullable(id),
		}),
		/** Seconds that are left when it is sent; 0 ends the countdown. */
		v.object({kind: v.literal('countdown'), seconds}),
		v.object({kind: v.literal('hand-lowered')}),
		/** The class is over. */
		v.object({kind: v.literal('end')}),
	]),
]);
export type ClassMessage = v.InferOutput<typeof classMessageSchema>;
/** A message without its number. */
export type MessageContent = ClassMessage extends infer Message
	? Message extends {number: number}
		? Omit<Message, 'number'>
		: never
	: never;

export const messagesAnswerSchema = v.object({
	messages: v.pipe(v.array(classMessageSchema), v.maxLength(50)),
});
export type MessagesAnswer = v.InferOutput<typeof messagesAnswerSchema>;

/** Why a hub refuses a request. */
const refusals = [
	'wrong-code',
	'too-many-tries',
	'unknown-seat',
	'taken-over',
	'class-is-full',
	'class-is-over',
	'other-format',
	'invalid',
] as const;
export const refusalSchema = v.object({refused: v.picklist(refusals)});
export type Refusal = (typeof refusals)[number];
