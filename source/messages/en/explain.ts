import {choosePlural, formatCount, formatList} from './wording.js';

const files = (count: number): string => formatCount(count, 'file');

export const explain = {
	title: (dockerfile: string, target: string) => `${dockerfile}, target ${target}`,
	stages: {
		heading: 'Stages',
		image: (image: string) => `starts from ${image}`,
		base: (stage: string) => `starts from the stage ${stage}`,
		uses: (stages: string[]) => `uses files of ${formatList(stages)}`,
		skipped: (target: string) => `skipped: ${target} does not need it`,
		together: (stages: string[]) => `At the same time: ${formatList(stages)}.`,
	},
	context: {
		heading: 'Build context',
		/** `size`: `1.2 MB`. */
		whole: (folder: string, count: number, size: string) => `${folder}: ${files(count)}, ${size}`,
		noIgnoreFile: 'There is no .dockerignore.',
		ignoresNothing: (file: string) => `${file} leaves nothing out.`,
		ignores: (file: string, parts: string[]) => `${file} leaves out ${formatList(parts)}.`,
		folders: (names: string[], more: number) =>
			`${names.length + more === 1 ? 'the folder' : 'the folders'} ${
				more === 0 ? formatList(names) : `${names.join(', ')} and ${more} more`
			}`,
		files: (count: number, size: string) => `${files(count)} (${size})`,
		filesElsewhere: (count: number, size: string) => `${files(count)} elsewhere (${size})`,
		place: (stage: string, line: number) => `${stage}, line ${line}`,
		brings: (count: number, size: string) => `${files(count)}, ${size}`,
		missing: (names: string[]) =>
			`the build will fail, because this is missing or ignored: ${formatList(names)}`,
		readsNothing: 'No instruction that runs reads the build context.',
	},
	cache: {
		heading: 'Cache',
		legacy:
			'`DOCKER_BUILDKIT` selects the legacy builder. Its cache works differently, so what it will run again is not foreseen.',
		first:
			'This build’s fingerprints are now saved. Build the image; after your next change, `explain` says what will run again, and why.',
		/** `at`: the day and time. */
		since: (at: string) => `If you have built since the last \`explain\` (${at}), the next build does this:`,
		other: 'That was for another target, or with other build arguments.',
		imagesUnknown: 'No engine answers, so base images are not looked at.',
		line: (line: number) => `line ${line}`,
		statuses: {cached: 'cached', runs: 'runs again', depends: 'may run'},
		changes: {content: 'content', mode: 'mode', new: 'new', removed: 'removed'},
		moreChanges: (count: number) => `and ${formatCount(count, 'more file')}`,
		noInstructions: 'Nothing in the stages that run needs the cache.',
	},
	/** Why an instruction runs again, or may: a clause. */
	reasons: {
		baseImage: (image: string, before: string) => `the base image is ${image}, and was ${before}`,
		baseStage: (stage: string) => `its stage starts from ${stage}, which has changed`,
		earlier: (line: number) => `because of line ${line}`,
		files: (count: number) => `${formatCount(count, 'change')} in the files that it reads:`,
		instruction: (before: string) => `the instruction has changed from \`${before}\``,
		new: 'this instruction is new',
		removed: (before: string) => `the instruction before it has been removed: \`${before}\``,
		arguments: (names: string[]) =>
			names.length === 1
				? `the argument ${formatList(names)} has another value`
				: `the arguments ${formatList(names)} have other values`,
		settings: (names: string[]) => `changed before it: ${formatList(names)}`,
		stages: (names: string[]) => `only if the files that it takes from ${formatList(names)} change`,
		images: (names: string[]) =>
			`only if its files differ in ${formatList(names)}, which has changed on the engine`,
		contexts: (names: string[]) =>
			`only if the files that it takes from the build ${choosePlural(names.length, 'context', 'contexts')} ${formatList(names)} have changed`,
		addresses: (names: string[]) => `only if what ${formatList(names)} returns has changed`,
	},
	checks: {
		heading: 'Build checks of BuildKit',
		none: 'BuildKit finds nothing to complain about.',
		/** `line`: null for the whole Dockerfile. */
		place: (line: number | null, rule: string) => (line === null ? rule : `line ${line}, ${rule}`),
	},
	measured: {
		heading: 'Measured builds',
		invite: (command: string) =>
			`\`${command}\` also builds a copy, and tries out what would make it faster or smaller.`,
		noPodman: 'Builds are measured on a Docker engine, and this is Podman.',
		otherMeasures: 'Another copy of this program is measuring a build.',
		otherMeasuresNext: 'wait until it has ended',
		legacy: 'Builds are measured with BuildKit, and `DOCKER_BUILDKIT` selects the legacy builder.',
		legacyNext: 'unset DOCKER_BUILDKIT',
		failed: (message: string, line: number | null) =>
			`The build of a copy failed${line === null ? '' : ` in line ${line} of the Dockerfile`}: ${message}`,
		noCopy: (trouble: string) =>
			`The project can’t be copied to the folder where the program keeps its files: ${trouble}.`,
		failedNext: '`multistage-workshop build` shows all that it prints',
		/** What is under way, on one line. */
		doing: {
			first: (files: number, size: string) =>
				`Building a copy without the cache (${formatCount(files, 'file')}, ${size}) …`,
			trying: (says: string) => `Trying: ${says}`,
		},
		/** Times and sizes are formatted. */
		without: (seconds: string) => `without the cache: ${seconds}`,
		after: (file: string, seconds: string) => `after a change of ${file}: ${seconds}`,
		image: (size: string) => `image: ${size}`,
		stage: (name: string, seconds: string | null, size: string | null) =>
			[name, ...(seconds === null ? [] : [seconds]), ...(size === null ? [] : [`adds ${size}`])].join(', '),
		parts: 'The image consists of',
		chart: 'The build without the cache',
		instructionColumns: ['Stage', 'Line', 'Instruction', 'Time', 'Size'],
		partColumns: ['Part', 'From', 'Size', 'Share'],
		differenceColumns: ['What', 'Before', 'Now', 'Change'],
		fromStages: (names: string[]) => `from ${formatList(names)}`,
	},
	suggestions: {
		heading: 'Suggestions, each proven by builds of a copy',
		none: (rejected: number) =>
			rejected === 0
				? 'None: nothing that is known here would help.'
				: `None: ${formatCount(rejected, 'change')} ${choosePlural(rejected, 'was', 'were')} tried, and gained nothing or broke the build.`,
		rejected: (count: number) =>
			`${formatCount(count, 'other change')} ${choosePlural(count, 'was', 'were')} tried, and gained nothing or broke the build.`,
		place: (line: number | null) => (line === null ? '.dockerignore' : `line ${line}`),
		figures: {
			imageBytes: () => 'image',
			afterSource: (file: string) => `after a change of ${file}`,
			afterPackages: (file: string) => `after a change of ${file}`,
		},
		together: 'All of them together:',
		write: (command: string) => `\`${command}\` writes them to a file beside the Dockerfile.`,
		written: (files: string[]) => `Written: ${formatList(files)}`,
		build: (file: string) => `Build with it: \`docker build -f ${file} .\``,
		nothingToWrite: 'There is nothing to write.',
		exists: (file: string) => `${file} is there already, with another text, and is kept.`,
		notWritten: (file: string, trouble: string) => `${file} can’t be written: ${trouble}.`,
		existsNext: 'rename or remove it, and run this again',
		manifestsFirst: {
			says: (files: string[], manager: string) =>
				`Copy ${formatList(files)} before the other files, and install the ${manager} packages in between.`,
			because: (copy: string) =>
				`Each change of a file that \`${copy}\` brings installs all packages again, although they are the same.`,
		},
		ignore: {
			says: (patterns: string[]) => `Leave out ${formatList(patterns)} in the .dockerignore.`,
			because: (count: number) => choosePlural(count, 'No build needs it.', 'No build needs these.'),
		},
		tests: {
			says: (command: string, stage: string) => `Run \`${command}\` in a stage of its own, ${stage}.`,
			because: (stage: string) =>
				`The image does not need it, so each build can skip it. CI runs it with \`docker build --target ${stage} .\`.`,
		},
		tools: {
			says: (program: string, base: string) => `Add a final stage from ${base} that has only ${program}.`,
			because: (base: string) =>
				base === 'scratch'
					? 'Compiler and sources stay in the stage before. The image has no shell and no time zones.'
					: 'Compiler and sources stay in the stage before.',
		},
		devPackages: {
			says: (folder: string) =>
				`Add a final stage that has ${folder} and only the packages that it needs when it runs.`,
			because: 'The packages that only the build needs stay in the stage before.',
		},
		base: {
			says: (image: string, before: string) => `Start from ${image} instead of ${before}.`,
			because: 'The base image has more in it than the program needs.',
		},
		mounts: {
			says: (manager: string, folders: string[]) =>
				`Keep what ${manager} downloads and compiles in a cache mount: ${formatList(folders)}.`,
			because: 'When the instruction has to run again, it finds there what it had before.',
		},
		leftovers: {
			says: (program: string) => `Leave no downloads of ${program} in the layer.`,
			because: 'Nothing needs them when the container runs.',
		},
		removals: {
			says: (from: number, to: number) => `Join lines ${from} to ${to} into one \`RUN\`.`,
			because: 'Files that a later layer removes stay in the earlier one.',
		},
	},
	noFolder: (context: string) => `The build context ${context} is not a folder on this machine.`,
	noFolderNext: 'name the folder: `multistage-workshop explain <folder>`',
	noDockerfile: (file: string) => `There is no Dockerfile at ${file}.`,
	noDockerfileNext: 'name it with `--file`, relative to the folder that you are in',
	badPattern: (pattern: string) => `BuildKit rejects the pattern \`${pattern}\` of the .dockerignore.`,
	badPatternNext: 'correct it or remove it',
	unreadable: (place: string, trouble: string) =>
		`${place} can’t be read, and a build would fail on it: ${trouble}.`,
	notKept: (trouble: string) => `The fingerprints can’t be saved for the next \`explain\`: ${trouble}.`,
};
