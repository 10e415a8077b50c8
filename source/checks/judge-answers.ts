import {factsOf} from './find-facts.js';
import {failed, passed, unknown} from './give-verdict.js';
import type {Answer, ContainerFact, EngineFact, Evidence, Fact, Verdict} from './model.js';

type PortAnswer = ContainerFact['answers'][number];

/** Milliseconds after its start in which a server may still be getting ready. */
const patience = 5000;

/**
 * The answer that can only come from this container: whoami's, with its host name and one of its addresses. A
 * container in the host's network calls itself what the engine's host is called, and has no address of its own; neither
 * has one of Podman's in the network that ordinary users get.
 */
export const findProof = (container: ContainerFact, facts: Fact[]): PortAnswer | null => {
	const {answers, hostname, addresses, networkMode} = container;
	const engine = engineOf(facts);
	const isProof = (answer: PortAnswer): boolean => {
		if (!isGood(answer) || answer.hostname === null) return false;
		// With `--uts host`, too, it calls itself what the engine's host is called.
		if (![hostname, engine?.hostname].includes(answer.hostname)) return false;
		if (hasNoAddress(networkMode)) return true;
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
			: unknown('unreachable-host', describeUnasked(container, engine), nextFor(container, engine), evidence);
	}
	const found = withAnswer(evidence, answer);
	if (answer.hostname !== null && isGood(answer)) {
		const other = findOther(answer.hostname, container, facts);
		const who = other ? `the container ${other.name}` : `a whoami that calls itself ${answer.hostname}`;
		const reason = `Host port ${answer.hostPort} is answered by ${who}, not by the container ${name}.`;
		if (engine && !engine.local && !other) {
			const elsewhere = `${reason} It is not on this engine, so ${answer.address} is not where the engine publishes its ports.`;
			return unknown('unreachable-host', elsewhere, nextFor(container, engine), found);
		}
		return failed('answered-by-another', reason, otherPort(container, answer), found);
	}
	if (isStarting) return unknown('waiting', starting, null, found);
	if (engine && !engine.local && answer.status === null && isUnreached(answer)) {
		const from = engine.inContainer
			? 'from here, as you are in a container; the ports are on its host'
			: 'from this machine';
		const reason = `Host port ${answer.hostPort} of the container ${name} can't be reached ${from}: ${answer.address} says ${answer.firstLine}.`;
		return unknown('unreachable-host', reason, nextFor(container, engine), evidence);
	}
	if (answer.status === null) {
		const reason = `The container ${name} is published on host port ${answer.hostPort}, but ${answer.address} does not answer: ${answer.firstLine}.`;
		return failed('no-answer', reason, `see what it says with \`docker logs ${name}\``, found);
	}
	const reason = `What answers on host port ${answer.hostPort} is not whoami: status ${answer.status}, "${answer.firstLine.slice(0, 80)}".`;
	return failed('http-error', reason, otherPort(container, answer), found);
};

/** In the host's network, and with those that Podman gives to ordinary users. */
const hasNoAddress = (networkMode: string): boolean => /^(?:host$|pasta\b|slirp4netns\b)/.test(networkMode);

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

const describeUnasked = (
	{name, published: [door], networkMode}: ContainerFact,
	engine: EngineFact | null,
): string => {
	if (networkMode === 'host')
		return `The container ${name} is in the host's network and does not say on which port it listens.`;
	const only = `it is published on ${door?.hostIp} only`;
	return engine?.inContainer
		? `Host port ${door?.hostPort} of the container ${name} can't be asked from here: ${only}, an address of the host, and you are in a container.`
		: `Host port ${door?.hostPort} of the container ${name} can't be asked from this machine: ${only}.`;
};

/** What to do where our own place is at fault, not the container. */
const nextFor = ({published: [door]}: ContainerFact, engine: EngineFact | null): string =>
	engine?.inContainer
		? `ask it on the host with \`curl localhost:${door?.hostPort ?? '<port>'}\`, or start the container that you are in with \`--network host\``
		: 'publish it on any address, or ask it from the machine that the engine runs on';

/** The container of this engine that answered in another's place; null when it is none. */
const findOther = (hostname: string, {id}: ContainerFact, facts: Fact[]): ContainerFact | null =>
	factsOf(facts, 'container').find(
		one => one.id !== id && (one.hostname === hostname || one.id.startsWith(hostname)),
	) ?? null;

const otherPort = ({name}: ContainerFact, {hostPort, containerPort}: PortAnswer): string =>
	`remove it with \`docker rm -f ${name}\`, then run it with another host port, like \`-p ${hostPort + 1}:${containerPort}\``;
