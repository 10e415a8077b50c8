import {createHash} from 'node:crypto';
import type {Root} from 'mdast';
import type * as v from 'valibot';
import {messages} from '../messages/index.js';
import {didYouMeanClause} from '../text/wording.js';
import {nodePosition, parseMarkdown} from './markdown.js';
import type {Chapter, Overlay, Step, Workshop} from './model.js';
import {parseChapter, type StepSource} from './parse-chapter.js';
import {type Locate, parseYaml} from './parse-yaml.js';
import {createReport, type Position, type Problem, type Report, reportExcess} from './problems.js';
import {overlaySchema, workshopSchema} from './schema.js';
import {countBlanks, isCleanup} from './steps.js';

const chapterFile = /^\d\d-([a-z0-9]+(?:-[a-z0-9]+)*)\.md$/;

/** Returns the chapter id in a file name; null if it is not a chapter's. */
export const parseChapterId = (file: string): string | null => chapterFile.exec(file)?.[1] ?? null;

/** The readable part of a workshop. */
export type WorkshopDraft = {
	cover: {value: v.InferOutput<typeof workshopSchema>; locate: Locate} | null;
	chapters: Chapter[];
	/** The source of each step, in the order of the steps. */
	sources: ReadonlyMap<Step, StepSource>;
	/** The ids of unreadable steps. */
	broken: ReadonlySet<string>;
};

/**
 * Parses a workshop from the texts of its files by name; only the Markdown files at the top level are used. `workshop`:
 * null if there are problems.
 */
export const parseWorkshop = (
	files: ReadonlyMap<string, string>,
): {workshop: Workshop | null; problems: Problem[]; draft: WorkshopDraft} => {
	const problems: Problem[] = [];
	const reportFor = (file: string): Report => createReport(problems, file);

	const {front, introduction} = parseCover(files.get('workshop.md') ?? '', reportFor('workshop.md'));
	const parsed = [...files.keys()].sort().flatMap(file => {
		const id = parseChapterId(file);
		return id === null ? [] : [parseChapter(files.get(file) ?? '', {id, file, report: reportFor(file)})];
	});
	const chapters = parsed.map(({chapter}) => chapter);
	if (chapters.length === 0) reportFor('workshop.md')(messages.workshop.cover.noChapter);
	for (const [index, {id, file}] of chapters.entries()) {
		const earlier = chapters.slice(0, index).find(chapter => chapter.id === id);
		if (earlier) reportFor(file)(messages.workshop.chapter.idTaken(id, earlier.file));
	}
	const draft: WorkshopDraft = {
		cover: front,
		chapters,
		sources: new Map(parsed.flatMap(({sources}) => [...sources])),
		broken: new Set(parsed.flatMap(({broken}) => broken)),
	};
	const reportStep: StepReport = ({file}, message, place) => reportFor(file)(message, place);
	checkNeeds(draft, reportStep);
	checkCleanup(draft, reportStep);
	checkBlanks(draft, reportStep);
	if (!front || problems.length > 0) return {workshop: null, problems, draft};
	const {id, title, minutes, images, contexts} = front.value;
	return {workshop: {id, title, minutes, images, contexts, introduction, chapters}, problems, draft};
};

