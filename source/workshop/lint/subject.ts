import {lintDockerfile} from '../../stages/dockerfile/lint-dockerfile.js';
import {nodePosition} from '../markdown.js';
import type {Step} from '../model.js';
import {isCommandBlock, type StepSource} from '../parse-chapter.js';
import type {WorkshopDraft} from '../parse-workshop.js';
import type {Position} from '../problems.js';
import {brokenFolder, isInContext} from '../steps.js';

/** A step with its source. */
export type StepSubject = {
	step: Step;
	source: StepSource;
	/** Reports a problem at a key of the step's comment. */
	report(message: string, ...keys: Array<string | number>): void;
	/** Reports a problem at the step's command, or at the first `piece` in it. */
	reportCommand(message: string, piece?: string): void;
	/** Warns at a key of the step's comment. */
	warn(message: string, ...keys: Array<string | number>): void;
	/** Warns at the step's command, or at the first `piece` in it. */
	warnCommand(message: string, piece?: string): void;
};

/** The input of lint rules. */
export type LintSubject = {
	entries: ReadonlyMap<string, FolderEntry>;
	draft: WorkshopDraft;
	/** Null if unknown. */
	contexts: string[] | null;
	/** The readable steps, in order. */
	steps: StepSubject[];
	/**
	 * The text of a lab file when the command of a step runs: the shipped one with the patches up to then. Null if there is
	 * no such text. `step`: null for the shipped text.
	 */
	textAt(step: Step | null, path: string): string | null;
	/**
	 * Plans a `docker build`, with paths relative to the lab folder; null for another command, or a Dockerfile from
	 * elsewhere.
	 */
	planBuild(command: string | null): PlannedBuild | null;
	/** Whether a command builds, also what a file defines (`docker buildx bake`, `docker compose build`). */
	isBuild(command: string | null): boolean;
	/** Reports a problem; `place` defaults to the beginning of the file. */
	report(file: string, message: string, place?: Position): void;
	/** Warns of what may be meant so, but weakens the workshop; `place` defaults to the beginning of the file. */
	warn(file: string, message: string, place?: Position): void;
};

export type PlannedBuild = {dockerfile: string; target: string | undefined; tags: string[]};

/** An entry in a workshop's folder. Links are not followed. */
export type FolderEntry = {
	/** Relative to the folder, with `/` separators. */
	path: string;
	kind: 'file' | 'folder' | 'link' | 'other';
	bytes: number;
	/** The text of a file; null if it is not text, too large or unreadable. */
	text: string | null;
	/** Why it can't be read; null if it can. */
	trouble: string | null;
	/** The target of a link; null for other entries. */
	target: string | null;
};

/** Whether a file is outside of all contexts; false if they are unknown. */
export const isOutside = (file: string, {contexts}: LintSubject): boolean =>
	contexts !== null && !isInContext(file, contexts);

/** The file of the workshop that is at this path of the lab folder when a step begins. */
export const startFile = (step: Step, path: string, entries: LintSubject['entries']): string => {
	const broken = `${brokenFolder(step)}/${path}`;
	return step.kind === 'repair' && entries.has(broken) ? broken : path;
};

/** The lower-case names and the numbers of a Dockerfile's stages; null if it has mistakes. */
export const readStages = (text: string): string[] | null => {
	const {problems, graph} = lintDockerfile(text);
	if (problems.length > 0) return null;
	return (graph?.stages ?? []).flatMap(({name, index}) => [name.toLowerCase(), String(index)]);
};

/** The position of a step's command, or of the first `piece` in it. */
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
