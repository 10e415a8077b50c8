import path from 'node:path';
import {messages} from '../../messages/index.js';
import type {ContextEntry} from '../context.js';
import type {Project} from '../project.js';
import {readShellRun, splitCommands} from './edit-dockerfile.js';
import {packageManagers} from './package-managers.js';
import type {Rule} from './suggestion.js';

/** Folders and files that no build needs: of version control, editors, tests and the system. */
const neverNeeded: ReadonlySet<string> = new Set([
	...['.git', '.hg', '.svn', '.idea', '.vscode', '.DS_Store', 'Thumbs.db'],
	...['.pytest_cache', '.mypy_cache', '.ruff_cache', '.tox', '.nyc_output', 'coverage', 'htmlcov'],
	...['npm-debug.log', 'yarn-error.log'],
]);

/** A folder of the build context is copied with files in it that no build needs, or that builds make themselves. */
export const ignoreFiles: Rule = {
	name: 'ignore-files',
	suggest(project) {
		const names = findUnneeded(project);
		if (names.length === 0) return [];
		const {says, because} = messages.explain.suggestions.ignore;
		// At any depth.
		const lines = names.map(name => `**/${name}`);
		const written =
			project.ignore === '' || project.ignore.endsWith('\n') ? project.ignore : `${project.ignore}\n`;
		return [
			{
				dockerfile: project.dockerfile,
				ignore: `${written}${lines.join('\n')}\n`,
				line: null,
				says: says(lines),
				because: because(names.length),
			},
		];
	},
};

/** The names of what an instruction reads, and need not. */
const findUnneeded = (project: Project): string[] => {
	const reads = project.stages.some(({instructions}) => instructions.some(one => one.sources.length > 0));
	if (!reads) return [];
	const made = new Set(listMade(project));
	const isUnneeded = ({path: file}: ContextEntry): boolean => {
		const name = path.posix.basename(file);
		return neverNeeded.has(name) || made.has(name);
	};
	return [...new Set(project.entries.filter(isUnneeded).map(({path: file}) => path.posix.basename(file)))];
};

/** What the package managers make that the build runs itself. */
const listMade = ({graph}: Project): string[] => {
	const commands = graph.stages
		.flatMap(({instructions}) => instructions.flatMap(one => readShellRun(one) ?? []))
		.flatMap(({command}) => splitCommands(command));
	return packageManagers.flatMap(({made, usesCache}) =>
		commands.some(command => usesCache.test(command)) ? made : [],
	);
};
