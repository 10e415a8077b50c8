import type {Step} from './model.js';

/** Some steps with all those that they need, in the order of `all`. */
export const withNeeds = (all: Step[], wanted: Step[]): Step[] => {
	const ids = new Set<string>();
	const want = ({id, needs}: Step): void => {
		if (ids.has(id)) return;
		ids.add(id);
		for (const step of all) if (needs.includes(step.id)) want(step);
	};
	for (const step of wanted) want(step);
	return all.filter(({id}) => ids.has(id));
};
