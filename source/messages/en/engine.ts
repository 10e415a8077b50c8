type Advice = {reason: string; next: string};

/** `words`: the message of the docker command or the engine; `platform`: the learner's, as Node names it. */
type Problem = {endpoint: string; context: string; words: string; platform: string};

const makeRoom = 'make room, for example with `docker system prune`, and run the same command again';
const listContexts = '`docker --context default context ls` lists the contexts that you have';
const unsetHost = 'unset `DOCKER_HOST`, or install Docker’s own `docker` command';

const howToStart = (platform: string): string => {
	switch (platform) {
		case 'darwin':
			return 'start Docker Desktop with `open -a Docker`';
		case 'win32':
			return 'start Docker Desktop from the start menu';
		default:
			return 'start it with `sudo systemctl start docker`, or start Docker Desktop';
	}
};

export const engine = {
	/** Problems that keep the program, or the docker command, from the engine. */
	problems: {
		noCli: (): Advice => ({
			reason: 'The docker command is not on this machine’s `PATH`.',
			next: 'install Docker from https://docs.docker.com/get-docker/, then open a new terminal',
		}),
		noPermission: ({endpoint, platform}: Problem): Advice => ({
			reason: `You do not have permission to use the Docker engine at ${endpoint}.`,
			next:
				platform === 'win32'
					? 'as an administrator, run `net localgroup docker-users %USERNAME% /add` with your own name, then sign out and in again'
					: 'add yourself to its group with `sudo usermod -aG docker $USER`, then log out and in again',
		}),
		apiTooOld: ({endpoint, words}: Problem): Advice => ({
			reason: `The docker command is too old for the Docker engine at ${endpoint}: ${words}.`,
			next: 'update the docker command, and unset `DOCKER_API_VERSION` if it is set',
		}),
		apiTooNew: ({endpoint, words}: Problem): Advice => ({
			reason: `The docker command is too new for the Docker engine at ${endpoint}: ${words}.`,
			next: 'update the engine, and unset `DOCKER_API_VERSION` if it is set',
		}),
		noCertificates: ({endpoint, words}: Problem): Advice => ({
			reason: `The docker command needs TLS certificates for the Docker engine at ${endpoint}, and they are missing: ${words}.`,
			next: 'unset `DOCKER_TLS_VERIFY` and `DOCKER_TLS`, or set `DOCKER_CERT_PATH` to the folder of the certificates',
		}),
		deadProxy: ({endpoint, words}: Problem): Advice => ({
			reason: `The docker command connects to the Docker engine at ${endpoint} through a proxy that does not answer: ${words}.`,
			next: 'add the engine’s address to `NO_PROXY`',
		}),
		silent: ({endpoint}: Problem): Advice => ({
			reason: `The Docker engine at ${endpoint} does not answer.`,
			next: 'see whether `docker version` answers, and start Docker again if it does not',
		}),
		notRunning: ({endpoint, context, platform}: Problem): Advice =>
			context === 'default'
				? {reason: `No Docker engine runs at ${endpoint}.`, next: howToStart(platform)}
				: {
						reason: `No Docker engine runs at ${endpoint}, the endpoint of the context \`${context}\`.`,
						next: 'start this engine, or select another context: `docker context ls` lists those that you have',
					},
		unusable: ({endpoint, words}: Problem): Advice => ({
			reason: `The Docker engine at ${endpoint} can’t be used: ${words}.`,
			next: 'see what `docker version` says',
		}),
	},
	/** Replaces an endpoint that is not known yet. */
	currentContext: 'the current context',
	noReason: 'no reason given',
	/** Ends of sentences. */
	noAnswerWithin: (seconds: number) => `no answer within ${seconds} s`,
	notDocker: 'it does not answer like a Docker engine',
	noHttp: (code: string) => `no HTTP answer (${code})`,
	timedOut: (seconds: number) => `timed out after ${seconds} s`,

	throughProxy: (endpoint: string, host: string): Advice => ({
		reason: `The docker command connects to the Docker engine at ${endpoint} through a proxy, and does not reach it; without the proxy, it does.`,
		next: `add ${host} to \`NO_PROXY\``,
	}),
	silentCli: {
		reason: 'The docker command does not answer, not even with its version.',
		next: 'see whether `docker --version` answers, then run the same command again',
	},
	invalidAddress: (endpoint: string): Advice => ({
		reason: `The address of the Docker engine is not valid: ${endpoint}.`,
		next: 'set `DOCKER_HOST` to an address like `unix:///var/run/docker.sock`, or unset it',
	}),
	context: {
		/** `name`: null if the CLI doesn't say which one. */
		gone: (name: string | null) =>
			name === null
				? 'The current Docker context does not exist.'
				: `The Docker context \`${name}\` does not exist.`,
		unreadable: (name: string | null, words: string) =>
			name === null
				? `The current Docker context can’t be read: ${words}.`
				: `The Docker context \`${name}\` can’t be read: ${words}.`,
		unset: `unset \`DOCKER_CONTEXT\`, or set it to another context: ${listContexts}`,
		select: `select another one, for example with \`docker --context default context use default\`: ${listContexts}`,
	},
	podman: {
		otherStorage: ({endpoint, shim, asked}: {endpoint: string; shim: string; asked: string}): Advice => ({
			reason: `The docker command of this machine is Podman, which ignores \`DOCKER_HOST\`: it keeps its images in ${shim}, and the Podman at ${endpoint} keeps its own in ${asked}.`,
			next: unsetHost,
		}),
		closedSocket: (endpoint: string, isSystem: boolean): Advice => ({
			reason: `The docker command of this machine is Podman, but nothing listens at ${endpoint}, where the workshop asks it about images and containers.`,
			next: isSystem
				? 'open its socket with `sudo systemctl start podman.socket`'
				: 'open its socket with `systemctl --user start podman.socket`',
		}),
		remote: {
			reason: 'The docker command of this machine is Podman, which works on another machine.',
			next: 'set `DOCKER_HOST` to the socket of Podman that `podman machine inspect` names, and install Docker’s own `docker` command',
		},
		lacksBuilders: (endpoint: string, version: string): Advice => ({
			reason: `The engine at ${endpoint} is Podman ${version}, but this command needs Docker: Podman has neither of the builders that the steps are about.`,
			next: 'start Docker, then run the same command again',
		}),
		notDockerCli: (version: string, endpoint: string): Advice => ({
			reason: `The docker command of this machine is Podman ${version}, which ignores \`DOCKER_HOST\` and so does not use the Docker engine at ${endpoint}.`,
			next: unsetHost,
		}),
	},
	diskFull: {reason: 'The disk where the Docker engine keeps its images is full.', next: makeRoom},
	connectionLost: (endpoint: string): Advice => ({
		reason: `The connection to the Docker engine at ${endpoint} was lost.`,
		next: 'start Docker again, and run the same command again',
	}),
	refused: (words: string): Advice => ({
		reason: `The Docker engine says: ${words}.`,
		next: 'see what `docker version` says, and run the same command again',
	}),
	/** Reasons why clean-up keeps an item. */
	kept: {
		namesAnother: 'it names another image now',
		hasName: (name: string) => `it is called ${name}`,
	},
};
