const refused = (quote: string, meaning: string, next: string): {reason: string; next: string} => ({
	reason: `Docker refused the run: "${quote}", because ${meaning}.`,
	next,
});

const isSet = (name: string, value: string, meaning: string): {reason: string; next: string} => ({
	reason: `\`${name}\` is set to ${value}: ${meaning}.`,
	next: `\`unset ${name}\`, then start the workshop again`,
});

/** Why a command failed, by its output. `found`: what the output names. */
const causes = {
	engineUnreachable: () =>
		'The Docker engine can’t be reached: run `multistage-workshop doctor` to find out why.',
	noDockerCommand: (found: string) =>
		`Docker has no command ${found}: check the spelling, or see \`docker --help\`.`,
	noProgram: (found: string) => `There is no program ${found} on this machine: check the spelling.`,
	noContainer: (found: string) => `There is no container ${found}: \`docker ps -a\` lists all containers.`,
	noImage: (found: string) => `There is no image ${found}: \`docker image ls\` lists all images.`,
	noObject: (found: string) => `There is no container and no image ${found}.`,
	unknownFlag: (found: string) => `The command has no option ${found}: add \`--help\` to see its options.`,
	argumentCount: () => 'The command has too few or too many arguments: add `--help` to see which it takes.',
	noTerminal: () => 'With `-t` the command needs a terminal, and there is none here.',
	openQuote: () => 'A quotation mark is not closed.',
	syntax: () => 'The shell can’t read this line: check its brackets, quotes and special characters.',
	noFile: (found: string) => `There is no file or folder ${found} where the command ran.`,
	nothingListens: () => 'Nothing listens there: `docker ps` shows which ports are published.',
};

/** Why Docker refused a `docker run`. `quote`: its words; `found`: what they name. */
const refusals = {
	flagBeforeImage: (quote: string) =>
		refused(
			quote,
			'`-port` comes before the image name, where Docker expects its own flags',
			'put flags for whoami after the image name: `docker run … whoami -port 5000`',
		),
	invalidPort: (quote: string, found: string) =>
		refused(
			quote,
			`\`${found}\` is not a port; ports range from 1 to 65535`,
			'publish with `-p <host port>:<container port>`, both numbers',
		),
	nameTaken: (quote: string, found: string) =>
		refused(
			quote,
			`another container has the name ${found}`,
			`use another name, or remove that container with \`docker rm -f ${found}\``,
		),
	portTaken: (quote: string) => refused(quote, 'that host port is already in use', 'use another host port'),
	noImage: (quote: string, found: string) =>
		refused(
			quote,
			`the image ${found} is not on this engine and could not be pulled`,
			'list your images with `docker image ls`',
		),
	invalidReference: (quote: string) =>
		refused(
			quote,
			'the word where the image name belongs is not an image name',
			'check what comes before the image name, and its spelling: lower case, no spaces',
		),
	unknownFlag: (quote: string, found: string) =>
		refused(
			quote,
			`Docker has no flag ${found}`,
			'see the flags with `docker run --help`; flags for whoami go after the image name',
		),
	engineUnreachable: (quote: string) =>
		refused(quote, 'the engine can’t be reached', 'run `multistage-workshop doctor` to find out why'),
};

/** What is wrong with the value of an environment variable. */
const settings = {
	DOCKER_CONTENT_TRUST: (value: string) =>
		isSet(
			'DOCKER_CONTENT_TRUST',
			value,
			'the Docker CLI then uses signed images only, and the images that you build in the workshop are not signed',
		),
	SOURCE_DATE_EPOCH: (value: string) =>
		isSet('SOURCE_DATE_EPOCH', value, 'BuildKit accepts nothing but a number of seconds'),
	DOCKER_DEFAULT_PLATFORM: (value: string) =>
		isSet(
			'DOCKER_DEFAULT_PLATFORM',
			value,
			'Docker then uses images for this platform, whatever the engine’s own platform is',
		),
};

export const failedCommands = {
	causes,
	refusals,
	settings,
	/** A refusal whose meaning is unknown. */
	refused: (quote: string) => `Docker refused the run: "${quote}".`,
	askedProxy: (variable: string, proxy: string) =>
		`curl sent the request to the proxy that \`${variable}\` names, ${proxy}, and not to the container: add \`--noproxy '*'\` to the command.`,
	portsElsewhere: (host: string, address: string, port: string) =>
		`The engine’s published ports are not at ${host} but at ${address}: run \`curl ${address}:${port}\`.`,
	buildxFolder: (words: string) => ({
		reason: `buildx can’t write to its configuration folder: ${words}.`,
		next: 'set `BUILDX_CONFIG` to a folder that you can write to, then start the workshop again',
	}),
};
