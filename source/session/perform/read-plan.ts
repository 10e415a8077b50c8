import type {Stage, StageGraph} from '../../build/model.js';
import {readGraph} from '../../build/read-graph.js';
import {createStageTracker} from '../../build/track-stages.js';
import type {LabFolder} from '../ports.js';

/** What a build will build, as far as its Dockerfile tells before anything runs. */
export type Plan = {
	/** Relative to the lab folder. */
	dockerfile: string;
	/** Null when there is no such file, or when it comes from elsewhere. */
	text: string | null;
	/** Without stages when the Dockerfile can't be understood: the builder will say why. */
	graph: StageGraph;
	/** The stages as they wait, in Dockerfile order. */
	waiting: Stage[];
};

/** Reads a Dockerfile of the learner's, or the shipped one as long as there is none. */
export const readPlan = (
	{dockerfile, target}: {dockerfile: string | null; target: string | undefined},
	lab: Pick<LabFolder, 'read' | 'readShipped'>,
): Plan => {
	const text = dockerfile === null ? null : (lab.read(dockerfile) ?? lab.readShipped(dockerfile));
	const graph = readGraph(text, {target});
	return {
		dockerfile: dockerfile ?? 'Dockerfile',
		text,
		graph,
		waiting: createStageTracker(graph, 'rawjson').snapshot().stages,
	};
};
