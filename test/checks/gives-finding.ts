import test, {type ExecutionContext} from 'ava';
import {judgeChecks} from '../../source/checks/judge.js';
import type {ContainerFact, Fact, Verdict} from '../../source/checks/model.js';
import {answer, container, engine, image, now, published} from './sample-facts.js';

/** What the workshop would tell somebody who has not begun. */
export const hint = 'Run whoami on a port of your choice.';

export const judgePortChain = (facts: Fact[]): Verdict =>
	judgeChecks(
		[{check: 'port-chain', image: 'whoami', forbiddenPorts: [80], finding: 'no-chain', hint}],
		facts,
	);

type Expected = Partial<Pick<Verdict, 'verdict' | 'next'>> & {finding: string; says?: string[]};

/** Title, facts, the finding they get, and pieces of what the learner is told. */
export const gives = test.macro(
	(t: ExecutionContext, facts: Fact[], {finding, says = [], verdict, next}: Expected) => {
		const found = judgePortChain(facts);
		t.is(found.finding, finding, found.reason);
		const unknowns = ['waiting', 'unreachable-host', 'engine-gone'];
		t.is(
			found.verdict,
			verdict ?? (finding === 'passed' ? 'passed' : unknowns.includes(finding) ? 'unknown' : 'failed'),
		);
		t.regex(found.reason, /^[^\n]+\.$/);
		for (const text of says) {
			const told = `${found.reason} ${found.next}`;
			t.true(told.includes(text), `${text} is not in: ${told}`);
		}
		if (next !== undefined) t.is(found.next, next);
	},
);

/** The facts of an engine that has a whoami image. */
export const withWhoami = (...facts: Fact[]): Fact[] => [engine(), image('whoami'), ...facts];
/** The same with one container: the sample with these changes. */
export const mine = (change: Partial<ContainerFact>): Fact[] => withWhoami(container(change));
/** Created and started less than a second ago. */
export const young = {createdAt: now - 900, startedAt: now - 800};
/** Published to the port it listens on. */
export const wired = {published: published(8050, 5000)};
/** Published, and whoami answers. */
export const good = {...wired, answers: [answer(8050, 5000)]};
