import path from 'node:path';
import {messages} from '../messages/index.js';
import {findCopySource} from '../stages/dockerfile/instruction-words.js';
import type {PlannedInstruction, PlannedStage, StageGraph} from '../stages/model.js';
import type {TrialFailure} from './trial.js';

/** Thrown if a build would fail, or if only an engine can tell (`unclear`: why, in a sentence). */
export class BuildTrouble extends Error {
	constructor(
		readonly failure: TrialFailure | null,
		readonly unclear: string | null = null,
	) {
		super(unclear ?? failure ?? '');
	}
}

/** The base image that the items build from, besides `scratch`. The workshops use it too. */
export const baseImage = 'alpine:3.13';

/** Instructions that add nothing to the files of an image. */
const withoutFiles = new Set('EXPOSE CMD ENTRYPOINT LABEL ENV ARG USER STOPSIGNAL HEALTHCHECK'.split(' '));

const unclear = (text: string): BuildTrouble =>
	new BuildTrouble(null, messages.simulate.unclear.buildWith(text));

type StageFiles = {paths: Set<string>; hasShell: boolean};

/**
 * The absolute paths of the files that a build puts into the image of its target, without those of its base image.
 * `stages`: those that run; `files`: those of the context. Throws a `BuildTrouble`.
 */
export const listPaths = (
	graph: StageGraph,
	stages: string[],
	files: Record<string, string>,
): Set<string> => {
	const built = new Map<string, StageFiles>();
	for (const stage of graph.stages) {
		if (stages.includes(stage.name)) built.set(stage.name, buildStage(stage, built, files));
	}
	return built.get(graph.target)?.paths ?? new Set();
};

const buildStage = (
	stage: PlannedStage,
	built: Map<string, StageFiles>,
	files: Record<string, string>,
): StageFiles => {
	const base = stage.image === null ? built.get(stage.needs[0] ?? '') : readImage(stage.image);
	if (!base) throw unclear(stage.name);
	const paths = new Set(base.paths);
	for (const instruction of stage.instructions) {
		const {keyword, text} = instruction;
		if (keyword === 'COPY') for (const added of copy(text, paths, {built, files})) paths.add(added);
		else if (keyword === 'RUN') runCommand(text, {paths, hasShell: base.hasShell});
		else if (!withoutFiles.has(keyword)) throw unclear(text);
	}
	return {paths, hasShell: base.hasShell};
};

/** What a base image holds. A name without a tag was meant for a stage, and no registry is expected to have it. */
const readImage = (image: string): StageFiles => {
	if (image === 'scratch' || image === baseImage) return {paths: new Set(), hasShell: image === baseImage};
	throw /^[\w-]+$/.test(image) ? new BuildTrouble('no-image') : unclear(image);
};

/** The paths that a `COPY` adds. */
const copy = (
	text: string,
	paths: Set<string>,
	{built, files}: {built: Map<string, StageFiles>; files: Record<string, string>},
): string[] => {
	const from = findCopySource(text);
	const words = text.split(/\s+/).slice(1);
	const [source = '', destination = '', ...others] = words.filter(word => !word.startsWith('--'));
	const isSimple = words.every(word => !word.startsWith('--') || word.startsWith('--from='));
	if (!isSimple || others.length > 0 || !destination.startsWith('/') || /[*?[$]/.test(source))
		throw unclear(text);
	const held =
		from === null ? Object.keys(files).map(file => `/${file}`) : [...readSource(from, built).paths];
	const place = path.posix.join('/', source).replace(/\/$/, '');
	const inside = held.filter(one => one.startsWith(`${place}/`));
	const folder = destination.replace(/\/$/, '');
	if (inside.length > 0) return inside.map(one => folder + one.slice(place.length));
	if (!held.includes(place)) throw new BuildTrouble('no-file');
	const isFolder = destination.endsWith('/') || [...paths].some(one => one.startsWith(`${destination}/`));
	return [isFolder ? `${folder}/${path.posix.basename(place)}` : destination];
};

const readSource = (name: string, built: Map<string, StageFiles>): StageFiles => {
	const stage = [...built].find(([known]) => known.toLowerCase() === name.toLowerCase());
	return stage ? stage[1] : readImage(name);
};

/** Applies a `RUN` that prints or concatenates into a file, as those of the items do. */
const runCommand = (text: string, {paths, hasShell}: StageFiles): void => {
	if (!hasShell) throw new BuildTrouble('no-shell');
	const [, program, words = '', target] = /^RUN (echo|cat) ([^>|&;$`]*) > (\/[\w./-]+)$/i.exec(text) ?? [];
	if (target === undefined) throw unclear(text);
	const missing =
		program === 'cat' &&
		words
			.trim()
			.split(/\s+/)
			.some(word => !paths.has(word));
	// The folder must exist, too.
	const folder = target.slice(0, target.lastIndexOf('/') + 1);
	if (missing || (folder !== '/' && ![...paths].some(one => one.startsWith(folder))))
		throw new BuildTrouble('command-failed');
	paths.add(target);
};

type Built = {graph: StageGraph; files: Record<string, string>};

/**
 * The line of the first instruction that a build can't take from the cache that the build before it has filled; null if
 * it takes all from there. `before`: null if the cache is empty.
 */
export const findFirstRun = ({graph, files}: Built, before: Built | null): number | null => {
	const stages = graph.stages.filter(({name}) => graph.reachable.includes(name));
	const all = stages
		.flatMap(({instructions}) => instructions)
		.filter(({keyword}) => !withoutFiles.has(keyword));
	if (!before) return all[0]?.line ?? null;
	const known = new Set(before.graph.stages.flatMap(one => one.instructions.map(({text}) => text)));
	const changed = Object.keys(files).filter(file => files[file] !== before.files[file]);
	return all.find(one => !known.has(one.text) || changed.some(file => isCopied(file, one)))?.line ?? null;
};

/** Whether an instruction copies a file of the context. */
const isCopied = (file: string, {keyword, text}: PlannedInstruction): boolean => {
	if (keyword !== 'COPY' || findCopySource(text) !== null) return false;
	const source = (text.split(/\s+/)[1] ?? '').replace(/^\.\/|\/$/g, '');
	return source === '.' || source === file || file.startsWith(`${source}/`);
};
