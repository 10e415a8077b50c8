import type * as v from 'valibot';
import {id, sentence} from './fields.js';
import type {Fact, Verdict} from './model.js';

/** What every check has: the finding and the hint for learners who fail it. */
export const words = {
	/** A word for why the check fails: `build-failed`. */
	finding: id,
	hint: sentence,
};

type CamelCase<Key> = Key extends `${infer First}-${infer Rest}`
	? `${First}${Capitalize<CamelCase<Rest>>}`
	: Key;

/** A check as the program holds it: in YAML its keys have dashes, in code they are camel case. */
export type Declaration<Schema extends v.GenericSchema> =
	v.InferOutput<Schema> extends infer Check ? {[Key in keyof Check as CamelCase<Key>]: Check[Key]} : never;

/** A mistake in a check, and the key of the YAML that it is in. */
type CheckProblem = {message: string; keys: Array<string | number>};

/** What `lint` knows when it looks at a check. */
export type LintContext = {
	isChallenge: boolean;
	/** The folders that become the lab folder; null when the front matter can't be read. */
	contexts: string[] | null;
	hasFile(path: string): boolean;
	/** The text of a file of the lab folder; null when there is none. */
	read(path: string): string | null;
	/** The Dockerfile that the command of the step builds; null for another command. */
	dockerfile: string | null;
	/** The names of a Dockerfile's stages, in lower case, and their numbers; null when it has mistakes. */
	readStages(text: string): string[] | null;
};

/**
 * A kind of check. Methods, because TypeScript then lets a kind stand for all kinds: the registry calls each only with
 * checks of its own.
 */
export type CheckKind<Schema extends v.GenericSchema, Check = Declaration<Schema>> = {
	/** A strict object with a literal `check`. */
	schema: Schema;
	/** What it judges: the step's run, the state of the engine, or files of the lab folder. */
	subject: 'run' | 'engine' | 'lab';
	/** The facts that it needs from the lab folder. */
	readLab?(check: Check, read: (path: string) => string | null): Fact[];
	/** The image whose containers have to be asked on their published ports. */
	probedImage?(check: Check): string;
	/** It gives findings of its own, not only the check's. */
	hasOwnFindings?: true;
	/** A text is the reason why the check fails; its finding and its hint are added. */
	judge(check: Check, facts: Fact[]): Verdict | string;
	/** Null when there is no mistake in it. */
	lint?(check: Check, context: LintContext): CheckProblem | null;
};

/** For its types: those of the other members follow from the schema. */
export const defineKind = <Schema extends v.GenericSchema>(kind: CheckKind<Schema>): CheckKind<Schema> =>
	kind;
