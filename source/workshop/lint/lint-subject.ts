import type {Step} from '../model.js';
import type {StepSource} from '../parse-chapter.js';
import type {WorkshopDraft} from '../parse-workshop.js';
import type {Place} from '../problems.js';
import type {FolderEntry} from './folder-entry.js';
import type {LintTools} from './lint-tools.js';

/** A step with its place in the file. */
export type StepSubject = {step: Step; source: StepSource};

/** What the rules of lint look at. */
export type LintSubject = {
	entries: ReadonlyMap<string, FolderEntry>;
	draft: WorkshopDraft;
	/** The steps that could be read, in order. */
	steps: StepSubject[];
	tools: LintTools;
	/** Without a place: the beginning of the file. */
	report(file: string, message: string, place?: Place): void;
};
