import type {Root} from 'mdast';
import type * as v from 'valibot';
import {checkCleanup} from './check-cleanup.js';
import {checkNeeds} from './check-needs.js';
import {findExcess} from './find-excess.js';
import type {Chapter, Step, Workshop} from './model.js';
import {parseChapter, type StepSource} from './parse-chapter.js';
import {parseMarkdown} from './parse-markdown.js';
import {type Locate, parseYaml} from './parse-yaml.js';
import type {Place, Problem, Report} from './problems.js';
import {workshopSchema} from './schemas.js';

const chapterFile = /^\d\d-([a-z0-9]+(?:-[a-z0-9]+)*)\.md$/;

/** The id of a chapter by the name of its file; null when it is none's. */
export const chapterIdOf = (file: string): string | null => chapterFile.exec(file)?.[1] ?? null;

/** A workshop as far as it can be read. */
export type WorkshopDraft = {
	cover: {value: v.InferOutput<typeof workshopSchema>; locate: Locate} | null;
	chapters: Chapter[];
	sources: ReadonlyMap<Step, StepSource>;
	/** Ids of steps that can't be read. */
	broken: ReadonlySet<string>;
};

/**
 * Reads a workshop from the texts of its files (name in its folder → text; only the Markdown files at the top are
 * looked at). `workshop` is null when there are problems.
 */
export const parseWorkshop = (
	files: ReadonlyMap<string, string>,
): {workshop: Workshop | null; problems: Problem[]; draft: WorkshopDraft} => {
	const problems: Problem[] = [];
	const reportFor =
		(file: string): Report =>
		(message, place = {line: 1, column: 1}) =>
			void problems.push({file, ...place, message});

	const {front, introduction} = parseCover(files.get('workshop.md') ?? '', reportFor('workshop.md'));
	const parsed = [...files.keys()].sort().flatMap(file => {
		const id = chapterIdOf(file);
		return id === null ? [] : [parseChapter(files.get(file) ?? '', {id, file, report: reportFor(file)})];
	});
	const chapters = parsed.map(({chapter}) => chapter);
	if (chapters.length === 0) reportFor('workshop.md')('there is no chapter: a file such as `01-first.md`');
	for (const [index, {id, file}] of chapters.entries()) {
		const earlier = chapters.slice(0, index).find(chapter => chapter.id === id);
		if (earlier) reportFor(file)(`the chapter id \`${id}\` is taken by ${earlier.file}`);
	}
	const draft: WorkshopDraft = {
		cover: front,
		chapters,
		sources: new Map(parsed.flatMap(({sources}) => [...sources])),
		broken: new Set(parsed.flatMap(({broken}) => broken)),
	};
	const written = {...draft, steps: chapters.flatMap(({steps}) => steps)};
	const reportStep = ({file}: Step, message: string, place?: Place): void => reportFor(file)(message, place);
	checkNeeds(written, reportStep);
	checkCleanup(written, reportStep);
	if (!front || problems.length > 0) return {workshop: null, problems, draft};
	const {id, title, minutes, images, contexts} = front.value;
	return {workshop: {id, title, minutes, images, contexts, introduction, chapters}, problems, draft};
};

/** Front matter and introduction of `workshop.md`. */
const parseCover = (text: string, report: Report): {front: WorkshopDraft['cover']; introduction: Root} => {
	const excess = findExcess(text);
	if (excess) {
		report(excess.message, excess);
		return {front: null, introduction: parseMarkdown('')};
	}
	const [, , yaml = '', rest = ''] =
		/^(---[ \t]*\r?\n)([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)([\s\S]*)$/.exec(text) ?? [];
	const hasFront = yaml !== '';
	if (!hasFront) report('must begin with front matter: YAML between two lines of `---`');
	return {
		front: hasFront ? parseYaml(yaml, workshopSchema, report, {line: 2, column: 1}) : null,
		introduction: parseMarkdown(rest),
	};
};
