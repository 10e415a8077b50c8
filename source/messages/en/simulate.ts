/** What can't be determined by reading a command. */
const onlyAnEngine = (question: string): string => `Only a real engine can tell ${question}.`;

export const simulate = {
	unclear: {
		shellWord: (word: string) => `Only a real shell can tell what \`${word}\` stands for.`,
		command: (verb: string) => onlyAnEngine(`what \`docker ${verb}\` changes`),
		flag: (flag: string) => onlyAnEngine(`what \`--${flag}\` changes`),
		network: (network: string) => onlyAnEngine(`what \`--network ${network}\` does`),
		uts: (mode: string) => onlyAnEngine(`what \`--uts ${mode}\` does`),
		address: (address: string) =>
			`Only a real engine can tell whether ${address} is an address of your machine.`,
		registry: 'Only a real engine can tell what a registry has.',
		missingImage: (image: string) =>
			`There is no image ${image} here, and only a real engine can tell whether a registry has one.`,
		image: (image: string) => onlyAnEngine(`what the image ${image} starts`),
		program: (command: string) => onlyAnEngine(`what \`${command}\` does`),
		signal: (signal: string) => onlyAnEngine(`what whoami does on the signal ${signal}`),
		networkOptions: 'Only a real engine can tell what a network with these options does.',
		connectOptions: 'Only a real engine can tell what these options change.',
		lateNetwork: 'Only a real engine can tell which ports this container publishes after that.',
		forcedRemoval: 'Only a real engine can tell what is left after a forced removal.',
		foreignBuild: 'Only a real engine can tell what a build makes of files outside the lab folder.',
		baseImage: 'Only a real engine can tell what the base image of this build contains.',
		changedFiles: (context: string) =>
			onlyAnEngine(`what the build makes of the changed files in ${context}`),
		buildWith: (text: string) => onlyAnEngine(`what the build makes with \`${text}\``),
		buildWithout: (text: string) => onlyAnEngine(`what the build makes without \`${text}\``),
		severalStages: 'Only a real engine can tell what a build of several stages makes.',
	},
	/** What a command would have done, one line each. */
	wouldSay: 'Docker would say:',
	wouldPrint: 'Docker would print:',
	wouldBe: (name: string, state: string) => `There would be a container ${name}, ${state}.`,
	wouldListen: (port: number) => `It would listen on port ${port}.`,
	published: (ports: Array<{hostPort: number; containerPort: number; protocol: string}>) => {
		const texts = ports.map(
			({hostPort, containerPort, protocol}) => `host port ${hostPort} to ${containerPort}/${protocol}`,
		);
		return `Published: ${[...new Set(texts)].join(', ')}.`;
	},
	nothingPublished: 'Nothing is published.',
};
