import type {ContextEntry} from '../../source/explain/context.js';
import {listReadEntries, printEntries} from '../../source/explain/fingerprint.js';
import {type Foreseen, foresee, type Observed} from '../../source/explain/foresee.js';
import {readProject} from '../../source/explain/project.js';
import type {ExplainRecord} from '../../source/explain/record.js';

/** A file by its text, or a link, or a folder with a mode. */
type Thing = string | {text?: string; mode?: number; link?: string};

/** A build as it is at one time. */
export type Project = {
	dockerfile: string;
	files?: Record<string, Thing>;
	target?: string;
	args?: Record<string, string>;
	/** The values of `--build-context`, by name. */
	contexts?: Record<string, string>;
	/** By name: what changes when the image does. */
	images?: Record<string, string>;
	/** Whether the engine merges layers. */
	mergesLayers?: boolean;
};

/** The entries of the files, and of the folders above them. */
export const toEntries = (files: Record<string, Thing>): Array<{entry: ContextEntry; text: string}> => {
	const paths = new Set(
		Object.keys(files).flatMap(file => {
			const names = file.split('/');
			return names.map((_, index) => names.slice(0, index + 1).join('/'));
		}),
	);
	return [...paths]
		.sort((a, b) => (a.replaceAll('/', '\0') < b.replaceAll('/', '\0') ? -1 : 1))
		.map(path => {
			const thing = files[path] ?? {};
			const {text, mode, link} = typeof thing === 'string' ? {text: thing} : {text: undefined, ...thing};
			const kind = link !== undefined ? 'link' : text !== undefined ? 'file' : 'folder';
			const bytes = text?.length ?? 0;
			const entry = {path, kind, mode: mode ?? 0o644, bytes, target: link ?? '', stamp: ''} as const;
			return {entry, text: text ?? ''};
		});
};

const observe = (
	{dockerfile, files = {}, target, args = {}, contexts = {}, images = {}, mergesLayers = false}: Project,
	kept: Observed['files'] | null,
): Observed => {
	const things = toEntries(files);
	const entries = things.map(({entry}) => entry);
	const texts = new Map(things.map(({entry, text}) => [entry.path, text]));
	const options = {
		target,
		buildArgs: new Map(Object.entries(args)),
		contexts: new Map(Object.entries(contexts)),
		platforms: [],
	};
	const {stages, tree} = readProject({dockerfile, ignore: ''}, options, entries);
	const read = listReadEntries(stages, entries, tree);
	return {
		stages,
		entries,
		tree,
		files: printEntries(read, texts, kept),
		mergesLayers,
		images: new Map(Object.entries(images).map(([name, print]) => [name, {id: `sha256:${print}`, print}])),
	};
};

/** What is foreseen for the second build after the first one. */
export const foreseeChange = (before: Project, after: Project): Foreseen[] => {
	const first = observe(before, null);
	const record: ExplainRecord = {
		at: 0,
		context: '/',
		stages: first.stages,
		instructions: foresee(first, null).instructions,
		images: Object.fromEntries(first.images),
		files: first.files,
	};
	return foresee(observe(after, first.files), record).foreseen ?? [];
};

/** Each instruction in a few words: `3 runs files`. */
export const inWords = (foreseen: Foreseen[]): string[] =>
	foreseen.map(({instruction, status, reason}) =>
		[instruction.line, status, ...(reason ? [reason.because] : [])].join(' '),
	);
