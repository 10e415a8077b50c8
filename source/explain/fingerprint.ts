import type {ContextEntry, ContextSource, ContextTree, Print, SelectedPart} from './context.js';
import {digest, digestAll} from './digest.js';
import {readIgnoreRules} from './ignore-patterns.js';
import type {CacheableInstruction, CacheableStage} from './plan-instructions.js';
import type {KeptFile} from './record.js';

/** `hash`: of the content of a file; undefined for anything else. */
const printEntry = ({kind, mode, target}: ContextEntry, hash: string | undefined): Print => {
	if (kind === 'link') return `l ${target}`;
	return [marks[kind], mode.toString(8), ' ', hash ?? ''].join('');
};

/**
 * Prints what instructions read. `hashes`: of the files whose stamps are not those of the record; `kept`: the record,
 * if it is of the same build context.
 */
export const printEntries = (
	entries: ContextEntry[],
	hashes: ReadonlyMap<string, string>,
	kept: ReadonlyMap<string, KeptFile> | null,
): Map<string, KeptFile> => {
	const files = new Map<string, KeptFile>();
	for (const entry of entries) {
		const {path, stamp} = entry;
		const before = kept?.get(path);
		const hash = hashes.get(path) ?? parsePrint(before?.print ?? '').content;
		// BuildKit does not notice that the mode of a folder changes which it has received before.
		const isOldFolder = entry.kind === 'folder' && before?.print.startsWith(marks.folder);
		const print = before && isOldFolder ? before.print : printEntry(entry, hash);
		// Most are the same objects, then: there may be 100,000.
		files.set(path, before?.print === print && before.stamp === stamp ? before : {print, stamp});
	}
	return files;
};

const marks = {file: 'f', folder: 'd', link: 'l', other: 'o'} as const;

/** The parts of a print. `kind`: `f`, `d`, `l`, or `o`. */
export const parsePrint = (print: Print): {kind: string; mode: string; content: string} => {
	const [, kind = '', mode = '', content = ''] = /^(.)(\S*) ([\s\S]*)$/.exec(print) ?? [];
	return {kind, mode, content};
};

/** The entries that the instructions of these stages read, and all links on the way to them. */
export const listReadEntries = (
	stages: CacheableStage[],
	entries: ContextEntry[],
	tree: ContextTree,
): ContextEntry[] => {
	const read = new Set(entries.filter(({kind}) => kind === 'link'));
	const sources = stages.flatMap(({instructions}) => instructions.flatMap(one => one.sources));
	for (const source of sources) for (const entry of selectEntries(source, tree)) read.add(entry);
	return entries.filter(entry => read.has(entry));
};

/** The entries that a source stands for, in the order of the tree. */
export const selectEntries = (source: ContextSource, tree: ContextTree): ContextEntry[] =>
	tree.select(source).flatMap(part => keepIncluded(part, source));

/** The entries of a part without those that `--exclude` names. */
const keepIncluded = (part: SelectedPart, {excludes}: ContextSource): ContextEntry[] => {
	if (excludes.length === 0) return part.entries;
	const rules = readIgnoreRules(excludes.join('\n'));
	return part.entries.filter(entry => {
		const names = pathInPart(entry, part).replace(/^\//, '').split('/');
		return !names.some((_, index) => rules.match(names.slice(0, index + 1).join('/'), null).isIgnored);
	});
};

/** A digest of what some sources stand for. `printOf`: of each of their entries. */
export const digestSources = (
	sources: ContextSource[],
	tree: ContextTree,
	printOf: (path: string) => Print,
): string => {
	const digests = sources.map(source => {
		const parts = tree
			.select(source)
			.map(part =>
				digest(
					source.isPattern ? lastName(part.path) : '',
					digestAll(describeEntries(part, source, printOf)),
				),
			);
		return digestAll(parts);
	});
	// Their order is part of the instruction, not of the files.
	return digestAll(new Set(digests.sort()));
};

/** One by one: there may be 100,000. */
function* describeEntries(
	part: SelectedPart,
	source: ContextSource,
	printOf: (path: string) => Print,
): Iterable<string> {
	for (const entry of keepIncluded(part, source)) {
		const name = source.keepsParents ? entry.path : pathInPart(entry, part);
		yield `${name}\0${printOf(entry.path)}`;
	}
}

/** The path of an entry below its part, which may have been reached by a link; empty for the part itself. */
const pathInPart = (entry: ContextEntry, {entries, path}: SelectedPart): string => {
	const [top] = entries;
	return path === '' || !top ? entry.path : entry.path.slice(top.path.length);
};

const lastName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** The key of a base image, before any instruction. */
export const baseKey = ({image, platform}: CacheableStage): string => digest('FROM', image ?? '', platform);

/**
 * The key of an instruction’s result, and the same without the stages that it copies from. `before`: the key of what is
 * before it; `files`: the digest of its sources; `origins`: the keys of the stages that it copies from.
 */
export const keysOf = (
	{definition}: CacheableInstruction,
	{before, files, origins}: {before: string; files: string; origins: string[]},
): {key: string; looseKey: string} => {
	const looseKey = digest(before, definition, files);
	return {looseKey, key: origins.length === 0 ? looseKey : digest(looseKey, ...origins)};
};
