import {failed, passed, selectFacts, unknown} from './facts.js';
import type {Answer, ContainerFact, EngineFact, Evidence, Fact, Verdict} from './model.js';

type PortChainCheck = {image: string; forbiddenPorts: number[]};

/** Judges one container by its state, then along the chain: listening, published, answering. */
export const judgeContainer = (container: ContainerFact, check: PortChainCheck, facts: Fact[]): Verdict =>
	judgeState(container, facts) ?? judgeChain(container, check, facts);

/** Null when it runs. */
const judgeState = (container: ContainerFact, facts: Fact[]): Verdict | null => {
	const {name, state, exitCode, error, lastLogLine} = container;
	const evidence = gatherEvidence(container, findListeningPort(container));
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
				const {reason, next} = explainStartError(container, selectFacts(facts, 'container'));
				return failed('created-only', reason, next, evidence);
			}
			if (isRecent(container.createdAt, facts)) {
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
	const listening = proof?.containerPort ?? findListeningPort(container);
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
	const ports = published.filter(({protocol}) => protocol === 'tcp');
	const [binding] = ports;
	if (!binding) {
		return failed(
			'not-published',
			explainUnpublished(container, listening),
			again(`with its port ${port} published, before the image’s name`),
			evidence,
		);
	}
	if (listening !== null && !ports.some(({containerPort}) => containerPort === listening)) {
		const reason = `Host port ${binding.hostPort} leads to port ${binding.containerPort} of the container ${name}, where nothing listens: whoami listens on ${listening}.`;
		const how = `so that a port of the host leads to ${port}${binding.hostPort === listening ? ': in `-p` the host’s port stands first' : ''}`;
		return failed('published-wrong-port', reason, again(how), evidence);
	}
	return judgeAnswers(container, {listening, proof, evidence}, facts);
};

const gatherEvidence = (
	{name, image, exposed, published}: ContainerFact,
	listening: number | null,
): Evidence => ({container: name, image, listening, exposed, published, answer: null});

const shorten = (line: string): string => (line.length > 120 ? `${line.slice(0, 119)}…` : line);

type PortAnswer = ContainerFact['answers'][number];

/** For five seconds a container may still be starting, and its server still be getting ready. */
const isRecent = (since: number | null, facts: Fact[]): boolean => {
	const [engine] = selectFacts(facts, 'engine');
	return engine !== undefined && since !== null && engine.now - since < 5000;
};

/**
 * The answer that can only come from this container: whoami's, with its host name and one of its addresses. A
 * container in the host's network calls itself what the engine's host is called, and has no address of its own; neither
 * has one of Podman's in the network that ordinary users get.
 */
const findProof = (container: ContainerFact, facts: Fact[]): PortAnswer | null => {
	const {answers, hostname, addresses, networkMode} = container;
	const engine = selectFacts(facts, 'engine')[0] ?? null;
	const isProof = (answer: PortAnswer): boolean => {
		if (!isSuccess(answer) || answer.hostname === null) return false;
		// With `--uts host`, too, it calls itself what the engine's host is called.
		if (![hostname, engine?.hostname].includes(answer.hostname)) return false;
		if (hasNoAddress(networkMode)) return true;
		const named = answer.addresses.map(bareAddress);
		return addresses.some(address => named.includes(bareAddress(address)));
	};
	return answers.find(isProof) ?? null;
};

