import {messages} from '../messages/index.js';
import {failed, isRecent, passed, selectFacts, unknown} from './facts.js';
import type {Answer, ContainerFact, EngineFact, Evidence, Fact, Verdict} from './model.js';

/** What is wrong, and what to try next. */
type Explanation = {reason: string; next: string};

const fail = (finding: string, {reason, next}: Explanation, evidence: Evidence): Verdict =>
	failed(finding, reason, next, evidence);

type PortChainCheck = {image: string; forbiddenPorts: number[]};

/** Judges one container: its state, then each link of the chain (listening, published, answering). */
export const judgeContainer = (container: ContainerFact, check: PortChainCheck, facts: Fact[]): Verdict =>
	judgeState(container, facts) ?? judgeChain(container, check, facts);

/** Null if the container is running. */
const judgeState = (container: ContainerFact, facts: Fact[]): Verdict | null => {
	const {name, state, exitCode, error, lastLogLine} = container;
	const evidence = gatherEvidence(container, findListeningPort(container));
	switch (state) {
		case 'running':
			return null;
		case 'paused':
			return fail('paused', messages.checks.portChain.paused(name), evidence);
		case 'created':
			if (error)
				return fail('created-only', explainStartError(container, selectFacts(facts, 'container')), evidence);
			return isRecent(container.createdAt, facts)
				? unknown('waiting', messages.checks.portChain.aboutToStart(name), null, evidence)
				: fail('created-only', messages.checks.portChain.neverStarted(name), evidence);
		default: {
			const {said, silent, saidAndRestarts, silentAndRestarts, next} = messages.checks.portChain.ended;
			const restarts = state === 'restarting';
			const reason = lastLogLine
				? (restarts ? saidAndRestarts : said)(name, exitCode, shorten(lastLogLine))
				: (restarts ? silentAndRestarts : silent)(name, exitCode);
			return failed('exited', reason, next(name), evidence);
		}
	}
};

const judgeChain = (container: ContainerFact, {forbiddenPorts}: PortChainCheck, facts: Fact[]): Verdict => {
	const {name, networkMode, published} = container;
	const proof = findProof(container, facts);
	// An answer is better evidence than the log or the arguments.
	const listening = proof?.containerPort ?? findListeningPort(container);
	const evidence = gatherEvidence(container, listening);
	// Say where to look. What to change is in the hints.
	const {defaultPort, unpublished, wrongPort, wrongPortNext} = messages.checks.portChain;
	if (listening !== null && forbiddenPorts.includes(listening)) {
		return failed(
			'default-port',
			explainDefaultPort(container, listening),
			defaultPort.next(name),
			proof ? withAnswer(evidence, proof) : evidence,
		);
	}
	if (networkMode === 'host') return judgeAnswers(container, {listening, proof, evidence}, facts);
	const ports = published.filter(({protocol}) => protocol === 'tcp');
	const [binding] = ports;
	if (!binding) {
		return failed(
			'not-published',
			explainUnpublished(container, listening),
			unpublished.next(name),
			evidence,
		);
	}
	if (listening !== null && !ports.some(({containerPort}) => containerPort === listening)) {
		const reason = wrongPort(name, binding.hostPort, binding.containerPort, listening);
		return failed('published-wrong-port', reason, wrongPortNext(name), evidence);
	}
	return judgeAnswers(container, {listening, proof, evidence}, facts);
};

const gatherEvidence = (
	{name, image, exposed, published}: ContainerFact,
	listening: number | null,
): Evidence => ({container: name, image, listening, exposed, published, answer: null});

const shorten = (line: string): string => (line.length > 120 ? `${line.slice(0, 119)}…` : line);

type PortAnswer = ContainerFact['answers'][number];

/**
 * Returns an answer that can only come from this container: whoami's, with its hostname and one of its addresses. A
 * container in the host's network has the host's name and no address of its own; nor has one of rootless Podman in its
 * default network.
 */
const findProof = (container: ContainerFact, facts: Fact[]): PortAnswer | null => {
	const {answers, hostname, addresses, networkMode} = container;
	const engine = selectFacts(facts, 'engine')[0] ?? null;
	const isProof = (answer: PortAnswer): boolean => {
		if (!isSuccess(answer) || answer.hostname === null) return false;
		// With `--uts host`, too, a container has the host's name.
		if (![hostname, engine?.hostname].includes(answer.hostname)) return false;
		if (hasNoAddress(networkMode)) return true;
		const named = answer.addresses.map(bareAddress);
		return addresses.some(address => named.includes(bareAddress(address)));
	};
	return answers.find(isProof) ?? null;
};

