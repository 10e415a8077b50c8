import * as v from 'valibot';
import {messages} from '../../messages/index.js';
import {findRun, passed, unreportedStage} from '../facts.js';
import {names, sentence} from '../fields.js';
import {defineKind, words} from '../kind.js';

/** The build took some instructions from the cache and built others anew. Each is named by a piece of its text. */
export const instructions = defineKind({
	schema: v.strictObject({
		check: v.literal('instructions'),
		/** Only the instructions of this stage are looked at; left out: those of all. */
		stage: v.exactOptional(sentence),
		/** Built anew or taken from the cache. */
		built: v.exactOptional(names),
		cached: v.exactOptional(names),
		anew: v.exactOptional(names),
		...words,
	}),
	subject: 'run',
	judge({stage, built = [], cached = [], anew = []}, facts) {
		const run = findRun(facts);
		if (!run) return 'The build of this step has not run yet.';
		const stages = run.stages.filter(({name}) => stage === undefined || name === stage);
		const unreported = stages.find(({status}) => status === 'unknown');
		if (unreported) return unreportedStage(unreported.name);
		const all = stages.flatMap(one => one.instructions ?? []);
		for (const {piece, statuses, expected} of [
			...built.map(piece => ({piece, statuses: ['cached', 'done'], expected: 'been built'})),
			...cached.map(piece => ({piece, statuses: ['cached'], expected: 'come from the cache'})),
			...anew.map(piece => ({piece, statuses: ['done'], expected: 'been rebuilt'})),
		]) {
			const matching = all.filter(({text}) => text.includes(piece));
			if (matching.length === 0) {
				const where = stage === undefined ? 'The build' : `The stage ${stage}`;
				return `${where} has no instruction with \`${piece}\`.`;
			}
			const other = matching.find(({status}) => !statuses.includes(status));
			if (other) return `\`${piece}\` should have ${expected}, and ${describeStatus(other.status)}.`;
		}
		return passed(summarize(cached, anew));
	},
});

const describeStatus = (status: string): string => {
	if (status === 'cached') return 'came from the cache';
	return status === 'done' ? 'was rebuilt' : `is ${status}`;
};

const summarize = (cached: string[], anew: string[]): string => {
	const list = (pieces: string[]) => messages.text.list(pieces.map(piece => `\`${piece}\``));
	const parts = [
		...(cached.length > 0 ? [`${list(cached)} came from the cache`] : []),
		...(anew.length > 0 ? [`${list(anew)} ${anew.length === 1 ? 'was' : 'were'} rebuilt`] : []),
	];
	return `${parts.join('; ') || 'The build has run'}.`;
};
