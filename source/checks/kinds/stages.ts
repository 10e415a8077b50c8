import * as v from 'valibot';
import {messages} from '../../messages/index.js';
import {nameBuilder, nameBuilderAsSubject} from '../../stages/model.js';
import {didYouMeanClause} from '../../text/wording.js';
import {findRun, passed, unreportedStage} from '../facts.js';
import {names} from '../fields.js';
import {defineKind, words} from '../kind.js';
import type {RunFact, Verdict} from '../model.js';

/** Passes if the stages of the step's build ended as expected, and ran at the same time where required. */
export const stages = defineKind({
	schema: v.strictObject({
		check: v.literal('stages'),
		/** The builder that must have run the build. */
		builder: v.exactOptional(v.picklist(['legacy', 'buildkit'])),
		/** Stages that must be `done` or `cached`. */
		done: v.exactOptional(names),
		skipped: v.exactOptional(names),
		/** Stages that must have come entirely from the cache. */
		cached: v.exactOptional(names),
		/** Stages that must have run at the same time for at least this many seconds. */
		overlap: v.exactOptional(v.strictObject({stages: names, seconds: v.number()})),
		...words,
	}),
	subject: 'run',
	judge({builder, done = [], skipped = [], cached = [], overlap}, facts) {
		const run = findRun(facts);
		if (!run) return messages.checks.buildNotRun;
		if (builder && run.builder !== null && run.builder !== builder && !mayLeaveOut(run))
			return messages.checks.stages.builtByOther(nameBuilderAsSubject(run.builder), nameBuilder(builder));
		const leftOut: string[] = [];
		for (const {name, wanted} of [
			...done.map(name => ({name, wanted: 'done' as const})),
			...skipped.map(name => ({name, wanted: 'skipped' as const})),
			...cached.map(name => ({name, wanted: 'cached' as const})),
		]) {
			const stage = run.stages.find(one => one.name === name);
			if (!stage) return messages.checks.stages.missing(name);
			if (stage.status === 'unknown') return unreportedStage(name);
			if (stage.status === wanted || (stage.status === 'cached' && wanted === 'done')) continue;
			if (!mayLeaveOut(run) || stage.status !== 'skipped')
				return messages.checks.stages.wrongStatus(name, stage.status, wanted);
			leftOut.push(name);
		}
		if (overlap) return judgeOverlap(overlap, run.stages);
		if (leftOut.length > 0) return passed(messages.checks.stages.leftOut(leftOut));
		if (builder && done.length + skipped.length + cached.length === 0)
			return passed(messages.checks.stages.builtBy(nameBuilderAsSubject(run.builder ?? builder)));
		return passed(messages.checks.stages.asExpected({done, skipped, cached}));
	},
	lint({done = [], skipped = [], cached = []}, {isChallenge, isBuild, dockerfile, read, readStages}) {
		if (isChallenge) return null;
		if (!isBuild) return {message: messages.checks.stages.lint.noBuild, keys: ['check']};
		if (dockerfile === null) return null;
		const text = read(dockerfile);
		const known = text === null ? null : readStages(text);
		if (!known) return null;
		for (const [key, list] of Object.entries({done, skipped, cached})) {
			for (const [index, name] of list.entries()) {
				if (!known.includes(name.toLowerCase()))
					return {
						message: messages.checks.stages.lint.missing(dockerfile, name) + didYouMeanClause(name, known),
						keys: [key, index],
					};
			}
		}
		return null;
	},
});

/** Whether another builder and skipped stages pass: with Podman, which lacks Docker's builders, outside challenges. */
const mayLeaveOut = ({builder, exitCode, isProof}: RunFact): boolean =>
	builder === 'buildah' && exitCode === 0 && !isProof;

const judgeOverlap = (
	{stages: wanted, seconds}: {stages: string[]; seconds: number},
	built: RunFact['stages'],
): Verdict | string => {
	const spans: Array<{began: number; ended: number}> = [];
	for (const name of wanted) {
		const stage = built.find(one => one.name === name);
		if (!stage) return messages.checks.stages.missing(name);
		const {status, began, ended} = stage;
		if (status === 'cached') return messages.checks.stages.cachedTime(name);
		if (status === 'unknown') return unreportedStage(name);
		if (began === null || ended === null) return messages.checks.stages.notRun(name);
		spans.push({began, ended});
	}
	const shared = Math.min(...spans.map(({ended}) => ended)) - Math.max(...spans.map(({began}) => began));
	return shared >= seconds
		? passed(messages.checks.stages.overlapped(wanted, shared))
		: messages.checks.stages.notOverlapped(wanted);
};
