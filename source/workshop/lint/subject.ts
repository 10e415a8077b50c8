import {nodePosition} from '../markdown.js';
import type {Step} from '../model.js';
import {isCommandBlock, type StepSource} from '../parse-chapter.js';
import type {WorkshopDraft} from '../parse-workshop.js';
import type {Position} from '../problems.js';

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
	report(file: string, message: string, place?: Position): void;
};

/** What lint has to know of Dockerfiles and command lines. */
export type LintTools = {
	readDockerfile(text: string): {
		problems: Array<Position & {message: string}>;
		/** Names of its stages; the last one's number too, `final` when it has no name. */
		stages: string[];
		/** The images that it starts from, with the line of each `FROM`. */
		images: Array<{image: string; line: number}>;
	};
	/** What a `docker build` builds, relative to the lab folder; null for another command. */
	planBuild(command: string): {dockerfile: string; target: string | undefined; tags: string[]} | null;
	/**
	 * Why clean-up could not remove what a command makes, as the end of a sentence that begins with the command; null
	 * when it can. `words`: the command, split.
	 */
	untraceable(words: string[]): string | null;
	/** A command line as the words that are run. */
	splitCommand(command: string): string[];
	/** An image with its tag. */
	imageName(image: string): string;
};

/** One thing in a workshop's folder, as it was found: links are not followed. */
export type FolderEntry = {
	/** Below the folder, `/` between its parts. */
	path: string;
	kind: 'file' | 'folder' | 'link' | 'other';
	bytes: number;
	/** Of a file; null when it is no text, is larger than any text, or can't be read. */
	text: string | null;
	/** Why it can't be read; null when it can. */
	trouble: string | null;
	/** Where a link points; null for what is none. */
	target: string | null;
};

/** Where the command of a step begins, or the first `piece` in it, in the file. */
export const locateCommand = ({step, source}: StepSubject, piece = ''): Position => {
	const node = source.content.find(isCommandBlock);
	const {line, column} = nodePosition(node);
	const rows = node?.value.split('\n') ?? [];
	const wanted = piece === '' ? (step.command?.split('\n')[0] ?? '') : piece;
	const row = Math.max(
		0,
		rows.findIndex(text => text.includes(wanted)),
	);
	return {line: line + 1 + row, column: column + Math.max(0, rows[row]?.indexOf(wanted) ?? 0)};
};
