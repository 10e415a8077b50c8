import * as v from 'valibot';
import {messages} from '../../messages/index.js';
import {parseStageGraph} from '../../stages/dockerfile/parse-dockerfile.js';
import {passed, selectFacts} from '../facts.js';
import {innerPath, names} from '../fields.js';
import {defineKind, words} from '../kind.js';

/**
 * Passes if a Dockerfile of the lab folder has these stages, its last stage uses all of `needed`, and a build without a
 * target needs none of `unneeded`.
 */
export const dockerfile = defineKind({
	schema: v.strictObject({
		check: v.literal('dockerfile'),
		path: innerPath,
		/** Stages that must exist. */
		stages: v.exactOptional(names),
		/** Stages that must exist, and that another stage, the last one, must use directly or indirectly. */
		needed: v.exactOptional(names),
		/** Stages that must exist, but that a build without a target must not need. */
		unneeded: v.exactOptional(names),
		...words,
	}),
	subject: 'lab',
	readLab({path}, read) {
		const {stages, reachable} = parseStageGraph(read(path));
		return [{fact: 'dockerfile', path, stages: stages.map(({name}) => name), needed: reachable}];
	},
	judge({path, stages = [], needed = [], unneeded = []}, facts) {
		const found = selectFacts(facts, 'dockerfile').find(fact => fact.path === path);
		if (!found || found.stages.length === 0) return messages.checks.dockerfile.unreadable(path);
		const say = messages.checks.dockerfile;
		const last = found.stages.at(-1);
		const absent = [...stages, ...needed, ...unneeded].find(name => !found.stages.includes(name));
		if (absent !== undefined) return say.noStage(path, absent);
		const unused = needed.find(name => name === last || !found.needed.includes(name));
		if (unused !== undefined) return unused === last ? say.isLast(path, unused) : say.unused(path, unused);
		const used = unneeded.find(name => found.needed.includes(name));
		if (used === undefined) return passed(say.asExpected(path));
		return used === last ? say.neededAsLast(path, used) : say.neededByOther(path, used);
	},
});
