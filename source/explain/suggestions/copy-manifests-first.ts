import path from 'node:path';
import {messages} from '../../messages/index.js';
import type {PlannedInstruction, PlannedStage} from '../../stages/model.js';
import type {ContextSource} from '../context.js';
import {selectEntries} from '../fingerprint.js';
import type {Project} from '../project.js';
import {linesOf, readShellRun, replaceLines, type ShellRun, splitCommands} from './edit-dockerfile.js';
import {type PackageManager, packageManagers} from './package-managers.js';
import type {Rule} from './suggestion.js';

/** A `COPY` of a whole folder of the build context. */
type FolderCopy = PlannedInstruction & {
	/** Relative to the build context; empty for all of it. */
	folder: string;
	flags: string;
	/** As written. */
	destination: string;
};

/**
 * The packages are installed after a folder has been copied, so each change of its files installs them again. Copies the
 * files that list them first, and the folder once they are installed.
 */
export const copyManifestsFirst: Rule = {
	name: 'copy-manifests-first',
	suggest: project =>
		project.stages.flatMap(({name, instructions}) => {
			const stage = project.graph.stages.find(one => one.name === name);
			return stage
				? instructions.flatMap(({line, sources}, index) => {
						const written = stage.instructions.find(one => one.line === line);
						const copy = written ? readFolderCopy(written, sources) : null;
						const before = instructions.slice(0, index).flatMap(one => one.sources);
						return copy ? suggestFor({copy, stage, before}, project) : [];
					})
				: [];
		}),
};

const readFolderCopy = (instruction: PlannedInstruction, sources: ContextSource[]): FolderCopy | null => {
	const [source, ...others] = sources;
	const [, flags = '', destination = ''] =
		/^COPY\s+((?:--\S+\s+)*)(?!\[)(?:\S+)\s+(\S+)$/i.exec(instruction.text) ?? [];
	if (!source || others.length > 0 || source.isPattern || source.keepsParents || destination === '')
		return null;
	return {...instruction, folder: source.path, flags, destination};
};

/** `before`: what the stage has copied before. */
type CopyInStage = {copy: FolderCopy; stage: PlannedStage; before: ContextSource[]};

const suggestFor = ({copy, stage, before}: CopyInStage, project: Project): ReturnType<Rule['suggest']> => {
	const copied = new Set(
		before.flatMap(source => selectEntries(source, project.tree).map(({path: file}) => file)),
	);
	const at = stage.instructions.findIndex(({line}) => line === copy.line);
	const isMovable = ({keyword}: PlannedInstruction): boolean => ['RUN', 'LABEL', 'EXPOSE'].includes(keyword);
	const after = stage.instructions.slice(at + 1);
	const next = after.findIndex(one => !isMovable(one));
	const runs = after.slice(0, next < 0 ? after.length : next).flatMap(one => readShellRun(one) ?? []);
	return packageManagers.flatMap(manager => {
		const manifests = findManifests(manager, copy, project);
		if (manifests.length === 0 || manifests.some(manifest => copied.has(manifest))) return [];
		const edited = editFor(manager, {copy, manifests, runs}, project.dockerfile);
		if (edited === null) return [];
		const {says, because} = messages.explain.suggestions.manifestsFirst;
		const names = manifests.map(manifest => path.posix.basename(manifest));
		return [
			{
				dockerfile: edited,
				ignore: project.ignore,
				line: copy.line,
				says: says(names, manager.name),
				because: because(copy.text),
			},
		];
	});
};

/** The paths of the files that list the packages. */
const findManifests = ({manifests}: PackageManager, {folder}: FolderCopy, {entries}: Project): string[] =>
	entries
		.filter(({path: file, kind}) => {
			const parent = path.posix.dirname(file);
			return (
				kind === 'file' &&
				(parent === '.' ? '' : parent) === folder &&
				manifests.test(path.posix.basename(file))
			);
		})
		.map(({path: file}) => file);

type Place = {copy: FolderCopy; manifests: string[]; runs: ShellRun[]};

/** Null if nothing between the copy and the next change of settings installs packages. */
const editFor = (manager: PackageManager, {copy, manifests, runs}: Place, text: string): string | null => {
	const first = copyLine(copy, manifests);
	const copied = linesOf(text, copy);
	const installing = runs.find(({command}) => manager.install.test(splitCommands(command)[0] ?? ''));
	if (!installing) {
		const isNeeded = runs.some(({command}) =>
			splitCommands(command).some(part => manager.usesCache.test(part)),
		);
		if (!isNeeded || manager.download === null) return null;
		return replaceLines(text, copy.line, copy.endLine, [first, `RUN ${manager.download}`, ...copied]);
	}
	const between = text.split('\n').slice(copy.endLine, installing.line - 1);
	const [install = '', ...rest] = splitCommands(installing.command);
	const own =
		rest.length === 0
			? [...linesOf(text, installing), ...copied]
			: [`RUN ${installing.flags}${install}`, ...copied, `RUN ${installing.flags}${rest.join(' && ')}`];
	return replaceLines(text, copy.line, installing.endLine, [first, ...between, ...own]);
};

/** Several files are copied to a folder, whose name ends with a slash. */
const copyLine = ({flags, destination}: FolderCopy, manifests: string[]): string => {
	const folder = /[/.]$/.test(destination) ? destination.replace(/([^/])$/, '$1/') : `${destination}/`;
	return `COPY ${flags}${manifests.join(' ')} ${folder}`;
};
