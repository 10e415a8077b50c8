import * as v from 'valibot';
import {messages} from '../../messages/index.js';
import {findDockerfileProblems} from '../../stages/dockerfile/lint-dockerfile.js';
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
		const text = read(path);
		const {stages, reachable} = parseStageGraph(text);
		const [problem = null] = text === null ? [] : findDockerfileProblems(text);
		return [
			{
				fact: 'dockerfile',
				path,
				stages: stages.map(({name}) => name),
				needed: reachable,
				named: stages.flatMap(({name, alias}) => (alias === null ? [] : [name])),
				problem: problem && {line: problem.line, message: problem.message},
			},
		];
	},
	judge({path, stages = [], needed = [], unneeded = []}, facts) {
		const found = selectFacts(facts, 'dockerfile').find(fact => fact.path === path);
		const say = messages.checks.dockerfile;
		if (!found || found.stages.length === 0)
			return found?.problem
				? say.mistake(path, found.problem.line, found.problem.message)
				: say.unreadable(path);
		const last = found.stages.at(-1);
		const absent = [...stages, ...needed, ...unneeded].find(name => !found.stages.includes(name));
		if (absent !== undefined)
			return found.problem
				? say.noStageAndMistake(path, absent, found.problem.line, found.problem.message)
				: `${say.noStage(path, absent)} ${say.stagesThere(found.named, found.stages.length)}`;
		const unused = needed.find(name => name === last || !found.needed.includes(name));
		if (unused !== undefined) return unused === last ? say.isLast(path, unused) : say.unused(path, unused);
		const used = unneeded.find(name => found.needed.includes(name));
		if (used === undefined) return passed(say.asExpected(path));
		return used === last ? say.neededAsLast(path, used) : say.neededByOther(path, used);
	},
});
