import {choosePlural, formatList} from './wording.js';

/** The purpose of a folder whose free space the doctor measures. */
type DiskPurpose = 'state' | 'lab' | 'engine' | 'buildx';

const diskPurposes: Record<DiskPurpose, string> = {
	state: 'progress and transcripts',
	lab: 'the lab files',
	engine: 'the engine',
	buildx: 'the settings of buildx',
};

const listRoom = (measured: Array<{purpose: DiskPurpose; free: string}>): string =>
	measured.map(({purpose, free}) => `${free} for ${diskPurposes[purpose]}`).join(', ');

/** The start of a sentence: `The base image alpine:3.13 is`. */
const baseImages = (names: string[]): string =>
	`The base ${choosePlural(names.length, 'image', 'images')} ${formatList(names)} ${choosePlural(names.length, 'is', 'are')}`;

const seeRecording = 'see them in the recording: `multistage-workshop --replay`';
const playRecording = 'play the recording of its steps: `multistage-workshop --replay`';
const listBuilders = 'see what `docker buildx ls` says';
const tryElsewhere = 'see whether `docker build` works in another folder';
const lookAgain = 'try again in a while';

/** The doctor's messages for each finding; `next` is what to do, without a full stop. */
export const doctor = {
	noEngineToLookOn: 'There is no engine to check.',
	/** Replaces the missing output of a command, at the end of a sentence. */
	printedNothing: (exitCode: number | null) => `nothing; it ended with exit code ${exitCode}`,
	node: {
		works: (version: string) => `Node ${version} runs the program.`,
		tooOld: (version: string) => ({
			reason: `Node ${version} is too old.`,
			next: 'install Node 20.19 or newer',
		}),
	},
	dockerCli: {
		slow: '`docker --version` has not answered yet; it gets a few more seconds.',
		docker: (version: string) => `The docker CLI is ${version}.`,
		podman: (version: string) => `The docker command is Podman ${version}.`,
	},
	curl: {
		works: (version: string) => `curl is ${version}.`,
		/** Replaces the version, if curl doesn't report it. */
		there: 'there',
		slow: 'curl is installed, but this machine is too busy for it to report its version.',
		notNeeded: 'curl is not installed, and the workshop does not use it.',
		missing: {
			reason: 'curl is not on this machine’s `PATH`, so the steps that call it can’t be run.',
			next: 'install curl with your package manager, or open the address in a browser instead',
		},
	},
	engine: {
		needsCli: 'Without the docker command, there is no way to see which engine is meant.',
		needsPermission: 'Without permission, there is no way to see whether an engine is running.',
		/** `podman`: its version, if it is the engine; `context`: null if none was selected. */
		answers: (engine: {
			version: string;
			podman: string | null;
			endpoint: string;
			context: string | null;
		}): string => {
			const name = engine.podman === null ? `The engine ${engine.version}` : `Podman ${engine.podman}`;
			const place =
				engine.context === null
					? engine.endpoint
					: `${engine.endpoint}, through the context \`${engine.context}\``;
			return `${name} answers at ${place}.`;
		},
		inContainer: (address: string) =>
			`This program runs in a container: ports are published on the container’s host, and the workshop looks for them at ${address}.`,
		remote: (address: string) =>
			`It is not on this machine: containers run there, published ports are reached at ${address}, and the workshop asks before it runs anything.`,
	},
	permission: {
		granted: 'You may use the engine.',
		notAsked: 'No engine has answered, so there is no way to tell whether you may use it.',
	},
	legacyBuilder: {
		notInPodman: (podman: string) => ({
			reason: `Podman ${podman} does not have the legacy builder, so steps that need it are skipped.`,
			next: seeRecording,
		}),
		noEngine: 'There is no engine for the docker command to build on.',
		silent: {reason: 'The legacy builder does not answer.', next: lookAgain},
		works: 'The legacy builder is available.',
		gone: {
			reason:
				'The legacy builder is gone: the docker command builds with BuildKit even with `DOCKER_BUILDKIT=0`.',
			next: playRecording,
		},
		missing: (words: string) => ({
			reason: `The legacy builder is not available; with \`DOCKER_BUILDKIT=0\` the docker command says: ${words}.`,
			next: playRecording,
		}),
	},
	buildkit: {
		notInPodman: (podman: string) => ({
			reason: `Podman ${podman} does not have BuildKit: steps that need it are skipped, and all others build with Buildah.`,
			next: seeRecording,
		}),
		noCli: 'There is no docker command to build with.',
		noEngine: 'There is no engine for BuildKit to build on.',
		silent: {reason: 'A small test build with BuildKit never finishes.', next: lookAgain},
		fails: (words: string) => ({
			reason: `BuildKit does not build; the docker command says: ${words}.`,
			next: `${listBuilders}, and whether \`docker build\` works in another folder`,
		}),
		works: (buildx: string) => `BuildKit builds, with buildx ${buildx}.`,
		worksInBursts: (buildx: string) =>
			`BuildKit builds, with buildx ${buildx}. It prints the output of parallel stages in bursts; buildx 0.13 or newer reports progress line by line.`,
		worksInCli: (cli: string) =>
			`BuildKit builds; it is part of the docker CLI ${cli}. It prints the output of parallel stages in bursts; buildx 0.13 or newer reports progress line by line.`,
	},
	builder: {
		noCli: 'There is no docker command to ask about builders.',
		only: 'There is no builder other than the engine’s own.',
		noEngine: 'Builds go to the engine’s own builder, but no engine answers.',
		silent: (context: string) => ({
			reason: `The buildx plugin does not say what the builder ${context} is.`,
			next: listBuilders,
		}),
		unusable: (context: string, words: string) => ({
			reason: `The engine’s own builder ${context} can’t be used: ${words || 'no reason given'}.`,
			next: listBuilders,
		}),
		hidden: (hiding: {name: string; driver: string; context: string}) => ({
			reason: `A builder called ${hiding.name}, which uses the driver ${hiding.driver}, hides the engine’s own builder of the context \`${hiding.context}\`.`,
			next: `remove it with \`docker buildx rm ${hiding.name}\`, or rename the context`,
		}),
		own: (name: string) => `Builds go to the engine’s own builder ${name}.`,
		ignoredBroken: (words: string) =>
			`The workshop ignores the builder selected in your terminal, which can’t be used: ${words}.`,
		ignored: (name: string, driver: string) =>
			`The workshop ignores the builder ${name}, which is selected in your terminal and uses the driver ${driver}: what you build with it does not become an image on your engine.`,
		buildah: 'Podman builds with Buildah.',
		podmanNotAsked: 'Podman could not be asked to build.',
		buildahSilent: {reason: 'Podman’s Buildah does not answer.', next: lookAgain},
		podmanFails: (words: string) => ({
			reason: `Podman does not build; it says: ${words}.`,
			next: tryElsewhere,
		}),
	},
	images: {
		none: 'The workshop needs no base images.',
		present: (names: string[]) => `${baseImages(names)} on the engine, so no registry is needed.`,
		refused: (missing: string[], refused: string, why: string) => ({
			reason: `${baseImages(missing)} not on the engine, and the registry does not provide ${refused}: ${why}.`,
			next: `connect to the internet, then see whether \`docker pull ${refused}\` works`,
		}),
		available: (missing: string[]) =>
			`${baseImages(missing)} not on the engine yet; the registry can provide ${choosePlural(missing.length, 'it', 'them')} when a step needs ${choosePlural(missing.length, 'it', 'them')}.`,
		unknownOnPodman: (missing: string[], first: string) => ({
			reason: `${baseImages(missing)} not on the engine yet, and with Podman there is no way to tell whether the registry can provide ${choosePlural(missing.length, 'it', 'them')}.`,
			next: `to get it now: \`docker pull ${first}\``,
		}),
		otherPlatform: (asked: string, own: string) => ({
			reason: `\`DOCKER_DEFAULT_PLATFORM\` asks for images for ${asked}, but the engine runs ${own}.`,
			next: '`unset DOCKER_DEFAULT_PLATFORM`',
		}),
	},
	/** One sentence each, shown one after another. */
	pack: {
		complete: 'The pack is complete.',
		noEngine: 'There is no engine to load it into.',
		loaded: 'The engine has all of its images.',
		toLoad: (images: string[]) => `The first start loads ${formatList(images)} from it.`,
		keepsOthers: (names: string[]) =>
			`Other images use the ${choosePlural(names.length, 'name', 'names')} ${formatList(names)} now; they are kept, and get their names back.`,
	},
	names: {
		free: 'No image or container of yours has a name that the workshop uses.',
		images: (names: string[]) =>
			`The ${choosePlural(names.length, 'image', 'images')} ${formatList(names)} ${choosePlural(names.length, 'is', 'are')} yours, and the workshop uses the same ${choosePlural(names.length, 'name', 'names')}.`,
		container: (name: string) => `A container of yours is called ${name}, so a step can’t use the name.`,
		renameContainer: (name: string) => `rename it for now: \`docker rename ${name} ${name}-mine\``,
		tagImage: (name: string) =>
			`the build asks before it takes the name, and clean-up gives it back; to keep the image under another name as well: \`docker tag ${name} mine\``,
	},
	ports: {
		none: 'The engine chooses the host ports itself, so none has to be free.',
		free: (ports: string[]) =>
			`${choosePlural(ports.length, 'Port', 'Ports')} ${formatList(ports)} of the host ${choosePlural(ports.length, 'is', 'are')} free.`,
		unknown: (ports: string[]) =>
			`There is no way to tell whether ${choosePlural(ports.length, 'port', 'ports')} ${formatList(ports)} ${choosePlural(ports.length, 'is', 'are')} free where the engine runs.`,
		byContainer: (port: number, container: string) => ({
			reason: `Port ${port} of the host, which the workshop publishes, is taken by your container ${container}.`,
			next: `stop it for now: \`docker stop ${container}\``,
		}),
		byProgram: (port: number) => ({
			reason: `Port ${port} of the host, which the workshop publishes, is taken by another program.`,
			next: `stop the program that listens on port ${port}`,
		}),
	},
	terminal: {
		none: 'There is no terminal here to measure.',
		tooSmall: (now: {columns: number; rows: number}, smallest: {columns: number; rows: number}) => ({
			reason: `The terminal has ${now.columns} columns and ${now.rows} rows, which is too small.`,
			next: `make its window larger: at least ${smallest.columns} columns and ${smallest.rows} rows, better 120 and 36`,
		}),
		notUtf8: {
			reason:
				'The locale of this terminal is not UTF-8: quotes, arrows and letters with accents may appear as other characters.',
			next: 'set a UTF-8 locale and start again: `export LANG=C.UTF-8`',
		},
		dumb: 'The terminal can’t move its cursor (`TERM=dumb`), so the workshop is shown as plain lines.',
		works: ({columns, rows}: {columns: number; rows: number}) =>
			`The terminal has ${columns} columns and ${rows} rows, and shows UTF-8.`,
	},
	disk: {
		locked: ({folder, purpose}: {folder: string; purpose: DiskPurpose}) => ({
			reason: `Nothing can be written to ${folder}, which is for ${diskPurposes[purpose]}.`,
			next: `make it yours: \`sudo chown -R $USER ${folder}\`, or mount it so that it can be written to`,
		}),
		short: ({
			purpose,
			folder,
			free,
			needed,
		}: {
			purpose: DiskPurpose;
			folder: string;
			free: string;
			needed: string;
		}) => ({
			reason: `There is only ${free} left for ${diskPurposes[purpose]} in ${folder}; the workshop may need ${needed}.`,
			next: 'make room: see what `docker system df` says, and what your own files take',
		}),
		unknown: 'There is no way to see how much space is left.',
		enough: (measured: Array<{purpose: DiskPurpose; free: string}>) =>
			`There is room: ${listRoom(measured)}.`,
		enoughAsFarAsKnown: (measured: Array<{purpose: DiskPurpose; free: string}>, others: DiskPurpose[]) =>
			`There is room: ${listRoom(measured)}. How much there is for ${formatList(others.map(purpose => diskPurposes[purpose]))} can’t be seen from here.`,
	},
};
