const unpublished = (name: string, port: number | null): string =>
	port === null
		? `No host port maps to the container ${name}`
		: `No host port maps to port ${port} of the container ${name}`;

export const portChain = {
	noImage: (image: string) => ({
		reason: `There is no image ${image} on the engine.`,
		next: `go back to the step that builds ${image}`,
	}),
	noContainer: (image: string) => `There is no container of ${image} yet.`,
	noContainerOfYourOwn: (image: string, other: string) =>
		`There is no container of ${image} of your own yet: ${other} belongs to an earlier step.`,
	paused: (name: string) => ({
		reason: `The container ${name} is paused, so it can’t answer.`,
		next: `resume it with \`docker unpause ${name}\``,
	}),
	aboutToStart: (name: string) => `The container ${name} is about to start.`,
	neverStarted: (name: string) => ({
		reason: `The container ${name} was created but never started.`,
		next: `start it with \`docker start ${name}\``,
	}),
	/** How a container ended. `line`: the last line of its log. */
	ended: {
		said: (name: string, exitCode: number, line: string) =>
			`The container ${name} has stopped with exit code ${exitCode}; the last line of its log is "${line}".`,
		silent: (name: string, exitCode: number) =>
			`The container ${name} has stopped with exit code ${exitCode}, and its log shows nothing.`,
		saidAndRestarts: (name: string, exitCode: number, line: string) =>
			`The container ${name} keeps restarting because it stops with exit code ${exitCode}; the last line of its log is "${line}".`,
		silentAndRestarts: (name: string, exitCode: number) =>
			`The container ${name} keeps restarting because it stops with exit code ${exitCode}, and its log shows nothing.`,
		next: (name: string) => `read its log with \`docker logs ${name}\`, then run another container`,
	},
	/** Why a container could not start. */
	startErrors: {
		foreignAddress: (name: string, address: string, port: number) => ({
			reason: `The container ${name} could not start: ${address} is not an address of this machine.`,
			next: `remove it with \`docker rm ${name}\`, then publish without an address: \`-p ${port}:<container port>\``,
		}),
		portReserved: (name: string, port: number) =>
			`The container ${name} could not start: the system reserves host port ${port}.`,
		portTakenByContainer: (name: string, port: number, other: string) =>
			`The container ${name} could not start: host port ${port} is in use by the container ${other}.`,
		portTaken: (name: string, port: number) =>
			`The container ${name} could not start: host port ${port} is in use by another program.`,
		portNext: (name: string, free: number) =>
			`remove it with \`docker rm ${name}\`, then run it again with another host port, such as ${free}`,
		noProgram: (name: string, program: string) =>
			`The container ${name} could not start: its image has no program \`${program}\`.`,
		other: (name: string, words: string) => `The container ${name} could not start: ${words}.`,
		next: (name: string) => `remove it with \`docker rm ${name}\`, then check what follows the image name`,
	},
	/** The container listens on a forbidden port. */
	defaultPort: {
		withoutFlag: (name: string, port: number) =>
			`whoami listens on port ${port} of the container ${name}, because \`-port\` was not passed.`,
		becauseOfFlag: (name: string, port: number) =>
			`whoami listens on port ${port} of the container ${name}, because \`-port\` says ${port}.`,
		despiteFlag: (name: string, port: number, requested: number) =>
			`whoami listens on port ${port} of the container ${name}, although \`-port\` says ${requested}.`,
		flagNotRead: (name: string, port: number, requested: number, word: string) =>
			`whoami listens on port ${port} of the container ${name}: it does not read \`-port ${requested}\`, because \`${word}\` before it ends its options.`,
		next: (name: string) => `look at \`docker logs ${name}\`: it shows the port that whoami listens on`,
	},
	/** No TCP port of the container is published. `port`: where it listens; null if unknown. */
	unpublished: {
		udpOnly: (name: string, hostPort: number, protocol: string) =>
			`Host port ${hostPort} maps to the container ${name} over ${protocol} only, but whoami answers over TCP.`,
		noNetwork: (name: string, port: number | null) =>
			`${unpublished(name, port)}: with \`--network none\`, nothing is published.`,
		closedNetwork: (name: string, port: number | null, network: string) =>
			`${unpublished(name, port)}: its network ${network} publishes nothing.`,
		closedDefaultNetwork: (name: string, port: number | null) =>
			`${unpublished(name, port)}: its network publishes nothing.`,
		exposedOnly: (name: string, port: number | null, exposed: string[]) =>
			`${unpublished(name, port)} (EXPOSE ${exposed.join(', ')} publishes nothing).`,
		plain: (name: string, port: number | null) => `${unpublished(name, port)}.`,
		next: (name: string) => `look at \`docker port ${name}\`: it shows the ports that are published`,
	},
	wrongPort: (name: string, hostPort: number, containerPort: number, listening: number) =>
		`Host port ${hostPort} maps to port ${containerPort} of the container ${name}, where nothing listens: whoami listens on port ${listening}.`,
	wrongPortNext: (name: string) =>
		`compare the container port in \`docker port ${name}\` with the port in \`docker logs ${name}\``,
	answers: (name: string, containerPort: number, hostPort: number) =>
		`whoami in the container ${name} listens on port ${containerPort} and answers on host port ${hostPort}.`,
	notYet: (name: string) => `The container ${name} has just started and does not answer yet.`,
	answeredByContainer: (name: string, hostPort: number, other: string) =>
		`Host port ${hostPort} is answered by the container ${other}, not by the container ${name}.`,
	answeredByHost: (name: string, hostPort: number, hostname: string) =>
		`Host port ${hostPort} is answered by a whoami that calls itself ${hostname}, not by the container ${name}.`,
	answeredElsewhere: (name: string, hostPort: number, hostname: string, address: string) =>
		`Host port ${hostPort} is answered by a whoami that calls itself ${hostname}, not by the container ${name}. It is not on this engine, so ${address} is not where the engine publishes its ports.`,
	otherPortNext: (name: string, hostPort: number, containerPort: number) =>
		`remove it with \`docker rm -f ${name}\`, then run it with another host port, such as \`-p ${hostPort}:${containerPort}\``,
	noAnswer: (name: string, hostPort: number, address: string, words: string) => ({
		reason: `The container ${name} is published on host port ${hostPort}, but ${address} does not answer: ${words}.`,
		next: `read its log with \`docker logs ${name}\``,
	}),
	notWhoami: (hostPort: number, status: number, words: string) =>
		`Host port ${hostPort} is answered by something other than whoami: status ${status}, "${words}".`,
	/** The port can't be reached from where this program runs. */
	unreachable: {
		fromContainer: (name: string, hostPort: number, address: string, words: string) =>
			`Host port ${hostPort} of the container ${name} can’t be reached from here, because you are in a container and the ports are on its host: ${address} says ${words}.`,
		fromMachine: (name: string, hostPort: number, address: string, words: string) =>
			`Host port ${hostPort} of the container ${name} can’t be reached from this machine: ${address} says ${words}.`,
		hostNetwork: (name: string) =>
			`The container ${name} is in the host’s network and does not say which port it listens on.`,
		oneAddressFromContainer: (name: string, hostPort: number, address: string) =>
			`Host port ${hostPort} of the container ${name} can’t be reached from here, because you are in a container: it is published only on ${address}, an address of the host.`,
		oneAddressFromMachine: (name: string, hostPort: number, address: string) =>
			`Host port ${hostPort} of the container ${name} can’t be reached from this machine: it is published on ${address} only.`,
		containerNext: (hostPort: number) =>
			`run \`curl localhost:${hostPort}\` on the host, or start the container that you are in with \`--network host\``,
		containerNextWithoutPort:
			'run `curl localhost:<port>` on the host, or start the container that you are in with `--network host`',
		machineNext: 'publish it on all addresses, or send the request from the machine that the engine runs on',
	},
	/** The links of the chain from the host's port to the answer. */
	links: {
		hostPort: (port: number | null) => `host :${port}`,
		containerPort: (port: number) => `container :${port}`,
		host: 'host',
		noHostPort: 'no host port',
		container: 'container',
		listens: (port: number) => `whoami listens on :${port}`,
		whoami: 'whoami',
		stopped: 'whoami has stopped',
		paused: 'whoami is paused',
		neverStarted: 'whoami was never started',
		answeredAs: (host: string) => `answered as ${host}`,
		answeredWith: (status: number) => `answered with ${status}`,
		noAnswer: 'no answer',
	},
};