/** Judges the answers from the host ports that map to the port that the container listens on. */
const judgeAnswers = (
	container: ContainerFact,
	{listening, proof, evidence}: {listening: number | null; proof: PortAnswer | null; evidence: Evidence},
	facts: Fact[],
): Verdict => {
	const {name, startedAt} = container;
	if (proof) {
		const reason = messages.checks.portChain.answers(name, proof.containerPort, proof.hostPort);
		return passed(reason, withAnswer(evidence, proof));
	}
	const engine = selectFacts(facts, 'engine')[0] ?? null;
	const answers = container.answers.filter(
		({containerPort}) => listening === null || containerPort === listening,
	);
	const answer =
		answers.find(one => one.hostname !== null) ?? answers.find(one => one.status !== null) ?? answers[0];
	const isStarting = isRecent(startedAt, facts);
	const starting = messages.checks.portChain.notYet(name);
	if (!answer) {
		return isStarting && listening === null
			? unknown('waiting', starting, null, evidence)
			: unknown(
					'unreachable-host',
					describeUnreachable(container, engine),
					suggestNext(container, engine),
					evidence,
				);
	}
	const found = withAnswer(evidence, answer);
	if (answer.hostname !== null && isSuccess(answer)) {
		const other = findAnsweringContainer(answer.hostname, container, facts);
		const {answeredByContainer, answeredByHost, answeredElsewhere} = messages.checks.portChain;
		if (engine && !engine.local && !other) {
			const reason = answeredElsewhere(name, answer.hostPort, answer.hostname, answer.address);
			return unknown('unreachable-host', reason, suggestNext(container, engine), found);
		}
		const reason = other
			? answeredByContainer(name, answer.hostPort, other.name)
			: answeredByHost(name, answer.hostPort, answer.hostname);
		return failed('answered-by-another', reason, suggestOtherPort(container, answer), found);
	}
	if (isStarting) return unknown('waiting', starting, null, found);
	if (engine && !engine.local && answer.status === null && isUnreachable(answer)) {
		const {fromContainer, fromMachine} = messages.checks.portChain.unreachable;
		const describe = engine.inContainer ? fromContainer : fromMachine;
		const reason = describe(name, answer.hostPort, answer.address, answer.firstLine);
		return unknown('unreachable-host', reason, suggestNext(container, engine), evidence);
	}
	if (answer.status === null) {
		const {noAnswer} = messages.checks.portChain;
		return fail('no-answer', noAnswer(name, answer.hostPort, answer.address, answer.firstLine), found);
	}
	const {hostPort, status, firstLine} = answer;
	const reason = messages.checks.portChain.notWhoami(hostPort, status, firstLine.slice(0, 80));
	return failed('http-error', reason, suggestOtherPort(container, answer), found);
};

/** Whether containers have no address of their own: in the host's network, and in those of rootless Podman. */
const hasNoAddress = (networkMode: string): boolean => /^(?:host$|pasta\b|slirp4netns\b)/.test(networkMode);

const isSuccess = ({status}: Answer): boolean => status !== null && status >= 200 && status < 300;

/** Strips the prefix length: `172.17.0.2/16` becomes `172.17.0.2`. */
const bareAddress = (address: string): string => address.replace(/\/\d+$/, '').toLowerCase();

/** Adds a server's answer to the evidence. */
const withAnswer = (evidence: Evidence, {status, hostname}: Answer): Evidence => ({
	...evidence,
	answer: {status, host: hostname},
});

/** Whether a request may have failed on its way to another machine, e.g. at a firewall: not the learner's fault. */
const isUnreachable = ({firstLine}: Answer): boolean =>
	/ECONNREFUSED|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|ENOTFOUND|EAI_AGAIN|timed out/.test(
		firstLine,
	);

const describeUnreachable = (
	{name, published: [binding], networkMode}: ContainerFact,
	engine: EngineFact | null,
): string => {
	const {hostNetwork, oneAddressFromContainer, oneAddressFromMachine} = messages.checks.portChain.unreachable;
	if (networkMode === 'host' || !binding) return hostNetwork(name);
	const describe = engine?.inContainer ? oneAddressFromContainer : oneAddressFromMachine;
	return describe(name, binding.hostPort, binding.hostIp);
};

/** Suggests what to do if this program runs where it can't reach the port: the container is not at fault. */
const suggestNext = ({published: [binding]}: ContainerFact, engine: EngineFact | null): string => {
	const {containerNext, containerNextWithoutPort, machineNext} = messages.checks.portChain.unreachable;
	if (!engine?.inContainer) return machineNext;
	return binding ? containerNext(binding.hostPort) : containerNextWithoutPort;
};

/** Returns the container of this engine that answered instead; null if there is none. */
const findAnsweringContainer = (hostname: string, {id}: ContainerFact, facts: Fact[]): ContainerFact | null =>
	selectFacts(facts, 'container').find(
		one => one.id !== id && (one.hostname === hostname || one.id.startsWith(hostname)),
	) ?? null;

