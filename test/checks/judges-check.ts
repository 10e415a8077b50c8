import test, {type ExecutionContext} from 'ava';
import {judgeChecks} from '../../source/checks/judge.js';
import type {Fact} from '../../source/checks/model.js';
import type {CheckDeclaration} from '../../source/checks/registry.js';

/** What a learner who fails the checks of these tests gets. */
export const words = {finding: 'not-so', hint: 'Look again.'};

export const passes = test.macro(
	(t: ExecutionContext, check: CheckDeclaration, facts: Fact[], says: RegExp) => {
		const {verdict, finding, reason} = judgeChecks([check], facts);
		t.is(verdict, 'passed', reason);
		t.is(finding, 'passed');
		t.regex(reason, says);
	},
);

export const fails = test.macro(
	(t: ExecutionContext, check: CheckDeclaration, facts: Fact[], says: RegExp) => {
		const {verdict, finding, reason, next} = judgeChecks([check], facts);
		t.like({verdict, finding, next}, {verdict: 'failed', finding: 'not-so', next: 'Look again.'}, reason);
		t.regex(reason, says);
	},
);
