import {
	type DockerfileScope,
	parseDockerfile,
	readDockerfileScope,
} from '../stages/dockerfile/parse-dockerfile.js';
import type {BuildOptions, StageGraph} from '../stages/model.js';
import {type ContextEntry, type ContextTree, createContextTree} from './context.js';
import {type CacheableStage, planInstructions} from './plan-instructions.js';

/** What decides how a project is built, besides its files. */
export type ProjectTexts = {
	/** The text of the Dockerfile. */
	dockerfile: string;
	/** The text of the `.dockerignore` that counts; empty without one. */
	ignore: string;
};

/** A project as a build reads it. */
export type Project = ProjectTexts & {
	graph: StageGraph;
	scope: DockerfileScope;
	/** The stages that the target needs. */
	stages: CacheableStage[];
	/** The build context, without what is ignored. */
	entries: ContextEntry[];
	tree: ContextTree;
};

/** The options with which a project is built. */
export type ProjectOptions = BuildOptions & {
	buildArgs: ReadonlyMap<string, string>;
	platforms: readonly string[];
};

/** Reads a Dockerfile beside its build context. Throws a `UserError` for one that can't be built. */
export const readProject = (
	texts: ProjectTexts,
	options: ProjectOptions,
	entries: ContextEntry[],
): Project => {
	const {
		buildArgs,
		contexts = new Map(),
		platforms: [platform = ''],
	} = options;
	const graph = parseDockerfile(texts.dockerfile, options);
	const scope = readDockerfileScope(texts.dockerfile, options);
	const stages = planInstructions({text: texts.dockerfile, graph, scope, buildArgs, platform, contexts});
	return {...texts, graph, scope, stages, entries, tree: createContextTree(entries)};
};

/** The stages from a target's base image down to itself: what its image consists of. */
export const listBaseChain = (stages: CacheableStage[], target: string): CacheableStage[] => {
	const stage = stages.find(({name}) => name === target);
	if (!stage) return [];
	return [...(stage.base === null ? [] : listBaseChain(stages, stage.base)), stage];
};
