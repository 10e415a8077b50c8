import * as v from 'valibot';
import {limits, type MessageContent, nameSchema, type SeatState} from './protocol.js';

/** What the teacher's program knows about the class, and what the board shows of it. */

/** One seat. Times are milliseconds on the hub's monotonic clock: only their differences mean something. */
export type Seat = {
	/** SHA-256 of its public key. */
	id: string;
	name: string;
	/** Null until its first report. */
	state: SeatState | null;
	/** Whether its workshop differs from the one in the pack. */
	isOtherVersion: boolean;
	/** `away`: no sign of life for a while. */
	presence: 'here' | 'away' | 'left';
	joinedAt: number;
	/** When the hand went up; null if it is down. */
	handSince: number | null;
	/** When its step, its verdict or its finding changed last. */
	changedAt: number;
	/** How often its step got the finding that it has now, in a row. */
	sameFinding: number;
};

/** The parts of a workshop that a board names. */
export type WorkshopOutline = {
	id: string;
	title: string;
	hash: string;
	chapters: Array<{id: string; title: string; steps: StepOutline[]}>;
};
export type StepOutline = {
	id: string;
	title: string;
	/** Whether it counts for the workshop, or is extra. */
	isMain: boolean;
	isChallenge: boolean;
	/** The texts of the general hints, in order, as one line each. */
	hints: string[];
	/** The hints for single findings. */
	fittingHints: Array<{findings: string[]; text: string}>;
	hasSolution: boolean;
};

/** The class itself. */
export type ClassState = {
	title: string;
	/** Six characters in two groups; null where it must not be shown. */
	code: string;
	/** `<address>:<port>` that learners type. */
	address: string;
	/** The SHA-256 of the program that is handed out; null if there is none. */
	programHash: string | null;
	/** The SHA-256 of the certificate. */
	fingerprint: string;
	workshops: WorkshopOutline[];
	pace: {workshop: string; chapter: string} | null;
	/** When the countdown ends, on the hub's clock; null without one. */
	countdownEndsAt: number | null;
	released: Array<Extract<MessageContent, {kind: 'release'}>>;
	/** The latest of what was said, newest last; at most 20. */
	said: string[];
	isOver: boolean;
};

/** What the board gets: first everything, then what changed. `now`: the hub's clock. */
export type BoardUpdate = {now: number; class?: ClassState; seats: Seat[]; removed?: string[]};

const id = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,63}$/));

/** What a teacher can do at the board. */
export const teacherActionSchema = v.variant('action', [
	v.strictObject({action: v.literal('say'), text: v.pipe(v.string(), v.maxLength(10 * limits.say))}),
	v.strictObject({action: v.literal('pace'), workshop: id, chapter: v.nullable(id)}),
	v.strictObject({
		action: v.literal('release'),
		workshop: id,
		step: id,
		what: v.picklist(['hint', 'solution']),
		level: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(20)),
		finding: v.nullable(id),
	}),
	/** 0 ends the countdown. */
	v.strictObject({
		action: v.literal('countdown'),
		seconds: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(4 * 60 * 60)),
	}),
	v.strictObject({action: v.literal('lower-hand'), seat: v.string()}),
	v.strictObject({action: v.literal('rename'), seat: v.string(), name: nameSchema}),
	/** `erase`: deletes everything that is known of the class, kept files too. */
	v.strictObject({action: v.literal('end'), erase: v.boolean()}),
]);
export type TeacherAction = v.InferOutput<typeof teacherActionSchema>;
