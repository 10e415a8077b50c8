import * as v from 'valibot';
import {messages} from '../../messages/index.js';
import {didYouMeanClause} from '../../text/wording.js';
import {findRun, passed, unreportedStage} from '../facts.js';
import {names, sentence} from '../fields.js';
import {defineKind, words} from '../kind.js';
import {findMismatch, textFields} from '../text.js';

/**
 * Passes if the build took some instructions from the cache and rebuilt others, and if these printed what they should. A
 * piece of its text identifies each.
 */
export const instructions = defineKind({
	schema: v.strictObject({
		check: v.literal('instructions'),
		/** The stage to look at; all that were not skipped if left out. */
		stage: v.exactOptional(sentence),
		/** Instructions that were rebuilt or came from the cache. */
		built: v.exactOptional(names),
		cached: v.exactOptional(names),
		anew: v.exactOptional(names),
		/** What they must have printed, whichever builder ran them. */
		printed: v.exactOptional(v.strictObject(textFields)),
		...words,
	}),
	subject: 'run',
	judge({stage, built = [], cached = [], anew = [], printed}, facts) {
		const run = findRun(facts);
		if (!run) return messages.checks.buildNotRun;
		const stages = run.stages.filter(({name, status}) =>
			stage === undefined ? status !== 'skipped' : name === stage,
		);
		const unreported = stages.find(({status}) => status === 'unknown');
		if (unreported) return unreportedStage(unreported.name);
		const all = stages.flatMap(one => one.instructions ?? []);
		for (const {piece, statuses, expected} of [
			...built.map(piece => ({piece, statuses: ['cached', 'done'], expected: 'built' as const})),
			...cached.map(piece => ({piece, statuses: ['cached'], expected: 'cached' as const})),
			...anew.map(piece => ({piece, statuses: ['done'], expected: 'anew' as const})),
		]) {
			const matching = all.filter(({text}) => text.includes(piece));
			if (matching.length === 0)
				return stage === undefined
					? messages.checks.instructions.missing(piece)
					: messages.checks.instructions.missingInStage(piece, stage);
			const other = matching.find(({status}) => !statuses.includes(status));
			if (other) return messages.checks.instructions.wrong(piece, expected, other.status);
		}
		if (!printed) return passed(messages.checks.instructions.asExpected({cached, anew}));
		const text = stages.flatMap(({tail = []}) => tail).join('\n');
		const {output, printedAsExpected} = messages.checks.instructions;
		return findMismatch(text, printed, output(stage)) ?? passed(printedAsExpected);
	},
	lint({stage, built = [], cached = [], anew = []}, {isChallenge, dockerfile, read, readStages}) {
		const text = dockerfile === null || isChallenge ? null : read(dockerfile);
		if (dockerfile === null || text === null) return null;
		const known = readStages(text);
		if (stage !== undefined && known && !known.includes(stage.toLowerCase()))
			return {
				message: messages.checks.stages.lint.missing(dockerfile, stage) + didYouMeanClause(stage, known),
				keys: ['stage'],
			};
		// Docker fills in variables in the instructions that it shows, except in these three.
		if (/^\s*(?!(?:RUN|CMD|ENTRYPOINT)\b|#)[A-Z]+\b.*\$/im.test(text)) return null;
		const lines = text.replace(/\\\n\s*/g, '');
		for (const [key, pieces] of Object.entries({built, cached, anew})) {
			const index = pieces.findIndex(piece => !lines.includes(piece));
			const piece = pieces[index];
			if (piece !== undefined)
				return {message: messages.checks.instructions.lint.missing(dockerfile, piece), keys: [key, index]};
		}
		return null;
	},
});
