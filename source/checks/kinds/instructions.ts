import {formatList} from '../../text/wording.js';
import {failed, findRun, passed, unreportedStage} from '../facts.js';
import type {CheckDeclaration, Fact, RunFact, Verdict} from '../model.js';

type BuiltInstruction = NonNullable<RunFact['stages'][number]['instructions']>[number];

/** The build took some instructions from the cache and built others anew. */
export const checkInstructions = (
	{
		stage,
		built = [],
		cached = [],
		anew = [],
		finding,
		hint,
	}: Extract<CheckDeclaration, {check: 'instructions'}>,
	facts: Fact[],
): Verdict => {
	const run = findRun(facts);
	if (!run) return failed(finding, 'The build of this step has not run yet.', hint);
	const stages = run.stages.filter(({name}) => stage === undefined || name === stage);
	const untold = stages.find(({status}) => status === 'unknown');
	if (untold) return unreportedStage(untold.name);
	const seen = stages.flatMap(({instructions}) => instructions ?? []);
	for (const {piece, statuses, words} of [
		...built.map(piece => ({piece, statuses: ['cached', 'done'], words: 'been built'})),
		...cached.map(piece => ({piece, statuses: ['cached'], words: 'come from the cache'})),
		...anew.map(piece => ({piece, statuses: ['done'], words: 'been rebuilt'})),
	]) {
		const matching = seen.filter(({text}) => text.includes(piece));
		if (matching.length === 0) {
			const where = stage === undefined ? 'The build' : `The stage ${stage}`;
			return failed(finding, `${where} has no instruction with \`${piece}\`.`, hint);
		}
		const other = matching.find(({status}) => !statuses.includes(status));
		if (other) {
			return failed(finding, `\`${piece}\` should have ${words}, and ${describeStatus(other)}.`, hint);
		}
	}
	return passed(summarise(cached, anew));
};

const describeStatus = ({status}: BuiltInstruction): string => {
	if (status === 'cached') return 'came from the cache';
	return status === 'done' ? 'was rebuilt' : `is ${status}`;
};

const summarise = (cached: string[], anew: string[]): string => {
	const list = (pieces: string[]) => formatList(pieces.map(piece => `\`${piece}\``));
	const parts = [
		...(cached.length > 0 ? [`${list(cached)} came from the cache`] : []),
		...(anew.length > 0 ? [`${list(anew)} ${anew.length === 1 ? 'was' : 'were'} rebuilt`] : []),
	];
	return `${parts.join('; ') || 'The build has run'}.`;
};
