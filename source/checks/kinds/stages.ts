import * as v from 'valibot';
import {messages} from '../../messages/index.js';
import {nameBuilder, nameBuilderAsSubject} from '../../stages/model.js';
import {findRun, passed, unreportedStage} from '../facts.js';
import {names} from '../fields.js';
import {defineKind, words} from '../kind.js';
import type {RunFact, Verdict} from '../model.js';

/** The stages of the step's build ended as expected, and ran at the same time where that is asked for. */
export const stages = defineKind({
	schema: v.strictObject({
		check: v.literal('stages'),
		/** The builder that must have built. */
		builder: v.exactOptional(v.picklist(['legacy', 'buildkit'])),
		/** Stages that must be `done` or `cached`. */
		done: v.exactOptional(names),
		skipped: v.exactOptional(names),
		/** Stages that must have come from the cache as a whole. */
		cached: v.exactOptional(names),
		/** Stages that must have run at the same time for at least so many seconds. */
		overlap: v.exactOptional(v.strictObject({stages: names, seconds: v.number()})),
		...words,
	}),
	subject: 'run',
	judge({builder, done = [], skipped = [], cached = [], overlap}, facts) {
		const run = findRun(facts);
		if (!run) return 'The build of this step has not run yet.';
		if (builder && run.builder !== null && run.builder !== builder && !mayLeaveOut(run))
			return `${nameBuilderAsSubject(run.builder)} built this, and this step is about ${nameBuilder(builder)}.`;
		const leftOut: string[] = [];
		for (const {name, statuses} of [
			...done.map(name => ({name, statuses: ['done', 'cached']})),
			...skipped.map(name => ({name, statuses: ['skipped']})),
			...cached.map(name => ({name, statuses: ['cached']})),
		]) {
			const stage = run.stages.find(one => one.name === name);
			if (!stage) return `The build has no stage ${name}.`;
			if (stage.status === 'unknown') return unreportedStage(name);
			if (statuses.includes(stage.status)) continue;
			if (!mayLeaveOut(run) || stage.status !== 'skipped')
				return `The stage ${name} is ${stage.status} instead of ${statuses[0]}.`;
			leftOut.push(name);
		}
		if (overlap) return judgeOverlap(overlap, run.stages);
		if (leftOut.length > 0) return passed(describeLeftOut(leftOut));
		if (builder && done.length + skipped.length + cached.length === 0)
			return passed(`${nameBuilderAsSubject(run.builder ?? builder)} built this.`);
		return passed(describeStages(done, skipped, cached));
	},
	lint({done = [], skipped = [], cached = []}, {isChallenge, dockerfile, read, readStages}) {
		if (isChallenge) return null;
		if (dockerfile === null) return {message: 'looks at stages, and this step builds none', keys: ['check']};
		const text = read(dockerfile);
		const known = text === null ? null : readStages(text);
		if (!known) return null;
		for (const [key, list] of Object.entries({done, skipped, cached})) {
			const index = list.findIndex(name => !known.includes(name.toLowerCase()));
			if (index >= 0)
				return {message: `\`${dockerfile}\` has no stage \`${list[index]}\``, keys: [key, index]};
		}
		return null;
	},
});

/** Podman has neither of Docker's builders: where nothing is asked of the learner, that is no failure. */
const mayLeaveOut = ({builder, exitCode, isProof}: RunFact): boolean =>
	builder === 'buildah' && exitCode === 0 && !isProof;

const describeLeftOut = (left: string[]): string =>
	`Podman’s Buildah built the image and left out ${messages.text.list(left)}, which nothing needs; Docker’s legacy builder builds every stage, as the recording shows: \`multistage-workshop --replay\`.`;

/** The same words for stages that came from the cache: how often something was built is no part of a verdict. */
const describeStages = (done: string[], skipped: string[], cached: string[]): string => {
	const parts = [
		...(done.length > 0 ? [`went through ${messages.text.list(done)}`] : []),
		...(skipped.length > 0 ? [`skipped ${messages.text.list(skipped)}`] : []),
		...(cached.length > 0 ? [`took ${messages.text.list(cached)} from the cache`] : []),
	];
	return `The build ${parts.join(' and ') || 'has run'}.`;
};

const judgeOverlap = (
	{stages: wanted, seconds}: {stages: string[]; seconds: number},
	built: RunFact['stages'],
): Verdict | string => {
	const spans: Array<{began: number; ended: number}> = [];
	for (const name of wanted) {
		const stage = built.find(one => one.name === name);
		if (!stage) return `The build has no stage ${name}.`;
		const {status, began, ended} = stage;
		if (status === 'cached') return `The stage ${name} was taken from the cache, so its time says nothing.`;
		if (status === 'unknown') return unreportedStage(name);
		if (began === null || ended === null) return `The stage ${name} did not run.`;
		spans.push({began, ended});
	}
	const shared = Math.min(...spans.map(({ended}) => ended)) - Math.max(...spans.map(({began}) => began));
	return shared >= seconds
		? passed(`The stages ${messages.text.list(wanted)} ran at the same time for ${shared.toFixed(1)} s.`)
		: `The stages ${messages.text.list(wanted)} did not run at the same time.`;
};
