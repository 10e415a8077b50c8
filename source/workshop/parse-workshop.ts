import type {Root} from 'mdast';
import type {Workshop} from './model.js';
import {parseChapter} from './parse-chapter.js';
import {parseMarkdown} from './parse-markdown.js';
import {parseYaml} from './parse-yaml.js';
import type {Problem} from './problems.js';
import {workshopSchema} from './schemas.js';

const chapterFile = /^\d\d-([a-z0-9]+(?:-[a-z0-9]+)*)\.md$/;

/**
 * Reads a workshop from the texts of its files (name in its folder → text; only the Markdown files at the top are
 * looked at). `workshop` is null when there are problems.
 */
export const parseWorkshop = (
	files: ReadonlyMap<string, string>,
): {workshop: Workshop | null; problems: Problem[]} => {
	const problems: Problem[] = [];
	const reportFor =
		(file: string) =>
		(message: string, line = 1, column = 1) =>
			void problems.push({file, line, column, message});

	const cover = parseCover(files.get('workshop.md') ?? '', reportFor('workshop.md'));
	const chapters = [...files.keys()]
		.filter(file => chapterFile.test(file))
		.sort()
		.map(file => {
			const id = chapterFile.exec(file)?.[1] ?? file;
			return parseChapter(files.get(file) ?? '', {id, file, report: reportFor(file)});
		});
	if (chapters.length === 0) reportFor('workshop.md')('there is no chapter: a file such as `01-first.md`');

	const lines = new Map<string, string>();
	for (const {steps} of chapters) {
		for (const {id, file, line, needs} of steps) {
			const earlier = lines.get(id);
			if (earlier) reportFor(file)(`the step id \`${id}\` is taken at ${earlier}`, line);
			for (const need of needs) {
				if (!lines.has(need)) reportFor(file)(`needs \`${need}\`, which is no step before this one`, line);
			}
			lines.set(id, `${file}:${line}`);
		}
	}
	return {workshop: cover && problems.length === 0 ? {...cover, chapters} : null, problems};
};

/** Front matter and introduction of `workshop.md`. */
const parseCover = (
	text: string,
	report: (message: string, line?: number, column?: number) => void,
): Omit<Workshop, 'chapters'> | null => {
	const match = /^(---\r?\n)([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)([\s\S]*)$/.exec(text);
	if (!match) {
		report('must begin with front matter: YAML between two lines of `---`');
		return null;
	}
	const front = parseYaml(match[2] ?? '', workshopSchema, report, 1);
	if (!front) return null;
	const {id, title, minutes, images, contexts} = front;
	const introduction: Root = parseMarkdown(match[3] ?? '');
	return {id, title, minutes, images, contexts, introduction};
};
