import type {Root} from 'mdast';
import type * as v from 'valibot';
import type {overlaySchema, stepSchema, workshopSchema} from './schema.js';

/** How commands are written for the learner. */
export type Dialect = 'sh' | 'powershell' | 'cmd';

/** Everything in one folder of `workshops/`. */
export type Workshop = Omit<v.InferOutput<typeof workshopSchema>, 'format'> & {
	/** What `workshop.md` says below its front matter. */
	introduction: Root;
	chapters: Chapter[];
};

export type Chapter = {id: string; title: string; file: string; steps: Step[]};

export type Step = v.InferOutput<typeof stepSchema> & {
	chapterId: string;
	title: string;
	/** What the learner reads, without command and hints. */
	body: Root;
	/** POSIX, as written, placeholders unfilled; null for steps without one. */
	command: string | null;
	/** In order, from a nudge to nearly the answer. */
	hints: Root[];
	/** Each for learners whose answer got one of these findings; shown before the others. */
	fittingHints: Array<{findings: string[]; content: Root}>;
	/** Shown after the hints; null when the step has none. */
	solution: Root | null;
	/** The position of its heading. */
	file: string;
	line: number;
};

/** One more line at the end of a file of the lab folder; the time is written after it, so no two are the same. */
export type Edit = NonNullable<Step['edit']>;

/** `solutions/<challenge>/` or `attempts/<challenge>/<name>/`: what is run on top of the lab folder. */
export type Overlay = v.InferOutput<typeof overlaySchema> & {
	/** Its folder in the workshop's: `solutions/lab-port`. */
	overlay: string;
};
