import {failedCommands} from './checks/failed-commands.js';
import {portChain} from './checks/port-chain.js';
import {choosePlural, formatFactor, formatList, formatNumber, stageStatuses} from './wording.js';

const code = (text: string): string => `\`${text}\``;

/** How an instruction should have been built. */
const expectedInstructions = {
	built: 'been built',
	cached: 'come from the cache',
	anew: 'been rebuilt',
};

const instructionStatuses: Record<string, string> = {
	cached: 'came from the cache',
	done: 'was rebuilt',
	failed: 'failed',
	waiting: 'is waiting',
	running: 'is running',
	cancelled: 'was cancelled',
};

/** How numbers are compared, between “is not” and the other number. */
const comparisons = {
	is: '',
	least: 'at least ',
	most: 'at most ',
	'less-than': 'less than ',
	'more-than': 'more than ',
};

type StageStatus = keyof typeof stageStatuses;

export const checks = {
	failedCommands,
	portChain,
	/** Mistakes in a workshop's YAML; each follows the name of a field. */
	fields: {
		id: 'must be lower-case words joined by dashes',
		longId: (most: number) => `must have at most ${most} characters`,
		empty: 'must not be empty',
		outside: 'must stay inside the folder',
		noExpression: 'must be a regular expression',
		limit: 'must be a number, or a captured value such as `{{size}}`',
	},
	nothingToCheck: 'There is nothing to check.',
	/** Marks the verdict on a command that was only read. */
	judgedByReading: (reason: string) => `${reason} Judged by reading your command; nothing ran.`,
	unclearNext: 'try another way',
	engineGoneNext: 'start Docker again, or run `multistage-workshop doctor`',
	commandNotRun: 'The command of this step has not run yet.',
	buildNotRun: 'The build of this step has not run yet.',
	/** The engine's published ports can't be reached. `words`: curl's error. */
	unreachable: {
		fromContainer: (words: string) => ({
			reason: `The published ports can’t be reached from here, because you are in a container and the ports are on its host: ${words}.`,
			next: 'run the same command with `localhost` on the host, or start the container that you are in with `--network host`',
		}),
		remote: (address: string, words: string) => ({
			reason: `The engine’s published ports can’t be reached at ${address}: ${words}.`,
			next: 'check with `docker ps` that the container is still running, and that no firewall blocks the machine that the engine runs on',
		}),
	},
	container: {
		missing: (name: string) => `There is no container ${name}.`,
		fromOtherImage: (name: string, image: string, wanted: string) =>
			`The container ${name} was created from the image ${image}, not ${wanted}.`,
		wrongState: (name: string, state: string, wanted: string) =>
			`The container ${name} is ${state} instead of ${wanted}.`,
		inState: (name: string, state: string) => `The container ${name} is ${state}.`,
		/** Nothing is known of it: the recording or the simulation does not have it. */
		unknown: {
			health: (name: string) => `The health of the container ${name} is not known here.`,
			log: (name: string) => `The log of the container ${name} is not known here.`,
			networks: (name: string) => `The networks of the container ${name} are not known here.`,
			volumes: (name: string) => `The volumes of the container ${name} are not known here.`,
		},
		unknownNext: 'try it on an engine',
		noHealth: (name: string) =>
			`The container ${name} has no health check: neither its image nor the command gives it one.`,
		wrongHealth: (name: string, health: string, wanted: string) =>
			`The health of the container ${name} is ${health} instead of ${wanted}.`,
		inHealth: (name: string, health: string) => `The health of the container ${name} is ${health}.`,
		healthToCome: (name: string) => `The health check of the container ${name} has no result yet.`,
		/** Begins a sentence. */
		log: (name: string) => `The log of the container ${name}`,
		logAsExpected: (name: string) => `The log of the container ${name} is as expected.`,
		outsideNetwork: (name: string, network: string) =>
			`The container ${name} is not in the network ${network}.`,
		inNetworks: (name: string, networks: string[]) =>
			`The container ${name} is in the ${networks.length === 1 ? 'network' : 'networks'} ${formatList(networks)}.`,
		withoutVolume: (name: string, volume: string) =>
			`The volume ${volume} is not mounted in the container ${name}.`,
		withVolumes: (name: string, volumes: string[]) =>
			`The container ${name} uses the ${volumes.length === 1 ? 'volume' : 'volumes'} ${formatList(volumes)}.`,
	},
	dockerfile: {
		unreadable: (path: string) => `${path} is missing, or no builder can parse it.`,
		noStage: (path: string, stage: string) => `${path} has no stage ${stage}.`,
		/** `named`: the names of those that have one; `count`: of all. */
		stagesThere: (named: readonly string[], count: number) => {
			const names = formatList(named.map(name => `\`${name}\``));
			if (count === 1)
				return named.length === 1 ? `It has one stage, ${names}.` : 'Its only stage has no name.';
			if (named.length === 0) return 'None of its stages has a name.';
			return named.length === count
				? `Its stages are ${names}.`
				: `Of its ${count} stages, ${choosePlural(named.length, `only ${names} has a name`, `${names} have a name`)}.`;
		},
		/** `message`: as the language server words it, without a full stop. */
		mistake: (path: string, line: number, message: string) =>
			`${path} has a mistake in line ${line}: ${message}.`,
		noStageAndMistake: (path: string, stage: string, line: number, message: string) =>
			`${path} has no stage ${stage}, and a mistake in line ${line}: ${message}.`,
		asExpected: (path: string) => `${path} has the stages it should have.`,
		isLast: (path: string, stage: string) =>
			`The stage ${stage} is the last one in ${path}, so all of it is the image.`,
		unused: (path: string, stage: string) =>
			`The last stage of ${path} neither starts from the stage ${stage} nor copies from it.`,
		neededAsLast: (path: string, stage: string) =>
			`A plain build of ${path} needs the stage ${stage}, because it is the last stage.`,
		neededByOther: (path: string, stage: string) =>
			`A plain build of ${path} needs the stage ${stage}, because another stage of that build needs it.`,
	},
	exit: {
		neither: (anyFailure: string) => `must be an exit code, or \`${anyFailure}\``,
		notFinished: 'The command did not finish.',
		succeeded: 'The command ended with exit code 0, but it should have failed.',
		asExpected: (exitCode: number) => `The command ended with exit code ${exitCode}.`,
		wrong: (exitCode: number, wanted: number) =>
			`The command ended with exit code ${exitCode} instead of ${wanted}.`,
		wrongInStage: (exitCode: number, wanted: number, stage: string) =>
			`The command ended with exit code ${exitCode} instead of ${wanted}: stage ${stage} failed.`,
		wrongAtLine: (exitCode: number, wanted: number, line: number) =>
			`The command ended with exit code ${exitCode} instead of ${wanted}: it failed at line ${line} of the Dockerfile.`,
		wrongInStageAtLine: (exitCode: number, wanted: number, stage: string, line: number) =>
			`The command ended with exit code ${exitCode} instead of ${wanted}: stage ${stage} failed at line ${line} of the Dockerfile.`,
	},
	file: {
		missing: (path: string) => `The file ${path} is not in the lab folder.`,
		lacks: (path: string, piece: string) => `The file ${path} does not contain \`${piece}\`.`,
		asExpected: (path: string) => `The file ${path} contains what the text describes.`,
		/** Mistakes in a workshop, reported for a check. */
		lint: {
			outside: (path: string) => `looks at \`${path}\`, which is in no context`,
			missing: (path: string) => `looks at \`${path}\`, which is not there`,
			lacks: (path: string, piece: string) => `\`${path}\` does not contain \`${piece}\``,
		},
	},
	image: {
		present: (name: string) => `The image ${name} is on the engine.`,
		presentOffline: (name: string) =>
			`The registry could not be reached, so the image ${name} that is already on this engine is used.`,
		presentAnyway: (name: string) =>
			`The command failed, but the image ${name} is already on this engine and is used.`,
		stillPresent: (name: string) => `The image ${name} is still on the engine.`,
		missing: (name: string) => `There is no image ${name} on the engine.`,
		nothingToCompare: (name: string, other: string) => `There is no image ${other} to compare ${name} with.`,
		smaller: (name: string, size: string, other: string, otherSize: string, factor: number) =>
			`${name} is ${size} and ${other} ${otherSize}: ${formatFactor(factor)} smaller.`,
		notSmaller: (name: string, size: string, other: string, otherSize: string, factor: number) =>
			`${name} is ${size} and ${other} ${otherSize}, which is not ${formatNumber(factor)} times smaller.`,
		noBase: (name: string, base: string) => `There is no image ${base} that ${name} could be built on.`,
		otherBase: (name: string, base: string) => `The image ${name} does not begin with the layers of ${base}.`,
		builtOn: (name: string, base: string) => `The first layers of ${name} are those of ${base}.`,
	},
	instructions: {
		missing: (piece: string) => `The build has no instruction with \`${piece}\`.`,
		missingInStage: (piece: string, stage: string) =>
			`The stage ${stage} has no instruction with \`${piece}\`.`,
		wrong: (piece: string, expected: keyof typeof expectedInstructions, status: string) =>
			`\`${piece}\` should have ${expectedInstructions[expected]}, but ${instructionStatuses[status]}.`,
		/** Begins a sentence about what was printed. */
		output: (stage: string | undefined) =>
			stage === undefined ? 'The output of the build' : `The output of the stage ${stage}`,
		printedAsExpected: 'The build printed what was expected.',
		lint: {
			missing: (dockerfile: string, piece: string) =>
				`\`${dockerfile}\` has no instruction with \`${piece}\``,
		},
		asExpected: ({cached, anew}: {cached: string[]; anew: string[]}) => {
			const parts = [
				...(cached.length > 0 ? [`${formatList(cached.map(code))} came from the cache`] : []),
				...(anew.length > 0
					? [`${formatList(anew.map(code))} ${anew.length === 1 ? 'was' : 'were'} rebuilt`]
					: []),
			];
			return `${parts.join('; ') || 'The build has run'}.`;
		},
	},
	stages: {
		missing: (stage: string) => `The build has no stage ${stage}.`,
		wrongStatus: (stage: string, status: StageStatus, wanted: StageStatus) =>
			`The stage ${stage} is ${stageStatuses[status]} instead of ${stageStatuses[wanted]}.`,
		unreported: (stage: string) =>
			`The build printed nothing about the stage ${stage}, so its status is unknown.`,
		unreportedNext: 'build it again without `--quiet`',
		/** `builder` begins the sentence. */
		builtBy: (builder: string) => `${builder} built this.`,
		builtByOther: (builder: string, wanted: string) =>
			`${builder} built this, but this step is about ${wanted}.`,
		leftOut: (stages: string[]) =>
			`Podman’s Buildah built the image and left out ${formatList(stages)}, which nothing needs; Docker’s legacy builder builds every stage, as the recording shows: \`multistage-workshop --replay\`.`,
		/** The words are the same for stages from the cache: how often they were built is not part of the verdict. */
		asExpected: ({done, skipped, cached}: {done: string[]; skipped: string[]; cached: string[]}) => {
			const parts = [
				...(done.length > 0 ? [`went through ${formatList(done)}`] : []),
				...(skipped.length > 0 ? [`skipped ${formatList(skipped)}`] : []),
				...(cached.length > 0 ? [`took ${formatList(cached)} from the cache`] : []),
			];
			return `The build ${parts.join(', and ') || 'has run'}.`;
		},
		cachedTime: (stage: string) => `The stage ${stage} was taken from the cache, so its time says nothing.`,
		notRun: (stage: string) => `The stage ${stage} did not run.`,
		overlapped: (stages: string[], seconds: number) =>
			`The stages ${formatList(stages)} ran at the same time for ${seconds.toFixed(1)} s.`,
		notOverlapped: (stages: string[]) => `The stages ${formatList(stages)} did not run at the same time.`,
		/** Mistakes in a workshop, reported for a check. */
		lint: {
			noBuild: 'looks at stages, and this step builds none',
			missing: (dockerfile: string, stage: string) => `\`${dockerfile}\` has no stage \`${stage}\``,
		},
	},
	network: {
		present: (name: string) => `The network ${name} is on the engine.`,
		missing: (name: string) => `There is no network ${name} on the engine.`,
		stillPresent: (name: string) => `The network ${name} is still on the engine.`,
		unknown: 'Which networks there are is not known here.',
	},
	volume: {
		present: (name: string) => `The volume ${name} is on the engine.`,
		missing: (name: string) => `There is no volume ${name} on the engine.`,
		stillPresent: (name: string) => `The volume ${name} is still on the engine.`,
		unknown: 'Which volumes there are is not known here.',
	},
	/** `subject`: the beginning of the sentence, such as “The output”. */
	text: {
		lacks: (subject: string, piece: string) => `${subject} does not contain \`${piece}\`.`,
		has: (subject: string, piece: string) => `${subject} contains \`${piece}\`, which it should not.`,
		matchesNot: (subject: string, pattern: string) => `${subject} has nothing that matches \`${pattern}\`.`,
	},
	/** What a command printed. */
	output: {
		/** Each begins a sentence. */
		subjects: {stdout: 'The output', stderr: 'The error output'},
		noMatch: (pattern: string) => `No number was found: nothing in the output matches \`${pattern}\`.`,
		noNumber: (text: string) => `\`${text}\` is not a number that can be compared.`,
		notCaptured: (name: string) => `There is nothing to compare with: no step has captured \`${name}\` yet.`,
		wrongNumber: (found: string, comparison: keyof typeof comparisons, other: string) =>
			`The output says ${found}, which is not ${comparisons[comparison]}${other}.`,
		rightNumber: (found: string) => `The output says ${found}, as it should.`,
		asExpected: 'The command printed what was expected.',
		silent: 'The command printed nothing, as it should.',
		clean: 'The output contains nothing that it should not.',
		/** Mistakes in a workshop, reported for a check. */
		lint: {
			noGroup: 'the pattern needs a group around the number, as in `(\\d+) files`',
			noComparison: (known: string[]) =>
				`compares the number with nothing: it needs one of ${formatList(known)}`,
		},
	},
};
