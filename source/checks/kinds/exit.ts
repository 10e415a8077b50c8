import * as v from 'valibot';
import {messages} from '../../messages/index.js';
import {findRun, passed} from '../facts.js';
import {integer} from '../fields.js';
import {defineKind, words} from '../kind.js';

const anyFailure = 'nonzero';

/** Passes if the step's command ended with the expected exit code, or with any that tells of a failure. */
export const exit = defineKind({
	schema: v.strictObject({
		check: v.literal('exit'),
		is: v.union([integer, v.literal(anyFailure)], () => messages.checks.exit.neither(anyFailure)),
		...words,
	}),
	subject: 'run',
	judge({is}, facts) {
		const run = findRun(facts);
		if (!run) return messages.checks.commandNotRun;
		if (run.exitCode === null) return messages.checks.exit.notFinished;
		if (is === anyFailure)
			return run.exitCode === 0
				? messages.checks.exit.succeeded
				: passed(messages.checks.exit.asExpected(run.exitCode));
		if (run.exitCode === is) return passed(messages.checks.exit.asExpected(is));
		const {stage = null, line = null} = run.failure ?? {};
		const {wrong, wrongInStage, wrongAtLine, wrongInStageAtLine} = messages.checks.exit;
		if (stage === null) return line === null ? wrong(run.exitCode, is) : wrongAtLine(run.exitCode, is, line);
		return line === null
			? wrongInStage(run.exitCode, is, stage)
			: wrongInStageAtLine(run.exitCode, is, stage, line);
	},
});
