import {messages} from '../messages/index.js';
import {failed, findRun, passed, selectFacts, unknown} from './facts.js';
import type {EngineFact, Fact, RunFact, Verdict} from './model.js';
import {type CheckDeclaration, findKind} from './registry.js';

/**
 * Judges the checks of a step in order, and returns the first verdict that is not `passed`. If all pass, returns the
 * port chain's, which has evidence to show, or else the last one; its reason is what the checks say, if any says
 * something.
 */
export const judgeChecks = (checks: CheckDeclaration[], facts: Fact[]): Verdict => {
	const verdicts: Verdict[] = [];
	for (const check of checks) {
		const verdict = judgeCheck(check, facts);
		if (verdict.verdict !== 'passed') return verdict;
		verdicts.push(verdict);
	}
	const verdict =
		verdicts.find(({evidence}) => evidence) ?? verdicts.at(-1) ?? passed(messages.checks.nothingToCheck);
	const said = checks.flatMap(({says}) => says ?? []).join(' ');
	return said === '' ? verdict : {...verdict, reason: said};
};

const judgeCheck = (check: CheckDeclaration, facts: Fact[]): Verdict => {
	const kind = findKind(check);
	const [unavailable] = selectFacts(facts, 'engine-gone');
	const [engine] = selectFacts(facts, 'engine');
	const judge = (): Verdict => {
		const judged = kind.judge(check, facts);
		return typeof judged === 'string' ? failed(check.finding, judged, check.hint) : judged;
	};
	if (kind.subject === 'engine') {
		const [unclear] = selectFacts(facts, 'unclear');
		if (unavailable) return engineUnavailable(unavailable.reason);
		const verdict = unclear ? unknown('unclear', unclear.reason, messages.checks.unclearNext) : judge();
		return engine?.isSimulated
			? {...verdict, reason: messages.checks.judgedByReading(verdict.reason)}
			: verdict;
	}
	const verdict = judge();
	const run = findRun(facts);
	// A command also fails if the engine goes away while it runs.
	if (kind.subject !== 'run' || verdict.verdict !== 'failed' || !run || run.exitCode === 0) return verdict;
	if (unavailable) return engineUnavailable(unavailable.reason);
	return (engine && judgeUnreachable(run, engine)) ?? verdict;
};

const engineUnavailable = (reason: string): Verdict =>
	unknown('engine-gone', reason, messages.checks.engineGoneNext);

/**
 * Returns the verdict on a curl request that did not reach the engine's published ports, unless these are certainly on
 * this machine; null for any other failure. curl's codes: 6 unknown host, 7 no connection, 28 timeout.
 */
const judgeUnreachable = (
	{stderr}: Pick<RunFact, 'stderr'>,
	{local, address, inContainer}: EngineFact,
): Verdict | null => {
	const words = /^curl: \((?:6|7|28)\) (.+)$/m.exec(stderr)?.[1]?.trim().replace(/\.$/, '');
	if (local || words === undefined) return null;
	const {fromContainer, remote} = messages.checks.unreachable;
	const {reason, next} = inContainer ? fromContainer(words) : remote(address, words);
	return unknown('unreachable-host', reason, next);
};
