import {applyPatch, parsePatch, reversePatch, type StructuredPatch} from 'diff';
import type {Code, Nodes} from 'mdast';
import type {FilePatch, Step, Workshop} from './model.js';

/** Whether a node is a block of code that shows a change of lab files, which its step makes before its command runs. */
export const isPatchBlock = (node: Nodes): node is Code =>
	node.type === 'code' && node.lang === 'diff' && node.meta === 'patch';

/** Reads a unified diff; null if it is none, or if it creates, removes or renames a file. */
export const readPatches = (diff: string): FilePatch[] | null => {
	try {
		const patches = parsePatch(diff).map(readPatch);
		return patches.every(patch => patch !== null) ? patches : null;
	} catch {
		return null; // For example, a hunk has more lines than its header says.
	}
};

const readPatch = ({oldFileName = '', newFileName = '', hunks}: StructuredPatch): FilePatch | null => {
	// As Git names the two versions, unless it is told not to.
	const isGit = oldFileName.startsWith('a/') && newFileName === oldFileName.replace('a/', 'b/');
	const file = isGit ? newFileName.slice('b/'.length) : newFileName;
	return file !== '' && (isGit || oldFileName === file) && hunks.length > 0 ? {file, hunks} : null;
};

/** Returns a text after a patch: the same text if it has been applied already; null if it does not fit. */
export const patchText = (text: string, patch: FilePatch): string | null =>
	revertText(text, patch) === null ? change(text, toDiff(patch)) : text;

/** Returns a text after several patches, in their order; null if one of them does not fit. */
export const patchInTurn = (text: string | null, patches: FilePatch[]): string | null =>
	patches.reduce((now, patch) => (now === null ? null : patchText(now, patch)), text);

/** Returns a text as it was before a patch; null if it has not been applied. */
const revertText = (text: string, patch: FilePatch): string | null => {
	const reverted = change(text, reversePatch(toDiff(patch)));
	// Both versions can be found in a text, e.g. if the patch appends a line: then the longer one is there.
	const isSure = countLines(patch, '+') >= countLines(patch, '-') || change(text, toDiff(patch)) === null;
	return isSure ? reverted : null;
};

const change = (text: string, patch: StructuredPatch): string | null => {
	const changed = applyPatch(text, patch);
	return changed === false ? null : changed;
};

const toDiff = ({file, hunks}: FilePatch): StructuredPatch => ({
	oldFileName: file,
	newFileName: file,
	oldHeader: undefined,
	newHeader: undefined,
	hunks,
});

const countLines = ({hunks}: FilePatch, sign: '+' | '-'): number =>
	hunks.flatMap(({lines}) => lines).filter(line => line.startsWith(sign)).length;

/** Whether a text is an original with some of these patches, in their order, and no other change. */
export const isOnlyPatched = (text: string, original: string, patches: FilePatch[]): boolean =>
	patches.length > 0 &&
	patches.toReversed().reduce((now, patch) => revertText(now, patch) ?? now, text) === original;

/** All patches of a workshop, in the order of its steps. */
export const listPatches = ({chapters}: Workshop): FilePatch[] =>
	chapters.flatMap(({steps}) => steps).flatMap(({patches}) => patches);

/** The patches of the steps before one, in order. */
export const patchesBefore = ({id}: Step, {chapters}: Workshop): FilePatch[] => {
	const steps = chapters.flatMap(chapter => chapter.steps);
	const index = steps.findIndex(step => step.id === id);
	return steps.slice(0, Math.max(0, index)).flatMap(({patches}) => patches);
};

/** The files that patches change, each once. */
export const patchedFiles = (patches: FilePatch[]): string[] => [...new Set(patches.map(({file}) => file))];

/** What patches make of files. `unfit`: the files that they do not fit. */
export type PatchedTexts = {texts: Map<string, string>; unfit: string[]};

/**
 * The texts of all patched files for a step. A file in which only patches differ from the original, because the learner
 * has skipped steps or gone back, becomes what it is at this step, also if the step itself has no patch; one with other
 * changes gets the patches of the step if they fit.
 * `before`: the patches of the steps before it; `all`: of all steps.
 */
export const patchTexts = (
	patches: FilePatch[],
	{
		before,
		all,
		read,
		readOriginal,
	}: {before: FilePatch[]; all: FilePatch[]} & Record<
		'read' | 'readOriginal',
		(file: string) => string | null
	>,
): PatchedTexts => {
	const texts = new Map<string, string>();
	const unfit: string[] = [];
	for (const file of patchedFiles([...all, ...patches])) {
		const isOfFile = (patch: FilePatch) => patch.file === file;
		const [now, original] = [read(file), readOriginal(file)];
		const apply = (text: string | null, some: FilePatch[]) => patchInTurn(text, some.filter(isOfFile));
		const isOurs = now !== null && original !== null && isOnlyPatched(now, original, all.filter(isOfFile));
		if (!isOurs && !patches.some(isOfFile)) continue;
		const patched = isOurs ? apply(original, [...before, ...patches]) : apply(now, patches);
		if (patched === null) unfit.push(file);
		else texts.set(file, patched);
	}
	return {texts, unfit};
};
