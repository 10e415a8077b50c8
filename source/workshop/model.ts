import type {Root} from 'mdast';
import type {CheckDeclaration} from '../checks/registry.js';
import type {Builder} from '../stages/model.js';

export type StepKind = 'read' | 'run' | 'builder' | 'challenge';

/** How commands are written for the learner. */
export type Dialect = 'sh' | 'powershell' | 'cmd';

/** Everything in one folder of `workshops/`. */
export type Workshop = {
	id: string;
	title: string;
	minutes: number;
	/** Base images that its Dockerfiles start from or that it pulls. */
	images: string[];
	/** Folders copied into the lab folder. */
	contexts: string[];
	/** What `workshop.md` says below its front matter. */
	introduction: Root;
	chapters: Chapter[];
};

export type Chapter = {id: string; title: string; file: string; steps: Step[]};

export type Step = {
	id: string;
	chapterId: string;
	kind: StepKind;
	title: string;
	/** Ids of the steps that must have passed before this one can run. */
	needs: string[];
	/** The builder this step asks for, whatever the toggle says; null: the toggle's. */
	builder: Builder | null;
	predict: 'stages' | null;
	/** Images whose sizes and IDs are set side by side after the run, each against the first. */
	compare: string[];
	/** Placeholder name → regular expression whose first group fills `{{name}}` in later commands. */
	capture: Record<string, string>;
	checks: CheckDeclaration[];
	/** A learner may pass by, and a rehearsal does unless it is named. */
	optional: boolean;
	/** What is different in the lab folder while the command runs; null: nothing. */
	edit: Edit | null;
	/** What is run, at the learner's request, to judge a challenge once its checks hold. */
	judge: Proof[];
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
	/** Where its heading stands. */
	file: string;
	line: number;
};

/** One more line at the end of a file of the lab folder; the time is written behind it, so no two are the same. */
export type Edit = {file: string; line: string};

/** A command whose run shows whether a challenge is met. */
export type Proof = {
	/** POSIX, as written. */
	run: string;
	edit: Edit | null;
	checks: CheckDeclaration[];
};

/** `solutions/<challenge>/` or `attempts/<challenge>/<name>/`: what is run on top of the lab folder. */
export type Overlay = {
	/** Its folder in the workshop's: `solutions/lab-port`. */
	overlay: string;
	/** The finding it must get: `passed` for a solution. */
	finding: string;
	commands: string[][];
};
