import {parseStageGraph} from '../../stages/dockerfile/parse-dockerfile.js';
import type {Stage, StageGraph} from '../../stages/model.js';
import {createStageTracker} from '../../stages/tracker/stage-tracker.js';
import type {LabFolder} from '../ports.js';
import {type BuildSource, createBuildOptions} from './build-plan.js';

/** What a build will do, as far as its Dockerfile shows before anything runs. */
export type DockerfilePlan = {
	/** Relative to the lab folder. */
	dockerfile: string;
	/** Null when there is no such file, or when it comes from elsewhere. */
	text: string | null;
	/** Without stages when the Dockerfile can't be understood: the builder will say why. */
	graph: StageGraph;
	/** The stages as they wait, in Dockerfile order. */
	waiting: Stage[];
};

/**
 * Reads a Dockerfile of the learner's, or the shipped one as long as there is none. `environment`: where the build runs.
 */
export const readDockerfilePlan = (
	source: BuildSource,
	lab: Pick<LabFolder, 'read' | 'readShipped'>,
	options: {environment: Record<string, string>; enginePlatform?: string | undefined},
): DockerfilePlan => {
	const read = (file: string): string | null => lab.read(file) ?? lab.readShipped(file);
	const names = source.dockerfile === null ? [] : [source.dockerfile];
	if (source.isUsualFile) names.push(...names.map(file => file.replace(/Dockerfile$/, 'dockerfile')));
	const dockerfile = names.find(file => read(file) !== null) ?? names[0];
	const text = dockerfile === undefined ? null : read(dockerfile);
	const graph = parseStageGraph(text, createBuildOptions(source, options));
	return {
		dockerfile: dockerfile ?? 'Dockerfile',
		text,
		graph,
		waiting: createStageTracker(graph, 'rawjson').snapshot().stages,
	};
};
