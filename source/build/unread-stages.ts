import type {PlannedStage} from './model.js';
import {createStageState, type Entry, entryAt, type StageState} from './stage-state.js';
import type {VertexName} from './vertex-name.js';

/**
 * Finds the stages of a Dockerfile that can't be read here, as it comes from a pipe or an address: a stage is there once
 * the builder speaks of it. New ones are added to `stages`.
 */
export const createStageFinder = (stages: StageState[]) => {
	const byName = new Map<string, StageState>();
	let current: StageState | null = null;
	const stageOf = (name: string): StageState => {
		const known = byName.get(name);
		if (known) return known;
		const stage = createStageState(newStage(name, stages.length));
		stages.push(stage);
		byName.set(name, stage);
		return stage;
	};
	return {
		/** `vertex`: one of BuildKit's, null for none that is about an instruction; `step`: one of the legacy builder's. */
		find(vertex: VertexName | null, step: string | null): {stage: StageState; entry: Entry} | null {
			if (step !== null) {
				const from = /^FROM\s+(?:--\S+\s+)*\S+(?:\s+as\s+(\S+))?/i.exec(step);
				if (from) current = stageOf(from[1] ?? `stage-${stages.length}`);
				return current && {stage: current, entry: entryAt(current, placeOf(step, null, 0))};
			}
			if (!vertex) return null;
			const stage = stageOf(vertex.label ?? 'final');
			return {stage, entry: entryAt(stage, placeOf(vertex.text, vertex.platform, vertex.number))};
		},
	};
};

const placeOf = (text: string, platform: string | null, number: number) => ({
	text,
	platform,
	number,
	position: /^FROM\b/i.test(text) ? ('from' as const) : null,
});

const newStage = (name: string, index: number): PlannedStage => ({
	name,
	alias: name.toLowerCase(),
	index,
	needs: [],
	image: null,
	replacedBy: null,
	triggers: [],
	instructions: [],
	line: 0,
	endLine: 0,
});
