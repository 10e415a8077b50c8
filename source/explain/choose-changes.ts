import path from 'node:path';
import type {ContextEntry} from './context.js';
import type {Project} from './project.js';
import {packageManagers} from './suggestions/package-managers.js';

/** The endings of files with source code, or with texts that a page is made from. */
const sources =
	/\.(?:c|cc|cpp|cs|css|ex|go|h|html?|hs|java|jsx?|kt|lua|md|mjs|cjs|php|pl|py|rb|rs|scala|sh|swift|tsx?|vue|svelte)$/i;

/** Names of files with which programs often begin. */
const usual = /^(?:main|index|app|server|program)\./i;

/**
 * Which files to change to see what a build does afterwards: a source file, and one that lists packages. Null where the
 * build reads none.
 */
export const chooseChanges = ({stages, tree}: Project): {source: string | null; manifest: string | null} => {
	const read = new Map<string, ContextEntry>();
	for (const {instructions} of stages)
		for (const instruction of instructions)
			for (const source of instruction.sources)
				for (const {entries} of tree.select(source))
					for (const entry of entries) if (entry.kind === 'file') read.set(entry.path, entry);
	const files = [...read.keys()].filter(
		file => !/(?:^|\/)(?:node_modules|vendor|\.git|\.venv|venv)\//.test(file),
	);
	const isManifest = (file: string): boolean =>
		packageManagers.some(({manifests}) => manifests.test(path.posix.basename(file)));
	const [source = null] = files
		.filter(
			file => sources.test(file) && !isManifest(file) && !/(?:^|[/._-])(?:test|spec)s?[/._-]/i.test(file),
		)
		.sort((one, other) => rank(one) - rank(other));
	const [manifest = null] = files
		.filter(file => isManifest(file) && !/lock|\.sum$/i.test(path.posix.basename(file)))
		.sort((one, other) => rank(one) - rank(other));
	return {source, manifest};
};

/** Lower for what is more likely to be changed often: the beginning of a program, near the top. */
const rank = (file: string): number => {
	const depth = file.split('/').length;
	const isText = /\.(?:md|css|sh)$/i.test(file) ? 100 : 0;
	return depth * 2 - (usual.test(path.posix.basename(file)) ? 3 : 0) + isText;
};
