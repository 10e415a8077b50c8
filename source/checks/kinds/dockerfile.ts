import * as v from 'valibot';
import {parseStageGraph} from '../../stages/dockerfile/parse-dockerfile.js';
import {passed, selectFacts} from '../facts.js';
import {innerPath, names} from '../fields.js';
import {defineKind, words} from '../kind.js';

/** A Dockerfile of the lab folder has stages of these names, and a plain build does not need some of them. */
export const dockerfile = defineKind({
	schema: v.strictObject({
		check: v.literal('dockerfile'),
		path: innerPath,
		/** Stages that must be there. */
		stages: v.exactOptional(names),
		/** Stages that a build without a target must not need. */
		unneeded: v.exactOptional(names),
		...words,
	}),
	subject: 'lab',
	readLab({path}, read) {
		const {stages, reachable} = parseStageGraph(read(path));
		return [{fact: 'dockerfile', path, stages: stages.map(({name}) => name), needed: reachable}];
	},
	judge({path, stages = [], unneeded = []}, facts) {
		const found = selectFacts(facts, 'dockerfile').find(fact => fact.path === path);
		if (!found || found.stages.length === 0) return `${path} is missing, or no builder can understand it.`;
		const absent = [...stages, ...unneeded].find(name => !found.stages.includes(name));
		if (absent !== undefined) return `${path} has no stage ${absent}.`;
		const needed = unneeded.find(name => found.needed.includes(name));
		if (needed === undefined) return passed(`${path} has the stages it should have.`);
		const why = needed === found.stages.at(-1) ? 'it is the last stage' : 'a stage that is built needs it';
		return `A plain build of ${path} needs the stage ${needed}: ${why}.`;
	},
});
