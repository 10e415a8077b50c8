import {checkContainer} from './check-container.js';
import {checkDockerfile} from './check-dockerfile.js';
import {checkExit} from './check-exit.js';
import {checkFile} from './check-file.js';
import {checkImage} from './check-image.js';
import {checkInstructions} from './check-instructions.js';
import {checkStages} from './check-stages.js';
import {checkStdout} from './check-stdout.js';
import {factsOf} from './find-facts.js';
import {passed, unknown} from './give-verdict.js';
import {judgeUnreached} from './judge-unreached.js';
import type {CheckDeclaration, Fact, Verdict} from './model.js';
import {checkPortChain} from './port-chain.js';

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
	return verdicts.find(({evidence}) => evidence) ?? verdicts.at(-1) ?? passed('There is nothing to check.');
};

const judgeCheck = (check: CheckDeclaration, facts: Fact[]): Verdict => {
	const verdict = judgeFacts(check, facts);
	const [gone] = factsOf(facts, 'engine-gone');
	const [run] = factsOf(facts, 'run');
	const hasFailed = run !== undefined && run.exitCode !== 0;
	if (hasFailed && verdict.verdict === 'failed' && speaksOfRun(check)) {
		if (gone) return engineGone(gone.reason);
		const [engine] = factsOf(facts, 'engine');
		const unreached = engine && judgeUnreached(run, engine);
		if (unreached) return unreached;
	}
	const isRead = asksEngine(check) && factsOf(facts, 'engine').some(({isSimulated}) => isSimulated);
	return isRead
		? {...verdict, reason: `${verdict.reason} Judged by reading your command; nothing ran.`}
		: verdict;
};

/** Whether a check speaks of what is on the engine. */
const asksEngine = ({check}: CheckDeclaration): boolean =>
	['image', 'container', 'port-chain'].includes(check);

/** Whether a check speaks of a command, which fails when the engine goes away under it. */
const speaksOfRun = ({check}: CheckDeclaration): boolean => ['exit', 'stdout', 'stages'].includes(check);

const judgeFacts = (check: CheckDeclaration, facts: Fact[]): Verdict => {
	const [gone] = factsOf(facts, 'engine-gone');
	const [unread] = factsOf(facts, 'unclear');
	if (gone && asksEngine(check)) return engineGone(gone.reason);
	if (unread && asksEngine(check)) return unknown('unclear', unread.reason, 'try it in another way');
	switch (check.check) {
		case 'exit':
			return checkExit(check, facts);
		case 'stdout':
			return checkStdout(check, facts);
		case 'file':
			return checkFile(check, facts);
		case 'dockerfile':
			return checkDockerfile(check, facts);
		case 'instructions':
			return checkInstructions(check, facts);
		case 'stages':
			return checkStages(check, facts);
		case 'image':
			return checkImage(check, facts);
		case 'container':
			return checkContainer(check, facts);
		case 'port-chain':
			return checkPortChain(check, facts);
	}
};

const engineGone = (reason: string): Verdict =>
	unknown('engine-gone', reason, 'start Docker again, or see what `multistage-workshop doctor` finds');
