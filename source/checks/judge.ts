import {passed, selectFacts, unknown} from './facts.js';
import {checkContainer} from './kinds/container.js';
import {checkDockerfile} from './kinds/dockerfile.js';
import {checkExit} from './kinds/exit.js';
import {checkFile} from './kinds/file.js';
import {checkImage} from './kinds/image.js';
import {checkInstructions} from './kinds/instructions.js';
import {checkPortChain} from './kinds/port-chain.js';
import {checkStages} from './kinds/stages.js';
import {checkStdout} from './kinds/stdout.js';
import type {CheckDeclaration, EngineFact, Fact, RunFact, Verdict} from './model.js';

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
	const [gone] = selectFacts(facts, 'engine-gone');
	const [run] = selectFacts(facts, 'run');
	const hasFailed = run !== undefined && run.exitCode !== 0;
	if (hasFailed && verdict.verdict === 'failed' && dependsOnRun(check)) {
		if (gone) return engineUnavailable(gone.reason);
		const [engine] = selectFacts(facts, 'engine');
		const unreached = engine && judgeUnreachable(run, engine);
		if (unreached) return unreached;
	}
	const isRead = dependsOnEngine(check) && selectFacts(facts, 'engine').some(({isSimulated}) => isSimulated);
	return isRead
		? {...verdict, reason: `${verdict.reason} Judged by reading your command; nothing ran.`}
		: verdict;
};

/** Whether a check speaks of what is on the engine. */
const dependsOnEngine = ({check}: CheckDeclaration): boolean =>
	['image', 'container', 'port-chain'].includes(check);

/** Whether a check speaks of a command, which fails when the engine goes away under it. */
const dependsOnRun = ({check}: CheckDeclaration): boolean => ['exit', 'stdout', 'stages'].includes(check);

const judgeFacts = (check: CheckDeclaration, facts: Fact[]): Verdict => {
	const [gone] = selectFacts(facts, 'engine-gone');
	const [unread] = selectFacts(facts, 'unclear');
	if (gone && dependsOnEngine(check)) return engineUnavailable(gone.reason);
	if (unread && dependsOnEngine(check)) return unknown('unclear', unread.reason, 'try it in another way');
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

const engineUnavailable = (reason: string): Verdict =>
	unknown('engine-gone', reason, 'start Docker again, or see what `multistage-workshop doctor` finds');

/**
 * What is said of a curl that did not get as far as the engine's published ports, where these are not on this machine
 * for certain; null when it is another failure. It finds no such host, no way there, nobody, or no answer in time.
 */
export const judgeUnreachable = (
	{stderr}: Pick<RunFact, 'stderr'>,
	{local, address, inContainer}: EngineFact,
): Verdict | null => {
	const words = /^curl: \((?:6|7|28)\) (.+)$/m.exec(stderr)?.[1]?.trim().replace(/\.$/, '');
	if (local || words === undefined) return null;
	return inContainer
		? unknown(
				'unreachable-host',
				`The published ports can't be reached from here, as you are in a container; the ports are on its host: ${words}.`,
				'run the same command with `localhost` on the host, or start the container that you are in with `--network host`',
			)
		: unknown(
				'unreachable-host',
				`The engine's published ports can't be reached at ${address}: ${words}.`,
				'see whether the container still runs with `docker ps`, and whether a firewall stands before the machine that the engine runs on',
			);
};