/** Judges the answers from the host ports that lead to where the container listens. */
const judgeAnswers = (
	container: ContainerFact,
	{listening, proof, evidence}: {listening: number | null; proof: PortAnswer | null; evidence: Evidence},
	facts: Fact[],
): Verdict => {
	const {name, startedAt} = container;
	if (proof) {
		const reason = `whoami in the container ${name} listens on port ${proof.containerPort} and answers on host port ${proof.hostPort}.`;
		return passed(reason, withAnswer(evidence, proof));
	}
	const engine = selectFacts(facts, 'engine')[0] ?? null;
	const answers = container.answers.filter(
		({containerPort}) => listening === null || containerPort === listening,
	);
	const answer =
		answers.find(one => one.hostname !== null) ?? answers.find(one => one.status !== null) ?? answers[0];
	const isStarting = isRecent(startedAt, facts);
	const starting = `The container ${name} has just started and does not answer yet.`;
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
		const who = other ? `the container ${other.name}` : `a whoami that calls itself ${answer.hostname}`;
		const reason = `Host port ${answer.hostPort} is answered by ${who}, not by the container ${name}.`;
		if (engine && !engine.local && !other) {
			const elsewhere = `${reason} It is not on this engine, so ${answer.address} is not where the engine publishes its ports.`;
			return unknown('unreachable-host', elsewhere, suggestNext(container, engine), found);
		}
		return failed('answered-by-another', reason, suggestOtherPort(container, answer), found);
	}
	if (isStarting) return unknown('waiting', starting, null, found);
	if (engine && !engine.local && answer.status === null && isUnreachable(answer)) {
		const from = engine.inContainer
			? 'from here, as you are in a container; the ports are on its host'
			: 'from this machine';
		const reason = `Host port ${answer.hostPort} of the container ${name} can't be reached ${from}: ${answer.address} says ${answer.firstLine}.`;
		return unknown('unreachable-host', reason, suggestNext(container, engine), evidence);
	}
	if (answer.status === null) {
		const reason = `The container ${name} is published on host port ${answer.hostPort}, but ${answer.address} does not answer: ${answer.firstLine}.`;
		return failed('no-answer', reason, `see what it says with \`docker logs ${name}\``, found);
	}
	const reason = `What answers on host port ${answer.hostPort} is not whoami: status ${answer.status}, "${answer.firstLine.slice(0, 80)}".`;
	return failed('http-error', reason, suggestOtherPort(container, answer), found);
};

/** In the host's network, and with those that Podman gives to ordinary users. */
const hasNoAddress = (networkMode: string): boolean => /^(?:host$|pasta\b|slirp4netns\b)/.test(networkMode);

const isSuccess = ({status}: Answer): boolean => status !== null && status >= 200 && status < 300;

/** `IP: 172.17.0.2/16` and `172.17.0.2` are the same address. */
const bareAddress = (address: string): string => address.replace(/\/\d+$/, '').toLowerCase();

/** With what a server answered. */
const withAnswer = (evidence: Evidence, {status, hostname}: Answer): Evidence => ({
	...evidence,
	answer: {status, host: hostname},
});

/** On the way to another machine there may be a firewall or no way at all: no fault of the learner's. */
const isUnreachable = ({firstLine}: Answer): boolean =>
	/ECONNREFUSED|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|ENOTFOUND|EAI_AGAIN|timed out/.test(
		firstLine,
	);

const describeUnreachable = (
	{name, published: [binding], networkMode}: ContainerFact,
	engine: EngineFact | null,
): string => {
	if (networkMode === 'host')
		return `The container ${name} is in the host's network and does not say on which port it listens.`;
	const only = `it is published on ${binding?.hostIp} only`;
	return engine?.inContainer
		? `Host port ${binding?.hostPort} of the container ${name} can't be asked from here: ${only}, an address of the host, and you are in a container.`
		: `Host port ${binding?.hostPort} of the container ${name} can't be asked from this machine: ${only}.`;
};

/** What to do when the place that this program runs in is at fault, not the container. */
const suggestNext = ({published: [binding]}: ContainerFact, engine: EngineFact | null): string =>
	engine?.inContainer
		? `ask it on the host with \`curl localhost:${binding?.hostPort ?? '<port>'}\`, or start the container that you are in with \`--network host\``
		: 'publish it on any address, or ask it from the machine that the engine runs on';

/** The container of this engine that answered in another's place; null when it is none. */
const findAnsweringContainer = (hostname: string, {id}: ContainerFact, facts: Fact[]): ContainerFact | null =>
	selectFacts(facts, 'container').find(
		one => one.id !== id && (one.hostname === hostname || one.id.startsWith(hostname)),
	) ?? null;

const suggestOtherPort = ({name}: ContainerFact, {hostPort, containerPort}: PortAnswer): string =>
	`remove it with \`docker rm -f ${name}\`, then run it with another host port, like \`-p ${hostPort + 1}:${containerPort}\``;

