import {failed, passed, selectFacts} from '../facts.js';
import type {CheckDeclaration, Fact, Verdict} from '../model.js';

/** A Dockerfile of the lab folder has stages of these names, and a plain build does not need some of them. */
export const checkDockerfile = (
	{path, stages = [], unneeded = [], finding, hint}: Extract<CheckDeclaration, {check: 'dockerfile'}>,
	facts: Fact[],
): Verdict => {
	const dockerfile = selectFacts(facts, 'dockerfile').find(fact => fact.path === path);
	if (!dockerfile || dockerfile.stages.length === 0) {
		return failed(finding, `${path} is missing, or no builder can understand it.`, hint);
	}
	const absent = [...stages, ...unneeded].find(name => !dockerfile.stages.includes(name));
	if (absent !== undefined) return failed(finding, `${path} has no stage ${absent}.`, hint);
	const needed = unneeded.find(name => dockerfile.needed.includes(name));
	if (needed !== undefined) {
		const why =
			needed === dockerfile.stages.at(-1) ? 'it is the last stage' : 'a stage that is built needs it';
		return failed(finding, `A plain build of ${path} needs the stage ${needed}: ${why}.`, hint);
	}
	return passed(`${path} has the stages it should have.`);
};
