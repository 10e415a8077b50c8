import {causes} from './stages/causes.js';
import {formatList} from './wording.js';

export const stages = {
	causes,
	/** A builder's name within a sentence. */
	builders: {legacy: 'the legacy builder', buildkit: 'BuildKit', buildah: 'Buildah'},
	/** A builder's name at the start of a sentence. */
	builderSubjects: {legacy: 'The legacy builder', buildkit: 'BuildKit', buildah: 'Buildah'},
	noBuildx: (cli: string) =>
		`The Docker CLI ${cli} needs the buildx plugin to build with BuildKit, and the plugin is missing.`,
	noBuildxNext: 'install the buildx plugin (package docker-buildx-plugin or docker-buildx)',
	dockerfile: {
		noFrom: 'The Dockerfile has no FROM.',
		noStage: (target: string) => `The Dockerfile has no stage \`${target}\`.`,
		stageNames: (names: string[]) => `Its stages are ${names.map(name => `\`${name}\``).join(', ')}.`,
		noStageNames: 'None of its stages has a name.',
	},
	nothingPrinted: 'The build printed nothing.',
	/** Why a stage has its status: a phrase shown after it. */
	reasons: {
		failed: (exitCode: number) => `its command ended with exit code ${exitCode}`,
		cancelledByYou: 'cut off when you cancelled the build',
		cancelledByStage: (stage: string) => `cut off when stage ${stage} failed`,
		cancelledByBuild: 'cut off when the build failed',
		notStarted: 'not started: the build failed before any stage began',
		metadataOnly: 'metadata only',
		notNeeded: 'nothing that is built needs this stage',
		expectedNotNeeded: 'expected to be skipped: nothing that is built needs this stage',
		afterTarget: 'comes after the target',
		notListed: 'BuildKit listed nothing of this stage',
		notReported: 'the build printed nothing about it',
		replaced: (context: string) => `replaced by the build context ${context}`,
		needs: (stages: string[]) => `needs ${stages.join(', ')}`,
	},
	/** What the stages of a build can't show. */
	notes: {
		noProgress: 'The build printed no progress, so its stages cannot be followed.',
		inTurn: 'This BuildKit prints stages in turn: lines come in bursts.',
		sharedImage: (stages: string[], image: string) =>
			`${formatList(stages)} start from ${image}: BuildKit loads it once, and shows that in one stage only.`,
		ignoredHeredoc: (line: number) =>
			`The legacy builder can’t read heredocs: line ${line} of the Dockerfile does nothing.`,
		imageOutside: (image: string) => `BuildKit loads ${image} outside the stages: no stage shows that.`,
		imageForSeveral: (image: string) =>
			`BuildKit loads ${image} once for several instructions: no stage shows that.`,
		foreignStage: (stage: string) =>
			`The build has a stage ${stage} that is not in this Dockerfile: its output is shown outside the stages.`,
	},
};
