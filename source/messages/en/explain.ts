import {formatCount, formatList} from './wording.js';

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
		addresses: (names: string[]) => `only if what ${formatList(names)} returns has changed`,
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
