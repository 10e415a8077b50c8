import type {PlannedStage, StageGraph} from '../model.js';

/** The name of a stage in a build of several targets. */
const nameIn = (target: string, stage: string): string => `${target}/${stage}`;

/**
 * Joins the graphs of the targets that one command builds: a single one stays as it is; of several, each stage is called
 * `target/stage`.
 */
export const joinTargets = (targets: Array<{name: string; graph: StageGraph}>): StageGraph => {
	const [only, ...others] = targets;
	if (only && others.length === 0) return {...only.graph, parts: [{...only, at: 0}]};
	const stages: PlannedStage[] = [];
	const parts = targets.map(({name, graph}) => {
		const at = stages.length;
		for (const stage of graph.stages)
			stages.push({
				...stage,
				name: nameIn(name, stage.name),
				index: at + stage.index,
				needs: stage.needs.map(need => nameIn(name, need)),
			});
		return {name, graph, at};
	});
	return {
		stages,
		target: targets.map(({name}) => name).join(', '),
		results: targets.map(({name, graph}) => nameIn(name, graph.target)),
		reachable: targets.flatMap(({name, graph}) => graph.reachable.map(stage => nameIn(name, stage))),
		parts,
	};
};
