import type {Step} from '../workshop/model.js';
import type {RunView} from './state.js';

/** The view of a run before anything happened. Run ids begin with the time, so that they sort by age. */
export const emptyView = (step: Step, commandLine: string, isTyped = false): RunView => {
	const now = new Date();
	return {
		runId: `${now.toISOString().replaceAll(/[:.]/g, '-')}-${step.id}`,
		stepId: step.id,
		commandLine,
		isTyped,
		hadTerminal: false,
		source: null,
		builder: null,
		phase: 'running',
		startedAt: now.getTime(),
		outcome: null,
		build: null,
		output: {lines: [], lineCount: 0},
		verdict: null,
		comparison: null,
	};
};
