import {createSourcePattern} from './ignore-patterns.js';

/** An entry of the build context that is not ignored. */
export type ContextEntry = {
	/** Relative to the build context, with `/`. */
	path: string;
	kind: 'file' | 'folder' | 'link' | 'other';
	/** The permission bits, with setuid, setgid and sticky. */
	mode: number;
	/** The size of a file; 0 for anything else. */
	bytes: number;
	/** Where a link leads; empty for anything else. */
	target: string;
	/**
	 * What changes when a file is written: its inode, time and size. Empty if it was written so recently that its time
	 * may not show the next change.
	 */
	stamp: string;
};

/** What BuildKit counts of an entry: kind, mode, and the content or where it leads; not its owner or its times. */
export type Print = string;

/** What a `.dockerignore` keeps out of the build context. */
export type IgnoredEntries = {
	/** The number of ignored folders that were not entered, and the first of their paths. */
	folders: number;
	folderPaths: string[];
	/** The number of ignored files elsewhere, with links, and their size. */
	files: number;
	bytes: number;
};

/** The entries of a build context, each folder before what is in it, and what is ignored. */
export type ContextFiles = {entries: ContextEntry[]; ignored: IgnoredEntries};

/** A source of a `COPY`, an `ADD` or a bind mount. */
export type ContextSource = {
	/** Relative to the build context, with `/`; empty for the whole context. */
	path: string;
	/** Whether the path has wildcards. */
	isPattern: boolean;
	/** Whether `--parents` keeps the folders above what is copied. */
	keepsParents: boolean;
	/** The patterns of `--exclude`. */
	excludes: string[];
};

/** One file or folder that a source stands for. */
export type SelectedPart = {
	/** Its own path; empty for the whole context. Links are resolved. */
	path: string;
	/** Its own entry, if it is not the whole context, and everything below it. */
	entries: ContextEntry[];
};

/** The entries of a build context by their paths. */
export type ContextTree = {
	find(path: string): ContextEntry | undefined;
	/** The parts that a source stands for; empty if there is nothing of that name. */
	select(source: ContextSource): SelectedPart[];
};

/** The links that are followed for one path. */
const maxLinks = 255;

/** `entries`: each folder before what is in it. */
export const createContextTree = (entries: ContextEntry[]): ContextTree => {
	const indexes = new Map(entries.map(({path}, index) => [path, index]));
	const find = (path: string): ContextEntry | undefined => entries[indexes.get(path) ?? -1];

	const partAt = (path: string): SelectedPart[] => {
		const from = path === '' ? 0 : indexes.get(path);
		if (from === undefined) return [];
		let to = path === '' ? entries.length : from + 1;
		while (to < entries.length && entries[to]?.path.startsWith(`${path}/`)) to++;
		return [{path, entries: entries.slice(from, to)}];
	};

	/** Follows the links in a path, none of which leads out of the build context. Null if there are too many. */
	const resolve = (path: string): string | null => {
		let done: string[] = [];
		const left = path.split('/');
		for (let links = 0; left.length > 0; ) {
			const name = left.shift() ?? '';
			if (name === '' || name === '.') continue;
			if (name === '..') {
				done.pop();
				continue;
			}
			const entry = find([...done, name].join('/'));
			if (entry?.kind !== 'link') done.push(name);
			else if (++links > maxLinks) return null;
			else {
				if (entry.target.startsWith('/')) done = [];
				left.unshift(...entry.target.split('/'));
			}
		}
		return done.join('/');
	};

	return {
		find,
		select({path, isPattern}) {
			const matches = isPattern ? createSourcePattern(path) : null;
			const paths = matches ? entries.map(entry => entry.path).filter(matches) : [path];
			return paths.flatMap(one => {
				const resolved = resolve(one);
				// What matches a pattern has the name of the link.
				return resolved === null ? [] : partAt(resolved).map(part => (matches ? {...part, path: one} : part));
			});
		},
	};
};
