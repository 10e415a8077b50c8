import type {Step, Workshop} from '../../workshop/model.js';
import {planRun} from '../perform/plan-run.js';

/**
 * Tells which files of the lab folder a step is about: those that its checks name, and those in the folders of the
 * Dockerfiles that it builds, or that the steps build which it needs.
 */
export const filesOf = (step: Step, workshop: Workshop): ((file: string) => boolean) => {
	const steps = needed(step, workshop);
	const named = new Set(
		steps.flatMap(({checks}) => checks.flatMap(check => (check.check === 'file' ? [check.path] : []))),
	);
	const folders = steps.flatMap(({command}) => {
		const dockerfile = command && planRun(command, 'buildkit', {version: '', buildx: null}).build?.dockerfile;
		return dockerfile ? [dockerfile.slice(0, dockerfile.lastIndexOf('/') + 1)] : [];
	});
	return file => named.has(file) || folders.some(folder => file.startsWith(folder));
};

/** The step, and all that it needs, directly or not. */
const needed = (step: Step, {chapters}: Workshop): Step[] => {
	const all = new Map(chapters.flatMap(({steps}) => steps).map(one => [one.id, one]));
	const found = new Set<Step>();
	const take = (one: Step | undefined): void => {
		if (!one || found.has(one)) return;
		found.add(one);
		for (const id of one.needs) take(all.get(id));
	};
	take(step);
	return [...found];
};
