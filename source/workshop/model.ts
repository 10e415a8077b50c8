import type {Root} from 'mdast';
import type {Builder} from '../build/model.js';
import type {CheckDeclaration} from '../checks/model.js';

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

/** `solutions/<challenge>/` or `attempts/<challenge>/<name>/`: what is run on top of the lab folder. */
export type Overlay = {
	/** The finding it must get: `passed` for a solution. */
	finding: string;
	commands: string[][];
};