/** Why a container was created but could not start, by the engine's error and the other containers' host ports. */
const explainStartError = (
	container: ContainerFact,
	containers: ContainerFact[],
): {reason: string; next: string} => {
	const {name, error} = container;
	const remove = `remove it with \`docker rm ${name}\``;
	const [, address = '', digits = ''] = hostAddress.exec(error) ?? [];
	const port = Number(digits);
	if (/cannot assign requested address/.test(error)) {
		return {
			reason: `The container ${name} could not start: ${address} is no address of this machine.`,
			next: `${remove}, then publish without an address: \`-p ${port}:<container port>\``,
		};
	}
	if (port > 0) {
		const holder = containers.find(
			({id, published}) => id !== container.id && published.some(({hostPort}) => hostPort === port),
		);
		const by = holder ? `the container ${holder.name}` : 'another program';
		const reason = /access permissions/.test(error)
			? `The container ${name} could not start: the system does not give host port ${port} away.`
			: `The container ${name} could not start: host port ${port} is taken by ${by}.`;
		return {
			reason,
			next: `${remove}, then run it again with another host port, like ${freePort(port, containers)}`,
		};
	}
	const program = /exec: "([^"]+)": (?:executable file not found|stat)/.exec(error)?.[1];
	return {
		reason: program
			? `The container ${name} could not start: its image has no program \`${program}\`.`
			: `The container ${name} could not start: ${error.trim().replace(/\.$/, '')}.`,
		next: `${remove}, then look at what comes after the image name`,
	};
};

/** `Bind for 0.0.0.0:8050`, `listen tcp4 0.0.0.0:8050`, `host port for 0.0.0.0:8050`, `exposing port TCP 0.0.0.0:8050`. */
const hostAddress = /(?:Bind for|host port(?: for)?|listen \w+|exposing port \w+) (\[[^\]]*\]|[\d.]*):(\d+)/i;

const freePort = (taken: number, containers: ContainerFact[]): number => {
	const used = new Set(containers.flatMap(({published}) => published.map(({hostPort}) => hostPort)));
	let port = taken < 65_000 ? taken + 1 : 8050;
	while (used.has(port)) port += 1;
	return port;
};

/** Why no port of the host leads into a container, in one sentence. */
const explainUnpublished = (
	{name, published, exposed, networkMode, isShut}: ContainerFact,
	listening: number | null,
): string => {
	const [udp] = published;
	if (udp) {
		return `Host port ${udp.hostPort} leads to the container ${name} by ${udp.protocol.toUpperCase()} only, and whoami answers by TCP.`;
	}
	const nobody = `No port of the host leads to${listening === null ? '' : ` port ${listening} of`} the container ${name}`;
	if (networkMode === 'none') return `${nobody}: with \`--network none\` nothing is published.`;
	if (isShut) return `${nobody}: its network${networkName(networkMode)} publishes nothing.`;
	return `${nobody}${exposed.length > 0 ? ` (EXPOSE ${exposed.join(', ')} publishes nothing)` : ''}.`;
};

const networkName = (mode: string): string => (/^(?:default|bridge)$/.test(mode) ? '' : ` ${mode}`);

/** Why a container listens on a port that is not allowed, in one sentence. */
const explainDefaultPort = ({name, command}: ContainerFact, listening: number): string => {
	const requested = findPortArgument(command);
	const listens = `whoami listens on port ${listening} of the container ${name}`;
	if (requested === null) return `${listens}, because \`-port\` was not passed.`;
	if (requested === listening) return `${listens}, because \`-port\` says ${listening}.`;
	const word = endOfOptions(command);
	return word === null
		? `${listens}, although \`-port\` says ${requested}.`
		: `${listens}: it does not read \`-port ${requested}\`, because \`${word}\` before it ends its options.`;
};

/** The word in front of which whoami, like all programs in Go, stops to read options; null when there is none. */
const endOfOptions = ([, ...words]: string[]): string | null => {
	for (let index = 0; index < words.length; index++) {
		const word = words[index] ?? '';
		if (word === '--' || !word.startsWith('-')) return word;
		if (/^--?port$/.test(word)) index++;
	}
	return null;
};

/** Nothing listens on one beyond it; a program that was told to is about to end. */
const lastPort = 65_535;

/**
 * The port that whoami listens on in its container: what its log says, else what its arguments say, null when neither
 * tells one that there is.
 */
export const findListeningPort = ({
	loggedPort,
	command,
}: Pick<ContainerFact, 'loggedPort' | 'command'>): number | null => {
	const port = loggedPort ?? findPortArgument(command);
	return port !== null && port <= lastPort ? port : null;
};

/** The port that a command line asks for with `-port`, the last one as for the program itself; null without one. */
export const findPortArgument = (command: string[]): number | null => {
	const found = [...command.join(' ').matchAll(/(?:^|\s)--?port(?:=|\s+)(\d{1,5})(?=\s|$)/g)].at(-1)?.[1];
	return found ? Number(found) : null;
};
