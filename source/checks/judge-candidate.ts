import {explainDefaultPort} from './explain-default-port.js';
import {explainStartError} from './explain-start-error.js';
import {explainUnpublished} from './explain-unpublished.js';
import {factsOf} from './find-facts.js';
import {failed, unknown} from './give-verdict.js';
import {findProof, judgeAnswers, withAnswer} from './judge-answers.js';
import type {CheckDeclaration, ContainerFact, Evidence, Fact, PublishedPort, Verdict} from './model.js';
import {whichPort} from './which-port.js';

type PortChainCheck = Extract<CheckDeclaration, {check: 'port-chain'}>;

/** Judges one container by its state, then along the chain: listening, published, answering. */
export const judgeCandidate = (container: ContainerFact, check: PortChainCheck, facts: Fact[]): Verdict =>
	judgeState(container, facts) ?? judgeChain(container, check, facts);

/** Null when it runs. */
const judgeState = (container: ContainerFact, facts: Fact[]): Verdict | null => {
	const {name, state, exitCode, error, lastLogLine} = container;
	const evidence = gatherEvidence(container, whichPort(container));
	switch (state) {
		case 'running':
			return null;
		case 'paused':
			return failed(
				'paused',
				`The container ${name} is paused, so it can't answer.`,
				`let it go on with \`docker unpause ${name}\``,
				evidence,
			);
		case 'created': {
			if (error) {
				const {reason, next} = explainStartError(container, factsOf(facts, 'container'));
				return failed('created-only', reason, next, evidence);
			}
			if (isYoung(container.createdAt, facts)) {
				return unknown('waiting', `The container ${name} is about to start.`, null, evidence);
			}
			const reason = `The container ${name} was created but never started.`;
			return failed('created-only', reason, `start it with \`docker start ${name}\``, evidence);
		}
		default: {
			const words = lastLogLine ? `; the last it said is "${shorten(lastLogLine)}"` : ' and said nothing';
			const ended =
				state === 'restarting' ? 'stops and is started again and again, with' : 'has stopped with';
			return failed(
				'exited',
				`The container ${name} ${ended} exit code ${exitCode}${words}.`,
				`see all it said with \`docker logs ${name}\`, then run another one`,
				evidence,
			);
		}
	}
};

const judgeChain = (
	container: ContainerFact,
	{image, forbiddenPorts}: PortChainCheck,
	facts: Fact[],
): Verdict => {
	const {name, networkMode, published} = container;
	const proof = findProof(container, facts);
	// What answered is surer than what was logged or asked for.
	const listening = proof?.containerPort ?? whichPort(container);
	const evidence = gatherEvidence(container, listening);
	// What to change, not the whole command: that is what the hints and the solution are there for.
	const again = (how: string) => `remove it with \`docker rm -f ${name}\`, then run ${image} again ${how}`;
	const port = listening ?? 'that it listens on';
	if (listening !== null && forbiddenPorts.includes(listening)) {
		return failed(
			'default-port',
			explainDefaultPort(container, listening),
			again(`with \`-port\` and another number, after the image’s name`),
			proof ? withAnswer(evidence, proof) : evidence,
		);
	}
	if (networkMode === 'host') return judgeAnswers(container, {listening, proof, evidence}, facts);
	const doors = published.filter(({protocol}) => protocol === 'tcp');
	const [door] = doors;
	if (!door) {
		return failed(
			'not-published',
			explainUnpublished(container, listening),
			again(`with its port ${port} published, before the image’s name`),
			evidence,
		);
	}
	if (listening !== null && !doors.some(({containerPort}) => containerPort === listening)) {
		const reason = `Host port ${door.hostPort} leads to port ${door.containerPort} of the container ${name}, where nothing listens: whoami listens on ${listening}.`;
		const how = `so that a port of the host leads to ${port}${isSwapped(door, listening) ? ': in `-p` the host’s port stands first' : ''}`;
		return failed('published-wrong-port', reason, again(how), evidence);
	}
	return judgeAnswers(container, {listening, proof, evidence}, facts);
};

const isSwapped = ({hostPort}: PublishedPort, listening: number): boolean => hostPort === listening;

const gatherEvidence = (
	{name, image, exposed, published}: ContainerFact,
	listening: number | null,
): Evidence => ({container: name, image, listening, exposed, published, answer: null});

const isYoung = (since: number, facts: Fact[]): boolean => {
	const now = factsOf(facts, 'engine')[0]?.now;
	return now !== undefined && now - since < 5000;
};

const shorten = (line: string): string => (line.length > 120 ? `${line.slice(0, 119)}…` : line);
