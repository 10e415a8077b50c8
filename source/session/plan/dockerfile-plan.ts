import {parseStageGraph} from '../../stages/dockerfile/parse-dockerfile.js';
import type {Stage, StageGraph} from '../../stages/model.js';
import {createStageTracker} from '../../stages/tracker/stage-tracker.js';
import type {LabFolder} from '../ports.js';
import {type BuildSource, createBuildOptions} from './build-plan.js';

/** What a build will do, according to its Dockerfile. */
export type DockerfilePlan = {
	/** Relative to the lab folder. */
	dockerfile: string;
	/** Null if there is no such file, or if it comes from elsewhere. */
	text: string | null;
	/** Has no stages if the Dockerfile is invalid: the builder will say why. */
	graph: StageGraph;
	/** The stages before the build starts, in Dockerfile order. */
	waiting: Stage[];
};

/** Reads the learner's Dockerfile, or the shipped one if theirs is missing. `environment`: of the build command. */
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
