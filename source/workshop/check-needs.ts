import type {Step} from './model.js';
import type {StepSource} from './parse-chapter.js';
import type {Place} from './problems.js';

type Written = {
	/** In the order in which they are taken. */
	steps: Step[];
	sources: ReadonlyMap<Step, StepSource>;
	/** Ids of steps that can't be read. */
	broken: ReadonlySet<string>;
};

/** Ids that are taken twice, and needs that no step before can meet. */
export const checkNeeds = (
	{steps, sources, broken}: Written,
	report: (step: Step, message: string, place?: Place) => void,
): void => {
	const byId = new Map<string, Step>();
	for (const step of steps) {
		const {id, needs} = step;
		const locate = sources.get(step)?.locate;
		const earlier = byId.get(id);
		if (earlier) {
			report(step, `the step id \`${id}\` is taken at ${earlier.file}:${earlier.line}`, locate?.('id'));
			continue;
		}
		for (const [index, need] of needs.entries()) {
			if (byId.has(need) || broken.has(need)) continue;
			report(step, describeNeed(step, need, steps), locate?.('needs', index));
		}
		byId.set(id, step);
	}
};

const describeNeed = ({id}: Step, need: string, steps: Step[]): string => {
	const needed = steps.find(step => step.id === need);
	if (!needed) return `needs \`${need}\`, and there is no such step`;
	const circle = pathTo(id, needed, steps, new Set());
	if (circle) return `\`needs\` goes in a circle: ${[id, ...circle].join(' → ')}`;
	return `needs \`${need}\`, which comes later`;
};

/** Ids from a step along its needs to another one; null when there is no way. */
const pathTo = (id: string, from: Step, steps: Step[], seen: Set<string>): string[] | null => {
	if (from.id === id) return [id];
	if (seen.has(from.id)) return null;
	seen.add(from.id);
	for (const need of from.needs) {
		const step = steps.find(candidate => candidate.id === need);
		const rest = step && pathTo(id, step, steps, seen);
		if (rest) return [from.id, ...rest];
	}
	return null;
};
