import {selectSteps} from '../../session/select/select.js';
import type {SessionState} from '../../session/state.js';

/** How many hints were revealed, in words; solutions are no hints. */
export const hintsUsed = (state: SessionState): string => {
	const steps = selectSteps(state);
	const count = steps.reduce(
		(sum, {id, hints}) =>
			sum + Math.min(state.hints[id] ?? 0, hints.length) + (state.hintsFor[id]?.length ?? 0),
		0,
	);
	const solutions = steps.filter(({id, hints}) => (state.hints[id] ?? 0) > hints.length).length;
	const words = count === 0 ? 'no hint used' : `${count} ${count === 1 ? 'hint' : 'hints'} used`;
	return solutions === 0
		? words
		: `${words}, ${solutions} ${solutions === 1 ? 'solution' : 'solutions'} shown`;
};
