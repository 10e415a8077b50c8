import {messages} from '../messages/index.js';
import {failed, findRun, passed, selectFacts, unknown} from './facts.js';
import type {EngineFact, Fact, RunFact, Verdict} from './model.js';
import {type CheckDeclaration, findKind} from './registry.js';

/**
 * Judges all checks of a step, in order: the first that fails or can't be judged gives the verdict. When all pass,
 * it is the last one's, or that of the port chain, which has evidence to show.
 */
export const judgeChecks = (checks: CheckDeclaration[], facts: Fact[]): Verdict => {
	const verdicts: Verdict[] = [];
	for (const check of checks) {
		const verdict = judgeCheck(check, facts);
		if (verdict.verdict !== 'passed') return verdict;
		verdicts.push(verdict);
	}
	return verdicts.find(({evidence}) => evidence) ?? verdicts.at(-1) ?? passed(messages.checks.nothingToCheck);
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
	// A command fails, too, when the engine goes away under it.
	if (kind.subject !== 'run' || verdict.verdict !== 'failed' || !run || run.exitCode === 0) return verdict;
	if (unavailable) return engineUnavailable(unavailable.reason);
	return (engine && judgeUnreachable(run, engine)) ?? verdict;
};

const engineUnavailable = (reason: string): Verdict =>
	unknown('engine-gone', reason, messages.checks.engineGoneNext);

/**
 * What is said of a curl that did not get as far as the engine's published ports, where these are not on this machine
 * for certain; null when it is another failure. It finds no such host, no way there, nobody, or no answer in time.
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
