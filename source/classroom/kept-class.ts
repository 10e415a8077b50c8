import * as v from 'valibot';
import {classFormat, classMessageSchema, limits, nameSchema, seatReportSchema} from './protocol.js';

/**
 * A class that is kept in a folder: `class.json`, and `log.jsonl` with one event in each line. The events, applied in
 * order, make the class as it was.
 */

/** The names of the two files. */
export const keptFiles = {class: 'class.json', log: 'log.jsonl'};

const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

/** `class.json`. Contains secrets: the code, and the key of the certificate. */
export const keptClassSchema = v.object({
	format: v.literal(classFormat),
	id: hash,
	title: v.pipe(v.string(), v.maxLength(limits.title)),
	code: v.string(),
	/** For `deriveKey`, base64url. */
	salt: v.string(),
	/** PEM */
	key: v.string(),
	/** PEM */
	certificate: v.string(),
});
export type KeptClass = v.InferOutput<typeof keptClassSchema>;

const {format: _, ...report} = seatReportSchema.entries;
/** Milliseconds on the hub's clock, which begins with the class and stands still while the hub is down. */
const at = v.pipe(v.number(), v.minValue(0));

/** Something that happened in a class. `seat`: a seat's ID. */
export const classEventSchema = v.variant('kind', [
	v.object({
		kind: v.literal('join'),
		at,
		seat: hash,
		/** The seat's public key, base64url. */
		key: v.string(),
		/** The name in the class, and the one that the learner chose. */
		name: nameSchema,
		chosen: nameSchema,
		/** SHA-256 of the seat's token. */
		token: hash,
		/** The seat whose place this one takes; null: none. */
		replaces: v.nullable(hash),
	}),
	v.object({
		kind: v.literal('report'),
		at,
		seat: hash,
		name: nameSchema,
		chosen: nameSchema,
		/** Whether `steps` are all that were shown. Otherwise they are those that have changed since the last report. */
		isWhole: v.boolean(),
		/** Without `name`. `results`: those that are new. */
		report: v.omit(v.object(report), ['name']),
	}),
	v.object({kind: v.literal('hand-in'), at, seat: hash}),
	v.object({kind: v.literal('leave'), at, seat: hash}),
	v.object({kind: v.literal('rename'), at, seat: hash, name: nameSchema}),
	/** `to`: null for all seats. */
	v.object({kind: v.literal('message'), at, to: v.nullable(hash), message: classMessageSchema}),
]);
export type ClassEvent = v.InferOutput<typeof classEventSchema>;
