import {selectPlan} from '../../session/select/select.js';
import type {Binding} from './keymap.js';

/** Stages that have a digit of their own. */
export const mostPredicted = 9;

/** A digit for each stage that may be predicted; the footer names them all at once. */
export const predictBindings: Binding[] = Array.from({length: mostPredicted}, (_, index) => ({
	keys: [String(index + 1)],
	help: 'before a build: which stages will run? ticks the first, the second, …',
	layers: ['screen'],
	label: () => (index === 0 ? 'predict' : null),
	shown: [`1-${mostPredicted}`],
	priority: 5,
	intent: {intent: 'predict-stage', place: index + 1},
	when: state => (selectPlan(state)?.graph.stages.length ?? 0) > index,
}));
