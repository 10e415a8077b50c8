import type {FolderEntry} from './folder-entry.js';
import type {LintSubject} from './lint-subject.js';

const reserved = new Set(['solutions', 'attempts', 'recordings']);

/** The folders that learners get, and the Dockerfiles in them. */
export const lintContexts = (subject: LintSubject): void => {
	const {entries, draft, report} = subject;
	if (!draft.cover) return;
	const {value, locate} = draft.cover;
	for (const [index, context] of value.contexts.entries()) {
		const wrong = wrongContext(context, value.contexts.indexOf(context) < index, entries.get(context));
		if (wrong) report('workshop.md', wrong, locate('contexts', index));
	}
	for (const entry of entries.values()) {
		if (entry.text !== null && isDockerfile(entry) && isLabFile(entry.path, value.contexts)) {
			lintDockerfile(entry.path, entry.text, value.images, subject);
		}
	}
};

const wrongContext = (context: string, isTwice: boolean, entry: FolderEntry | undefined): string | null => {
	if (isTwice) return `the context \`${context}\` is named twice`;
	if (reserved.has(context)) return `\`${context}\` can’t be a context: the program reads it itself`;
	if (!entry) return `the context \`${context}\` is not there`;
	if (entry.kind === 'file') return `the context \`${context}\` is a file, and a context is a folder`;
	return null;
};

const isDockerfile = ({path, kind}: FolderEntry): boolean =>
	kind === 'file' && /^(Dockerfile(\.[\w-]+)?|[\w-]+\.Dockerfile)$/.test(path.split('/').at(-1) ?? '');

/** Solutions lie over the lab folder; attempts may be wrong on purpose. */
const isLabFile = (path: string, contexts: string[]): boolean => {
	const [first, , ...below] = path.split('/');
	const inLab = first === 'solutions' ? below.join('/') : path;
	return contexts.some(context => inLab.startsWith(`${context}/`));
};

const lintDockerfile = (
	file: string,
	text: string,
	images: string[],
	{tools, steps, report}: LintSubject,
): void => {
	const {problems, images: bases} = tools.readDockerfile(text);
	for (const {message, ...place} of problems) report(file, message, place);
	if (problems.length > 0) return;
	const built = steps.flatMap(({step}) => (step.command ? (tools.planBuild(step.command)?.tags ?? []) : []));
	const known = new Set([...images.map(tools.imageName), ...built]);
	for (const {image, line} of bases) {
		if (image === 'scratch' || image.includes('$') || known.has(tools.imageName(image))) continue;
		report(file, `starts from \`${image}\`, which is not among the \`images\` of workshop.md`, {
			line,
			column: 1,
		});
	}
};
