import {factsOf} from './find-facts.js';
import {failed, passed, unknown} from './give-verdict.js';
import type {Answer, ContainerFact, EngineFact, Evidence, Fact, Verdict} from './model.js';

type PortAnswer = ContainerFact['answers'][number];

/** Milliseconds after its start in which a server may still be getting ready. */
const patience = 5000;

/**
 * The answer that can only come from this container: whoami's, with its host name and one of its addresses. A
 * container in the host's network calls itself what the engine's host is called, and has no address of its own.
 */
export const findProof = (container: ContainerFact, facts: Fact[]): PortAnswer | null => {
	const {answers, hostname, addresses, networkMode} = container;
	const engine = engineOf(facts);
	const isProof = (answer: PortAnswer): boolean => {
		if (!isGood(answer) || answer.hostname === null) return false;
		// With `--uts host`, too, it calls itself what the engine's host is called.
		if (![hostname, engine?.hostname].includes(answer.hostname)) return false;
		if (networkMode === 'host') return true;
		const named = answer.addresses.map(bareAddress);
		return addresses.some(address => named.includes(bareAddress(address)));
	};
	return answers.find(isProof) ?? null;
};

/** Judges what came back from the host ports that lead to where the container listens. */
export const judgeAnswers = (
	container: ContainerFact,
	{listening, proof, evidence}: {listening: number | null; proof: PortAnswer | null; evidence: Evidence},
	facts: Fact[],
): Verdict => {
	const {name, startedAt} = container;
	if (proof) {
		const reason = `whoami in the container ${name} listens on port ${proof.containerPort} and answers on host port ${proof.hostPort}.`;
		return passed(reason, withAnswer(evidence, proof));
	}
	const engine = engineOf(facts);
	const answers = container.answers.filter(
		({containerPort}) => listening === null || containerPort === listening,
	);
	const told = answers.find(one => one.hostname !== null) ?? answers.find(one => one.status !== null);
	const answer = told ?? answers[0];
	const isStarting = engine !== null && startedAt !== null && engine.now - startedAt < patience;
	const starting = `The container ${name} has just started and does not answer yet.`;
	if (!answer) {
		return isStarting && listening === null
			? unknown('waiting', starting, null, evidence)
			: unknown('unreachable-host', describeUnasked(container), unreachedNext, evidence);
	}
	const found = withAnswer(evidence, answer);
	if (answer.hostname !== null && isGood(answer)) {
		const reason = `Host port ${answer.hostPort} is answered by ${describeOther(answer.hostname, container, facts)}, not by the container ${name}.`;
		return failed('answered-by-another', reason, otherPort(container, answer), found);
	}
	if (isStarting) return unknown('waiting', starting, null, found);
	if (engine && !engine.local && answer.status === null && isUnreached(answer)) {
		const reason = `Host port ${answer.hostPort} of the container ${name} can't be reached from this machine: ${answer.address} says ${answer.firstLine}.`;
		return unknown('unreachable-host', reason, unreachedNext, evidence);
	}
	if (answer.status === null) {
		const reason = `The container ${name} is published on host port ${answer.hostPort}, but ${answer.address} does not answer: ${answer.firstLine}.`;
		return failed('no-answer', reason, `see what it says with \`docker logs ${name}\``, found);
	}
	const reason = `What answers on host port ${answer.hostPort} is not whoami: status ${answer.status}, "${answer.firstLine.slice(0, 80)}".`;
	return failed('http-error', reason, otherPort(container, answer), found);
};

const engineOf = (facts: Fact[]): EngineFact | null => factsOf(facts, 'engine')[0] ?? null;

const isGood = ({status}: Answer): boolean => status !== null && status >= 200 && status < 300;

/** `IP: 172.17.0.2/16` and `172.17.0.2` are the same address. */
const bareAddress = (address: string): string => address.replace(/\/\d+$/, '').toLowerCase();

/** With what a server answered. */
export const withAnswer = (evidence: Evidence, {status, hostname}: Answer): Evidence => ({
	...evidence,
	answer: {status, host: hostname},
});

/** On the way to another machine there may be a firewall or no way at all: no fault of the learner's. */
const isUnreached = ({firstLine}: Answer): boolean =>
	/ECONNREFUSED|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|ENOTFOUND|EAI_AGAIN|timed out/.test(
		firstLine,
	);

const describeUnasked = ({name, published: [door], networkMode}: ContainerFact): string =>
	networkMode === 'host'
		? `The container ${name} is in the host's network and does not say on which port it listens.`
		: `Host port ${door?.hostPort} of the container ${name} can't be asked from this machine: it is published on ${door?.hostIp} only.`;

const unreachedNext = 'publish it on any address, or ask it from the machine that the engine runs on';

const describeOther = (hostname: string, {id}: ContainerFact, facts: Fact[]): string => {
	const other = factsOf(facts, 'container').find(
		one => one.id !== id && (one.hostname === hostname || one.id.startsWith(hostname)),
	);
	return other ? `the container ${other.name}` : `a whoami that calls itself ${hostname}`;
};

const otherPort = ({name}: ContainerFact, {hostPort, containerPort}: PortAnswer): string =>
	`remove it with \`docker rm -f ${name}\`, then run it with another host port, like \`-p ${hostPort + 1}:${containerPort}\``;
