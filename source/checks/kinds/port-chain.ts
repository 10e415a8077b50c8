import {isSameImageName} from '../../docker/image-ref.js';
import {explainRefusal} from '../explain-command.js';
import {failed, findImage, findRun, isBuiltOn, isSameId, selectFacts} from '../facts.js';
import type {CheckDeclaration, ContainerFact, Evidence, Fact, RunFact, Verdict} from '../model.js';
import {findPortArgument, judgeContainer} from '../port-chain.js';

type PortChainCheck = Extract<CheckDeclaration, {check: 'port-chain'}>;

/**
 * A container of the image answers on a port of the host that leads to the port it listens on, by state and not by
 * what was typed. Any candidate that passes is enough; else the newest one tells what is wrong.
 */
export const checkPortChain = (check: PortChainCheck, facts: Fact[]): Verdict => {
	const candidates = findCandidates(check.image, facts);
	const verdicts = candidates.map(candidate => judgeContainer(candidate, check, facts));
	const best = verdicts.find(({verdict}) => verdict === 'passed');
	if (best) return best;
	const [newest] = candidates;
	const run = findRefusedRun(facts);
	if (run && (!newest || (newest.state !== 'created' && (run.endedAt ?? 0) > newest.createdAt))) {
		const {reason, next} = explainRefusal(run.stderr);
		return failed('refused', reason, next ?? check.hint, noEvidence);
	}
	if (verdicts[0]) return verdicts[0];
	return findImage(facts, check.image)
		? failed('no-container', describeNoContainer(check.image, facts), check.hint, noEvidence)
		: failed(
				'no-image',
				`There is no image ${check.image} on the engine.`,
				`go back to the step that builds ${check.image}`,
				noEvidence,
			);
};

const describeNoContainer = (image: string, facts: Fact[]): string => {
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
const findRefusedRun = (facts: Fact[]): RunFact | null => {
	const run = findRun(facts);
	const isRefused =
		run?.exitCode === 125 &&
		/^(?:docker:|unknown |invalid |Error response from daemon)|docker run --help/m.test(run.stderr);
	return isRefused ? run : null;
};

/** Without those that a shipped step made, the containers that a port chain can be judged by, newest first. */
export const findCandidates = (imageName: string, facts: Fact[]): ContainerFact[] =>
	findContainers(imageName, facts).filter(({madeByStep}) => !madeByStep);

/** Newest first, the containers of the image, of one built on it, or of one that our runs made from its files. */
export const findContainers = (imageName: string, facts: Fact[]): ContainerFact[] => {
	const images = selectFacts(facts, 'image');
	const named = findImage(facts, imageName);
	const ledgerIds = selectFacts(facts, 'ledger').flatMap(({imageIds}) => imageIds);
	const isOfIt = (container: ContainerFact): boolean => {
		const image = images.find(({id}) => id === container.imageId);
		if (named && image && (image.id === named.id || isBuiltOn(image, named))) return true;
		return ledgerIds.some(id => isSameId(container.imageId, id)) && resemblesImage(imageName, container);
	};
	return selectFacts(facts, 'container')
		.filter(isOfIt)
		.sort((one, other) => other.createdAt - one.createdAt);
};

/** The ledger holds the workshop's other images too: its whoami gives itself away by name, argument or log. */
const resemblesImage = (imageName: string, {image, command, loggedPort}: ContainerFact): boolean => {
	const repository = imageName.replace(/:[^/]*$/, '');
	return (
		isSameImageName(image, imageName) ||
		image.startsWith(`${repository}:`) ||
		loggedPort !== null ||
		findPortArgument(command) !== null ||
		command[0]?.split(/[\\/]/).at(-1) === repository
	);
};

export type ChainLink = {text: string; state: 'ok' | 'broken' | 'unreached'};

/**
 * The way from the host's port to whoami's answer, as far as it was found, for a line like
 * `host :8050 → container :5000 → whoami listens on :5000 → answered as 3f2a…`. No links when there is no container.
 */
export const describeChain = ({verdict, finding, evidence}: Verdict): {links: ChainLink[]} => {
	if (!evidence?.container) return {links: []};
	const {published, listening, answer} = evidence;
	const door =
		published.find(({containerPort, protocol}) => protocol === 'tcp' && containerPort === listening) ??
		published.find(({protocol}) => protocol === 'tcp');
	const usesHostNetwork = !door && (finding === 'passed' || answer !== null);
	// What does not run has no ports, whatever it was given.
	const isDown = !door && (finding === 'exited' || finding === 'created-only');
	const texts = [
		door
			? `host :${door.hostPort}`
			: usesHostNetwork
				? `host :${listening}`
				: isDown
					? 'host'
					: 'no port of the host',
		...(usesHostNetwork ? [] : [door ? `container :${door.containerPort}` : 'container']),
		describeProgram(finding, listening),
		answer?.host
			? `answered as ${shortName(answer.host)}`
			: answer?.status
				? `answered with ${answer.status}`
				: 'no answer',
	];
	const broken = door || usesHostNetwork || isDown ? breakAt(finding, texts.length) : 0;
	return {
		links: texts.map((text, index) => ({
			text,
			// Our own trouble breaks no link of the learner's.
			state:
				index < broken
					? isDown
						? 'unreached'
						: 'ok'
					: index === broken && verdict !== 'unknown'
						? 'broken'
						: 'unreached',
		})),
	};
};

/** A container's own name is the beginning of its ID: four digits tell it from others. */
const shortName = (host: string): string => (/^[0-9a-f]{12}$/.test(host) ? `${host.slice(0, 4)}…` : host);

const describeProgram = (finding: string, listening: number | null): string => {
	if (finding === 'exited') return 'whoami has stopped';
	if (finding === 'paused') return 'whoami is paused';
	if (finding === 'created-only') return 'whoami was never started';
	return listening === null ? 'whoami' : `whoami listens on :${listening}`;
};

/** Which link each finding breaks, from 0. */
const breakAt = (finding: string, count: number): number => {
	switch (finding) {
		case 'passed':
			return count;
		case 'published-wrong-port':
			return count - 3;
		case 'default-port':
		case 'exited':
		case 'created-only':
		case 'paused':
			return count - 2;
		case 'no-answer':
		case 'http-error':
		case 'answered-by-another':
		case 'unreachable-host':
		case 'waiting':
			return count - 1;
		default:
			return 0;
	}
};
