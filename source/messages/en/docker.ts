export const docker = {
	/** Why clean-up could not remove what a command creates; each follows the command in a sentence. */
	untraceable: {
		engine:
			'selects an engine itself, but a workshop runs on the learner’s engine, and clean-up looks nowhere else',
		push: 'pushes to a registry, where clean-up can’t remove anything',
		allTags:
			'pulls images whose names it does not say, so clean-up can’t find them: name the image that you need',
		cidfile: 'has a `--cidfile`, which the program itself needs to identify the container',
		outside: (file: string) =>
			`writes to \`${file}\`, outside of the lab folder, where clean-up removes nothing`,
		mount: (folder: string) =>
			`lets its container write to \`${folder}\`, where clean-up can’t tell what it wrote from the learner’s files: add \`:ro\`, or use a named volume`,
		verb: (verb: string) =>
			`may make things that clean-up does not know, so \`docker ${verb}\` is not for workshops`,
	},
};