const suggestOtherPort = ({name}: ContainerFact, {hostPort, containerPort}: PortAnswer): string =>
	messages.checks.portChain.otherPortNext(name, hostPort + 1, containerPort);

/** Explains why a container could not start, by the engine's error and the host ports of the other containers. */
const explainStartError = (container: ContainerFact, containers: ContainerFact[]): Explanation => {
	const {name, error} = container;
	const {startErrors} = messages.checks.portChain;
	const [, address = '', digits = ''] = hostAddress.exec(error) ?? [];
	const port = Number(digits);
	if (/cannot assign requested address/.test(error)) {
		return startErrors.foreignAddress(name, address, port);
	}
	if (port > 0) {
		const holder = containers.find(
			({id, published}) => id !== container.id && published.some(({hostPort}) => hostPort === port),
		);
		const reason = /access permissions/.test(error)
			? startErrors.portReserved(name, port)
			: holder
				? startErrors.portTakenByContainer(name, port, holder.name)
				: startErrors.portTaken(name, port);
		return {reason, next: startErrors.portNext(name, freePort(port, containers))};
	}
	const program = /exec: "([^"]+)": (?:executable file not found|stat)/.exec(error)?.[1];
	return {
		reason: program
			? startErrors.noProgram(name, program)
			: startErrors.other(name, error.trim().replace(/\.$/, '')),
		next: startErrors.next(name),
	};
};

/** The address in `Bind for 0.0.0.0:8050`, `listen tcp4 …`, `host port for …` and `exposing port TCP …`. */
const hostAddress = /(?:Bind for|host port(?: for)?|listen \w+|exposing port \w+) (\[[^\]]*\]|[\d.]*):(\d+)/i;

const freePort = (taken: number, containers: ContainerFact[]): number => {
	const used = new Set(containers.flatMap(({published}) => published.map(({hostPort}) => hostPort)));
	let port = taken < 65_000 ? taken + 1 : 8050;
	while (used.has(port)) port += 1;
	return port;
};

/** Explains in one sentence why no host port maps to a container. */
const explainUnpublished = (
	{name, published, exposed, networkMode, isShut}: ContainerFact,
	listening: number | null,
): string => {
	const {unpublished} = messages.checks.portChain;
	const [udp] = published;
	if (udp) return unpublished.udpOnly(name, udp.hostPort, udp.protocol.toUpperCase());
	if (networkMode === 'none') return unpublished.noNetwork(name, listening);
	if (isShut)
		return /^(?:default|bridge)$/.test(networkMode)
			? unpublished.closedDefaultNetwork(name, listening)
			: unpublished.closedNetwork(name, listening, networkMode);
	return exposed.length > 0
		? unpublished.exposedOnly(name, listening, exposed)
		: unpublished.plain(name, listening);
};

/** Explains in one sentence why a container listens on a forbidden port. */
const explainDefaultPort = ({name, command}: ContainerFact, listening: number): string => {
	const requested = findPortArgument(command);
	const {withoutFlag, becauseOfFlag, despiteFlag, flagNotRead} = messages.checks.portChain.defaultPort;
	if (requested === null) return withoutFlag(name, listening);
	if (requested === listening) return becauseOfFlag(name, listening);
	const word = endOfOptions(command);
	return word === null
		? despiteFlag(name, listening, requested)
		: flagNotRead(name, listening, requested, word);
};

/** Returns the word at which whoami, like any Go program, stops reading options; null if there is none. */
const endOfOptions = ([, ...words]: string[]): string | null => {
	for (let index = 0; index < words.length; index++) {
		const word = words[index] ?? '';
		if (word === '--' || !word.startsWith('-')) return word;
		if (/^--?port$/.test(word)) index++;
	}
	return null;
};

/** The highest port. A program told to listen on a higher one is about to exit. */
const lastPort = 65_535;

/**
 * Returns the port that whoami listens on in its container, by its log or else its arguments; null if neither names a
 * valid one.
 */
export const findListeningPort = ({
	loggedPort,
	command,
}: Pick<ContainerFact, 'loggedPort' | 'command'>): number | null => {
	const port = loggedPort ?? findPortArgument(command);
	return port !== null && port <= lastPort ? port : null;
};

/** Returns the port that a command line sets with `-port`; the last one counts, as for whoami. Null without one. */
export const findPortArgument = (command: string[]): number | null => {
	const found = [...command.join(' ').matchAll(/(?:^|\s)--?port(?:=|\s+)(\d{1,5})(?=\s|$)/g)].at(-1)?.[1];
	return found ? Number(found) : null;
};
