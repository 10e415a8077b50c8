import {nameBuilder, nameBuilderAsSubject} from '../../stages/model.js';
import {formatList} from '../../text/wording.js';
import {failed, findRun, passed, unreportedStage} from '../facts.js';
import type {CheckDeclaration, Fact, RunFact, Verdict} from '../model.js';

type StagesCheck = Extract<CheckDeclaration, {check: 'stages'}>;
type RunStage = RunFact['stages'][number];

/** The stages of the step's build ended as expected, and ran at the same time where that is asked for. */
export const checkStages = (check: StagesCheck, facts: Fact[]): Verdict => {
	const {builder, done = [], skipped = [], cached = [], overlap, finding, hint} = check;
	const run = findRun(facts);
	if (!run) return failed(finding, 'The build of this step has not run yet.', hint);
	if (builder && run.builder !== null && run.builder !== builder && !mayLeaveOut(run))
		return failed(
			finding,
			`${nameBuilderAsSubject(run.builder)} built this, and this step is about ${nameBuilder(builder)}.`,
			hint,
		);
	const expectations = [
		...done.map(name => ({name, statuses: ['done', 'cached']})),
		...skipped.map(name => ({name, statuses: ['skipped']})),
		...cached.map(name => ({name, statuses: ['cached']})),
	];
	const left: string[] = [];
	for (const {name, statuses} of expectations) {
		const stage = run.stages.find(one => one.name === name);
		if (!stage) return failed(finding, `The build has no stage ${name}.`, hint);
		if (stage.status === 'unknown') return unreportedStage(name);
		if (statuses.includes(stage.status)) continue;
		if (!mayLeaveOut(run) || stage.status !== 'skipped') {
			return failed(finding, `The stage ${name} is ${stage.status} instead of ${statuses[0]}.`, hint);
		}
		left.push(name);
	}
	if (overlap) return judgeOverlap(check, overlap, run.stages);
	if (left.length > 0) return passed(describeLeftOut(left));
	if (builder && done.length + skipped.length + cached.length === 0)
		return passed(`${nameBuilderAsSubject(run.builder ?? builder)} built this.`);
	return passed(describeStages(done, skipped, cached));
};

/** Podman has neither of Docker's builders: where nothing is asked of the learner, that is no failure. */
const mayLeaveOut = ({builder, exitCode, isProof}: RunFact): boolean =>
	builder === 'buildah' && exitCode === 0 && !isProof;

const describeLeftOut = (names: string[]): string =>
	`Podman’s Buildah built the image and left out ${formatList(names)}, which nothing needs; Docker’s legacy builder builds every stage, as the recording shows: \`multistage-workshop --replay\`.`;

/** The same words for stages that came from the cache: how often something was built is no part of a verdict. */
const describeStages = (done: string[], skipped: string[], cached: string[]): string => {
	const parts = [
		...(done.length > 0 ? [`went through ${formatList(done)}`] : []),
		...(skipped.length > 0 ? [`skipped ${formatList(skipped)}`] : []),
		...(cached.length > 0 ? [`took ${formatList(cached)} from the cache`] : []),
	];
	return `The build ${parts.join(' and ') || 'has run'}.`;
};

const judgeOverlap = (
	{finding, hint}: StagesCheck,
	{stages: names, seconds}: {stages: string[]; seconds: number},
	stages: RunStage[],
): Verdict => {
	const spans: Array<{began: number; ended: number}> = [];
	for (const name of names) {
		const stage = stages.find(one => one.name === name);
		if (!stage) return failed(finding, `The build has no stage ${name}.`, hint);
		if (stage.status === 'cached') {
			return failed(finding, `The stage ${name} was taken from the cache, so its time says nothing.`, hint);
		}
		if (stage.status === 'unknown') return unreportedStage(name);
		if (stage.began === null || stage.ended === null) {
			return failed(finding, `The stage ${name} did not run.`, hint);
		}
		spans.push({began: stage.began, ended: stage.ended});
	}
	const shared = Math.min(...spans.map(({ended}) => ended)) - Math.max(...spans.map(({began}) => began));
	return shared >= seconds
		? passed(`The stages ${formatList(names)} ran at the same time for ${shared.toFixed(1)} s.`)
		: failed(finding, `The stages ${formatList(names)} did not run at the same time.`, hint);
};