/** Parses the front matter and introduction of `workshop.md`. */
const parseCover = (text: string, report: Report): {front: WorkshopDraft['cover']; introduction: Root} => {
	if (reportExcess(text, report)) return {front: null, introduction: parseMarkdown('')};
	const [, , yaml = '', rest = ''] =
		/^(\uFEFF?---[ \t]*\r?\n)([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)([\s\S]*)$/.exec(text) ?? [];
	const hasFront = yaml !== '';
	if (!hasFront) report(messages.workshop.cover.noFrontMatter);
	return {
		front: hasFront ? parseYaml(yaml, workshopSchema, report, {line: 2, column: 1}) : null,
		introduction: parseMarkdown(rest),
	};
};

/** Parses the `run.yaml` of a solution or an attempt. `overlay`: null if there are problems. */
export const parseOverlay = (
	file: string,
	text: string,
): {overlay: Overlay | null; locate: Locate; problems: Problem[]} => {
	const problems: Problem[] = [];
	const report = createReport(problems, file);
	const parsed = reportExcess(text, report) ? null : parseYaml(text, overlaySchema, report);
	const overlay = file.split(/[\\/]/).slice(0, -1).join('/');
	return {
		overlay: parsed && {overlay, ...parsed.value},
		locate: parsed?.locate ?? (() => ({line: 1, column: 1})),
		problems,
	};
};

type StepReport = (step: Step, message: string, place: Position) => void;

/** Reports duplicate ids, and needs that no earlier step meets. */
const checkNeeds = ({sources, broken}: WorkshopDraft, report: StepReport): void => {
	const byId = new Map<string, Step>();
	for (const [step, {locate}] of sources) {
		const earlier = byId.get(step.id);
		if (earlier) {
			report(step, messages.workshop.step.idTaken(step.id, earlier.file, earlier.line), locate('id'));
			continue;
		}
		for (const [index, need] of step.needs.entries()) {
			if (byId.has(need) || broken.has(need)) continue;
			report(step, describeNeed(step, need, [...sources.keys()]), locate('needs', index));
		}
		byId.set(step.id, step);
	}
};

const describeNeed = ({id}: Step, need: string, steps: Step[]): string => {
	const {needsUnknown, needsInCircle, needsLater} = messages.workshop.step;
	const needed = steps.find(step => step.id === need);
	if (!needed) {
		const known = steps.map(step => step.id).filter(one => one !== id);
		return needsUnknown(need) + didYouMeanClause(need, known);
	}
	const circle = pathTo(id, needed, steps, new Set());
	return circle ? needsInCircle([id, ...circle].join(' → ')) : needsLater(need);
};

/** The ids on the path of needs from one step to another; null if there is none. */
const pathTo = (id: string, from: Step, steps: Step[], seen: Set<string>): string[] | null => {
	if (from.id === id) return [id];
	if (seen.has(from.id)) return null;
	seen.add(from.id);
	for (const need of from.needs) {
		const step = steps.find(candidate => candidate.id === need);
		const rest = step && pathTo(id, step, steps, seen);
		if (rest) return [from.id, ...rest];
	}
	return null;
};

/**
 * Reports clean-up steps (of kind `run`, without a command) that are not the last step or have checks. A clean-up in
 * the middle is probably a forgotten command, and would remove what later steps need.
 */
const checkCleanup = ({sources}: WorkshopDraft, report: StepReport): void => {
	const {cleanupNotLast, cleanupWithChecks, unmarkedCommand} = messages.workshop.step;
	const last = [...sources.keys()].at(-1);
	for (const [step, {locate, content}] of sources) {
		if (!isCleanup(step)) continue;
		const unmarked = content.find(
			node => node.type === 'code' && /^(?:sh|bash|shell)$/.test(node.lang ?? ''),
		);
		if (unmarked && (step !== last || step.checks.length > 0))
			report(step, unmarkedCommand, nodePosition(unmarked));
		else if (step !== last) report(step, cleanupNotLast, locate('kind'));
		else if (step.checks.length > 0) report(step, cleanupWithChecks, locate('checks'));
	}
};

/**
 * Reports blanks in steps of other kinds, and `blank` steps whose command and `fills` do not match: what would run then
 * is not a command.
 */
const checkBlanks = ({sources}: WorkshopDraft, report: StepReport): void => {
	const {noBlank, fillsMissing, blankElsewhere, fillsElsewhere} = messages.workshop.blank;
	for (const [step, {locate}] of sources) {
		const {kind, command, blanked, fills} = step;
		if (kind !== 'blank') {
			if (fills.length > 0) report(step, fillsElsewhere, locate('fills'));
			if (countBlanks(command ?? '') > 0) report(step, blankElsewhere, locate('kind'));
			continue;
		}
		const count = countBlanks(blanked ?? '');
		if (count === 0) report(step, noBlank, locate('kind'));
		else if (count !== fills.length) report(step, fillsMissing(count, fills.length), locate('fills'));
	}
};

/** The SHA-256 of texts and their names, in hex, whatever their order. */
export const hashTexts = (texts: ReadonlyMap<string, string>): string =>
	createHash('sha256')
		.update(JSON.stringify([...texts].sort(([a], [b]) => (a < b ? -1 : 1))))
		.digest('hex');
