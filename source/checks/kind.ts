import * as v from 'valibot';
import {id, sentence} from './fields.js';
import type {Fact, Verdict} from './model.js';

/** The fields that every check has: its finding, and the hint for learners who fail it. */
export const words = {
	/** The reason why the check fails, in a word: `build-failed`. */
	finding: id,
	hint: sentence,
	/** What learners read when the check passes, instead of the program's own words. */
	says: v.exactOptional(sentence),
};

type CamelCase<Key> = Key extends `${infer First}-${infer Rest}`
	? `${First}${Capitalize<CamelCase<Rest>>}`
	: Key;

/** A check in code: keys that have dashes in YAML are in camel case. */
export type Declaration<Schema extends v.GenericSchema> =
	v.InferOutput<Schema> extends infer Check ? {[Key in keyof Check as CamelCase<Key>]: Check[Key]} : never;

/** A mistake in a check, and the path of its key in the YAML. */
type CheckProblem = {message: string; keys: Array<string | number>};

/** What `lint` knows about the workshop around a check. */
export type LintContext = {
	isChallenge: boolean;
	/** The folders that become the lab folder; null if the front matter can't be read. */
	contexts: string[] | null;
	hasFile(path: string): boolean;
	/** Returns the text of a file of the lab folder; null if there is none. */
	read(path: string): string | null;
	/** The Dockerfile that the step's command builds; null if it builds none. */
	dockerfile: string | null;
	/** Whether the step builds, whatever defines what. */
	isBuild: boolean;
	/** Returns the names of a Dockerfile's stages, in lower case, and their numbers; null if it has mistakes. */
	readStages(text: string): string[] | null;
};

/**
 * A kind of check. Its functions are methods, whose parameters TypeScript compares bivariantly: so the registry can
 * hold all kinds, and calls each only with its own checks.
 */
export type CheckKind<Schema extends v.GenericSchema, Check = Declaration<Schema>> = {
	/** A strict object with a literal `check`. */
	schema: Schema;
	/** What it judges: the step's run, the state of the engine, or files of the lab folder. */
	subject: 'run' | 'engine' | 'lab';
	/** Returns the facts that it needs from the lab folder. */
	readLab?(check: Check, read: (path: string) => string | null): Fact[];
	/** Returns the image whose containers must be probed on their published ports. */
	probedImage?(check: Check): string;
	/** Returns the name of the container whose log must be read; null if none. */
	loggedContainer?(check: Check): string | null;
	/** Set if it needs the names of networks and volumes. */
	needsObjects?: true;
	/** Returns the names of the captured values that it compares with. */
	captured?(check: Check): string[];
	/** Set if it gives findings of its own, besides the check's. */
	hasOwnFindings?: true;
	/** Returns a verdict, or only the reason why the check fails, to which its finding and hint are added. */
	judge(check: Check, facts: Fact[]): Verdict | string;
	/** Returns the mistake in the check; null if there is none. */
	lint?(check: Check, context: LintContext): CheckProblem | null;
};

/** Returns the kind unchanged, and infers the types of its members from its schema. */
export const defineKind = <Schema extends v.GenericSchema>(kind: CheckKind<Schema>): CheckKind<Schema> =>
	kind;
