import type {StructuredPatch} from 'diff';
import type {Root} from 'mdast';
import type * as v from 'valibot';
import type {overlaySchema, stepSchema, workshopSchema} from './schema.js';

/** The shell syntax in which commands are shown to the learner. */
export type Dialect = 'sh' | 'powershell' | 'cmd';

/** The content of one folder in `workshops/`. */
export type Workshop = Omit<v.InferOutput<typeof workshopSchema>, 'format'> & {
	/** The text of `workshop.md` below its front matter. */
	introduction: Root;
	chapters: Chapter[];
};

export type Chapter = {id: string; title: string; file: string; steps: Step[]};

/** An answer to choose. */
export type Answer = {
	/** One paragraph. */
	text: Root;
	/** The same without markup, by which progress refers to it. */
	label: string;
	isRight: boolean;
	/** Shown to those who choose it; without children if there is none. */
	explanation: Root;
};

/** What a step of the kind `question` asks: for some of 2 to 5 answers, or for a word or a number. */
export type StepQuestion =
	| {asks: 'choice'; answers: Answer[]}
	| {
			asks: 'text';
			is: string | number;
			/** How far off a number may be. */
			tolerance: number;
			/** Why it is right; without children if the author says nothing. */
			says: Root;
			wrong: Array<{matches: string; says: Root}>;
			otherwise: Root;
	  };

export type Prediction = NonNullable<Step['predict']>;

export type Step = Omit<v.InferOutput<typeof stepSchema>, 'answer' | 'wrong' | 'otherwise'> & {
	chapterId: string;
	title: string;
	/** The text that the learner reads, without command and hints. */
	body: Root;
	/** In POSIX syntax, with unfilled placeholders; null for steps without a command. */
	command: string | null;
	/** The changes of lab files that its text shows, and that are made before its command runs. */
	patches: FilePatch[];
	/** Null for other kinds of steps, and if the author has not given any answer. */
	question: StepQuestion | null;
	/** The command of a `blank` step with its blanks still open, as `{{?}}`; null for other steps. */
	blanked: string | null;
	/** In order, from a nudge to almost the answer. */
	hints: Root[];
	/** Hints for answers with one of the given findings, shown before the general ones. */
	fittingHints: Array<{findings: string[]; content: Root}>;
	/** Shown after the hints; null if the step has none. That of a `blank` step begins with its command. */
	solution: Root | null;
	/** What the learner reads once the step has passed; null if nothing. */
	afterwards: Root | null;
	/** The file and line of its heading. */
	file: string;
	line: number;
};

/**
 * A change of a lab file while a command runs: a line to append, to which the time is added, so that no two are equal,
 * or a piece of its text to replace.
 */
export type Edit = NonNullable<Step['edit']>;

/** A change of one lab file, which stays. `file`: in the lab folder. `hunks`: those of a unified diff. */
export type FilePatch = {file: string; hunks: StructuredPatch['hunks']};

/**
 * The files of `solutions/<challenge>/` or `attempts/<challenge>/<name>/`, which are copied over the lab folder, and
 * the commands to run.
 */
export type Overlay = v.InferOutput<typeof overlaySchema> & {
	/** Its path in the workshop's folder, e.g. `solutions/lab-port`. */
	overlay: string;
};
