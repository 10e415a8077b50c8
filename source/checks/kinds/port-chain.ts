import * as v from 'valibot';
import {isSameImageName, isSameObjectId, startsWithLayers} from '../../docker/image-ref.js';
import {messages} from '../../messages/index.js';
import {explainRefusal} from '../explain-command.js';
import {failed, findImage, findRun, selectFacts} from '../facts.js';
import {integer, sentence} from '../fields.js';
import {defineKind, words} from '../kind.js';
import type {ContainerFact, Evidence, Fact, RunFact, Verdict} from '../model.js';
import {findPortArgument, judgeContainer} from '../port-chain.js';

/**
 * Passes if a container of the image answers on a host port that maps to the port it listens on. Judges state, not what
 * was typed: one container that passes is enough, otherwise the newest one gets the verdict.
 */
export const portChain = defineKind({
	schema: v.strictObject({
		check: v.literal('port-chain'),
		image: sentence,
		'forbidden-ports': v.optional(v.array(integer), []),
		...words,
	}),
	subject: 'engine',
	hasOwnFindings: true,
	probedImage: ({image}) => image,
	judge({image, forbiddenPorts, hint}, facts) {
		const containers = findContainers(image, facts);
		const candidates = containers.filter(({madeByStep}) => !madeByStep);
		const verdicts = candidates.map(candidate => judgeContainer(candidate, {image, forbiddenPorts}, facts));
		const best = verdicts.find(({verdict}) => verdict === 'passed');
		if (best) return best;
		const [newest] = candidates;
		const run = findRefusedRun(facts);
		if (run && (!newest || (newest.state !== 'created' && (run.endedAt ?? 0) > newest.createdAt))) {
			const {reason, next} = explainRefusal(run.stderr);
			return failed('refused', reason, next ?? hint, noEvidence);
		}
		if (verdicts[0]) return verdicts[0];
		if (!findImage(facts, image)) {
			const {reason, next} = messages.checks.portChain.noImage(image);
			return failed('no-image', reason, next, noEvidence);
		}
		const ofStep = containers.find(({state}) => state === 'running');
		const reason = ofStep
			? messages.checks.portChain.noContainerOfYourOwn(image, ofStep.name)
			: messages.checks.portChain.noContainer(image);
		return failed('no-container', reason, hint, noEvidence);
	},
});

const noEvidence: Evidence = {
	container: null,
	image: null,
	listening: null,
	exposed: [],
	published: [],
	answer: null,
};

/** Returns the run if Docker itself refused it. Exit code 125 is not enough: a container can exit with it, too. */
const findRefusedRun = (facts: Fact[]): RunFact | null => {
	const run = findRun(facts);
	const isRefused =
		run?.exitCode === 125 &&
		/^(?:docker:|unknown |invalid |Error response from daemon)|docker run --help/m.test(run.stderr);
	return isRefused ? run : null;
};

/**
 * Returns the containers, newest first, of the image, of one built on it, or of one that our runs made from its files.
 */
const findContainers = (imageName: string, facts: Fact[]): ContainerFact[] => {
	const images = selectFacts(facts, 'image');
	const named = findImage(facts, imageName);
	const ledgerIds = selectFacts(facts, 'ledger').flatMap(({imageIds}) => imageIds);
	const isOfIt = (container: ContainerFact): boolean => {
		const image = images.find(({id}) => id === container.imageId);
		if (named && image && (image.id === named.id || startsWithLayers(image.layers, named.layers)))
			return true;
		return (
			ledgerIds.some(id => isSameObjectId(container.imageId, id)) && resemblesImage(imageName, container)
		);
	};
	return selectFacts(facts, 'container')
		.filter(isOfIt)
		.sort((one, other) => other.createdAt - one.createdAt);
};

/** Whether a container seems to run this image, by name, arguments or log: the ledger lists other images, too. */
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
 * Returns the links from the host's port to whoami's answer, as far as they were found, for a line like
 * `host :8050 → container :5000 → whoami listens on :5000 → answered as 3f2a…`. Empty if there is no container.
 */
export const describeChain = ({verdict, finding, evidence}: Verdict): ChainLink[] => {
	if (!evidence?.container) return [];
	const {published, listening, answer} = evidence;
	const tcpPorts = published.filter(({protocol}) => protocol === 'tcp');
	const port = tcpPorts.find(({containerPort}) => containerPort === listening) ?? tcpPorts[0];
	const usesHostNetwork = !port && (finding === 'passed' || answer !== null);
	// A container that is not running has no ports, whatever was requested.
	const isDown = !port && (finding === 'exited' || finding === 'created-only');
	const {links} = messages.checks.portChain;
	const texts = [
		...(port
			? [links.hostPort(port.hostPort), links.containerPort(port.containerPort)]
			: usesHostNetwork
				? [links.hostPort(listening)]
				: [isDown ? links.host : links.noHostPort, links.container]),
		describeProgram(finding, listening),
		answer?.host
			? links.answeredAs(shortName(answer.host))
			: answer?.status
				? links.answeredWith(answer.status)
				: links.noAnswer,
	];
	const hasWay = port || usesHostNetwork || isDown;
	const broken = hasWay ? texts.length - (linksAfterBreak[finding] ?? texts.length) : 0;
	const stateOf = (index: number): ChainLink['state'] => {
		if (index < broken) return isDown ? 'unreached' : 'ok';
		// Problems on our side break none of the learner's links.
		return index === broken && verdict !== 'unknown' ? 'broken' : 'unreached';
	};
	return texts.map((text, index) => ({text, state: stateOf(index)}));
};

/**
 * The link that each finding breaks, counted from the end: 1 is the last, 0 none. Other findings break the first link.
 */
const linksAfterBreak: Record<string, number> = {
	passed: 0,
	'published-wrong-port': 3,
	'default-port': 2,
	exited: 2,
	'created-only': 2,
	paused: 2,
	'no-answer': 1,
	'http-error': 1,
	'answered-by-another': 1,
	'unreachable-host': 1,
	waiting: 1,
};

/** Shortens a default hostname, the start of the container's ID, to four digits: `3f2a…`. */
const shortName = (host: string): string => (/^[0-9a-f]{12}$/.test(host) ? `${host.slice(0, 4)}…` : host);

const describeProgram = (finding: string, listening: number | null): string => {
	const {links} = messages.checks.portChain;
	if (finding === 'exited') return links.stopped;
	if (finding === 'paused') return links.paused;
	if (finding === 'created-only') return links.neverStarted;
	return listening === null ? links.whoami : links.listens(listening);
};
