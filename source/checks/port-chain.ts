import {explainRefusal} from './explain-refusal.js';
import {findCandidates, findContainers} from './find-candidates.js';
import {findImage, findRun} from './find-facts.js';
import {failed} from './give-verdict.js';
import {judgeCandidate} from './judge-candidate.js';
import type {CheckDeclaration, Evidence, Fact, RunFact, Verdict} from './model.js';

type PortChainCheck = Extract<CheckDeclaration, {check: 'port-chain'}>;

/**
 * A container of the image answers on a port of the host that leads to the port it listens on, by state and not by
 * what was typed. Any candidate that passes is enough; else the newest one tells what is wrong.
 */
export const checkPortChain = (check: PortChainCheck, facts: Fact[]): Verdict => {
	const candidates = findCandidates(check.image, facts);
	const verdicts = candidates.map(candidate => judgeCandidate(candidate, check, facts));
	const best = verdicts.find(({verdict}) => verdict === 'passed');
	if (best) return best;
	const [newest] = candidates;
	const run = refusedRun(facts);
	if (run && (!newest || (newest.state !== 'created' && (run.endedAt ?? 0) > newest.createdAt))) {
		const {reason, next} = explainRefusal(run.stderr);
		return failed('refused', reason, next ?? check.hint, noEvidence);
	}
	if (verdicts[0]) return verdicts[0];
	return findImage(facts, check.image)
		? failed('no-container', describeNone(check.image, facts), check.hint, noEvidence)
		: failed(
				'no-image',
				`There is no image ${check.image} on the engine.`,
				`go back to the step that builds ${check.image}`,
				noEvidence,
			);
};

const describeNone = (image: string, facts: Fact[]): string => {
	const ofStep = findContainers(image, facts).find(({state}) => state === 'running');
	return ofStep
		? `There is no container of ${image} of your own yet: ${ofStep.name} belongs to an earlier step.`
		: `There is no container of ${image} yet.`;
};

const noEvidence: Evidence = {
	container: null,
	image: null,
	listening: null,
	exposed: [],
	published: [],
	answer: null,
};

/** `docker run` ends with 125 when Docker itself refuses; a container's own 125 comes without Docker's words. */
const refusedRun = (facts: Fact[]): RunFact | null => {
	const run = findRun(facts);
	const isRefused =
		run?.exitCode === 125 &&
		/^(?:docker:|unknown |invalid |Error response from daemon)|docker run --help/m.test(run.stderr);
	return isRefused ? run : null;
};
