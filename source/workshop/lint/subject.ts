import {lintDockerfile} from '../../stages/dockerfile/lint-dockerfile.js';
import {nodePosition} from '../markdown.js';
import type {Step} from '../model.js';
import {isCommandBlock, type StepSource} from '../parse-chapter.js';
import type {WorkshopDraft} from '../parse-workshop.js';
import type {Position} from '../problems.js';
import {isInContext} from '../steps.js';

/** A step with its place in the file. */
export type StepSubject = {
	step: Step;
	source: StepSource;
	/** Reports a problem at a key of its comment. */
	report(message: string, ...keys: Array<string | number>): void;
	/** The same at its command, or at the first `piece` in it. */
	reportCommand(message: string, piece?: string): void;
};

/** What the rules of lint look at. */
export type LintSubject = {
	entries: ReadonlyMap<string, FolderEntry>;
	draft: WorkshopDraft;
	/** Null when they are not known. */
	contexts: string[] | null;
	/** The steps that could be read, in order. */
	steps: StepSubject[];
	/** What a `docker build` builds, relative to the lab folder; null for another command, and for one from elsewhere. */
	planBuild(command: string | null): PlannedBuild | null;
	/** Without a place: the beginning of the file. */
	report(file: string, message: string, place?: Position): void;
};

export type PlannedBuild = {dockerfile: string; target: string | undefined; tags: string[]};

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

/** Whether a file is in no context, as far as they are known. */
export const isOutside = (file: string, {contexts}: LintSubject): boolean =>
	contexts !== null && !isInContext(file, contexts);

/** The names of a Dockerfile's stages, in lower case, and their numbers; null when it has mistakes. */
export const readStages = (text: string): string[] | null => {
	const {problems, graph} = lintDockerfile(text);
	if (problems.length > 0) return null;
	return (graph?.stages ?? []).flatMap(({name, index}) => [name.toLowerCase(), String(index)]);
};

/** Where the command of a step begins, or the first `piece` in it, in the file. */
export const locateCommand = (step: Step, source: StepSource, piece = ''): Position => {
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
