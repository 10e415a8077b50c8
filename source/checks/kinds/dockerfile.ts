import * as v from 'valibot';
import {messages} from '../../messages/index.js';
import {parseStageGraph} from '../../stages/dockerfile/parse-dockerfile.js';
import {passed, selectFacts} from '../facts.js';
import {innerPath, names} from '../fields.js';
import {defineKind, words} from '../kind.js';

/** Passes if a Dockerfile of the lab folder has these stages, and a build without a target needs none of `unneeded`. */
export const dockerfile = defineKind({
	schema: v.strictObject({
		check: v.literal('dockerfile'),
		path: innerPath,
		/** Stages that must exist. */
		stages: v.exactOptional(names),
		/** Stages that must exist, but that a build without a target must not need. */
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
		if (!found || found.stages.length === 0) return messages.checks.dockerfile.unreadable(path);
		const absent = [...stages, ...unneeded].find(name => !found.stages.includes(name));
		if (absent !== undefined) return messages.checks.dockerfile.noStage(path, absent);
		const needed = unneeded.find(name => found.needed.includes(name));
		if (needed === undefined) return passed(messages.checks.dockerfile.asExpected(path));
		return needed === found.stages.at(-1)
			? messages.checks.dockerfile.neededAsLast(path, needed)
			: messages.checks.dockerfile.neededByOther(path, needed);
	},
});
