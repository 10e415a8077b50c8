import {formatCount, formatList} from './wording.js';

const misspeltSource =
	'No stage has that name, so the build looks for an image of that name, and finds none.';

export const review = {
	stages: {
		question: (builder: string) => `Which stages does this build run with ${builder}?`,
		rightBuildKit: (target: string, needed: string[]) =>
			`BuildKit starts at the target, ${target}, and runs only what it needs: ${formatList(needed)}.`,
		rightLegacy: (target: string) =>
			`The legacy builder runs every stage from the top of the Dockerfile to the target, ${target}, needed or not.`,
		/** By mistake. `needed`: the stages that the target needs, itself included. */
		wrong: {
			all: (target: string) => `Nothing behind ${target} is run: the build ends at its target.`,
			'target-alone': (target: string) =>
				`The stage ${target} can’t be built alone: \`FROM\` and \`COPY --from\` name other stages that it needs.`,
			'up-to-target': (_: string, needed: string[]) =>
				`That is how the legacy builder works. BuildKit goes by need, not by order: it needs ${formatList(needed)}.`,
			'needed-only': (target: string) =>
				`That is how BuildKit works. The legacy builder doesn’t look at needs: it runs everything up to ${target}.`,
			'no-base': () => 'The first stage is missing: a stage that starts `FROM` it can’t be built without it.',
			'direct-only': () => 'What the needed stages need themselves is needed as well.',
			'one-more': () => 'One stage too many: BuildKit skips what the target doesn’t need.',
		},
	},

	cache: {
		question: (change: string) =>
			`You have built this Dockerfile. ${change} Which instruction is the first that runs again?`,
		edited: (file: string) => `Then you edit \`${file}\`, and build again.`,
		editedLine: (line: number) => `Then you edit line ${line} of the Dockerfile, and build again.`,
		nothing: 'none: everything comes from the cache',
		line: (line: number, text: string) => `line ${line}: ${text}`,
		right:
			'An instruction comes from the cache as long as its text, the files that it copies, and everything above it in its stage are the same.',
		/** By mistake. `file`: what was edited. */
		wrong: {
			nothing: (file: string) =>
				`\`${file}\` matters to an instruction here, and that one is not taken from the cache.`,
			'from-the-beginning': () =>
				'What stands above the change is not affected by it, and comes from the cache.',
			last: () =>
				'The change matters earlier: all instructions below the first one that is affected run again, too.',
			'own-copy': (file: string) => `An earlier instruction is already affected by \`${file}\`, or none is.`,
			command: () =>
				'A `RUN` runs again if its own text has changed, or if an instruction above it did: here, it is not the first one.',
			'other-copy': (file: string) =>
				`This \`COPY\` doesn’t copy \`${file}\`, or it is not the first one that is affected.`,
		},
	},

	copied: {
		question: (base: string | null) =>
			base === null
				? 'Which files does the image hold?'
				: `Which files does the image hold, besides those of \`${base}\`?`,
		nothing: 'none',
		right: (build: string, from: string) =>
			`The image is the last stage: what \`${from}\` holds, and what it copies. Nothing else of ${build} is in it.`,
		/** By mistake. `from`: what the last stage starts from. */
		wrong: {
			'both-places': () =>
				'`COPY --from` puts the file in its new place only; the old place is in the other stage.',
			'all-of-build': () =>
				'`COPY --from` takes only what it names: the rest of the other stage stays behind.',
			'no-base': (from: string) =>
				`The last stage starts from ${from}, so it also holds what that stage holds.`,
			'base-too': (from: string) =>
				`The last stage starts from \`${from}\`, not from the first stage, so it has none of its files.`,
			'nothing-copied': () => 'What `COPY --from` copies is part of the image.',
			'other-place': () =>
				'A folder is copied by its contents, without its own name, and a file gets the name at the end of the destination, or keeps its own if that is a folder.',
		},
	},

	ports: {
		question:
			'You run this command, and no other container runs. On which port of the host does whoami answer?',
		nowhere: 'on none',
		/** By mistake. */
		wrong: {
			nowhere: 'The port that whoami listens on is published, so it does answer.',
			'exposed-port': '`EXPOSE` publishes nothing: only `-p` does.',
			'left-port':
				'In `-p`, the port of the container is behind the colon, and whoami has to listen on that one.',
			'right-port':
				'In `-p`, the port of the host comes first; the port behind the colon is that of the container.',
			'listening-port': 'whoami listens on that port in the container, which is not a port of the host.',
			unrelated: 'Nothing maps that port of the host to the container.',
		},
	},

	blank: {
		question: (target: string, folder: string, image: string) =>
			`Complete the command: it builds the stage ${target} of \`${folder}\` as \`${image}\`. Type what belongs in each \`{{?}}\`, or the whole command.`,
		repair: (target: string, image: string) =>
			`This command is to build the stage ${target} as \`${image}\`, but it fails. Type it as it has to be.`,
		right: (target: string) =>
			`The image is that of the stage ${target}: \`--target\` names the stage, \`-t\` the image.`,
		noTarget: '`--target` names no stage of the Dockerfile: stages are named behind `AS`.',
		noDockerfile: (folder: string) =>
			`There is no Dockerfile there: the last word is the build context, \`${folder}\`.`,
		otherName: (image: string) =>
			`There is no image \`${image}\` afterwards: \`-t\` gives the name, with the tag behind the colon.`,
		lastStage: (last: string, target: string) =>
			`This builds the last stage, ${last}: without \`--target ${target}\`, a build goes to the end of the Dockerfile.`,
		otherStage: (target: string) => `This builds another stage: \`--target\` has to name ${target}.`,
	},

	repair: {
		fails: (name: string) =>
			`This build fails: “${name}: pull access denied, repository does not exist”. Type the number of the line to change, then the line as it has to be.`,
		tooMuch: (source: string, needed: string) =>
			`This image still holds \`${source}\`, which nobody needs any more; it needs only \`${needed}\` and what the last stage makes. Type the number of the line to change, then the line as it has to be.`,
		noLine: 'An answer begins with the number of a line, and the new line follows.',
		noImage: misspeltSource,
		noBase: `\`FROM\` is wrong now. ${misspeltSource}`,
		fromContext: 'Without `--from`, `COPY` takes the file from the build context, and it isn’t there.',
		otherStage: (file: string) => `That stage has no \`${file}\`: another one makes it.`,
		rightStage: (stage: string) =>
			`\`--from\` names the stage that makes the file, ${stage}, as it is written behind \`AS\`.`,
		noShell: '`scratch` is empty: without a shell, no `RUN` can run in it.',
		lacksDependencies: (file: string) => `The base image alone has no \`${file}\`: the first stage makes it.`,
		stillTooMuch: (build: string) =>
			`The image still holds what ${build} has used, because its last stage starts from ${build}.`,
		rightBase: (base: string) =>
			`A stage starts with everything that its base holds: ${base} has what is needed, and no more.`,
	},

	/** Why a trial failed, where no item says more. */
	failures: {
		refused: 'Docker refuses this command: see `docker build --help`.',
		'no-context': 'There is no such folder to build.',
		'no-dockerfile': 'There is no Dockerfile in the build context.',
		'no-target': '`--target` names no stage of the Dockerfile.',
		'no-image': misspeltSource,
		'no-file': '`COPY` finds no such file.',
		'no-shell': 'This stage has no shell, so it can’t run commands.',
		'command-failed': 'The command of a `RUN` fails.',
		other: 'The build fails.',
	},
	nothingToTry: 'An answer here is one `docker build` command, and nothing else.',

	/** Around the questions, on the screen and in plain lines. */
	place: (number: number, count: number) => `Review: question ${number} of ${count}`,
	verdicts: {right: 'Right.', wrong: 'Not quite.', unknown: 'Can’t be judged.', unanswered: 'Not answered.'},
	rightAnswer: 'The right answer:',
	howToChoose: (count: number) => `Type a number from 1 to ${count}. Enter alone goes on without an answer.`,
	howToChooseSeveral: (count: number) =>
		`Type the numbers of all that are right, from 1 to ${count}, with spaces between. Enter alone goes on without an answer.`,
	howToType: 'Type your answer. Enter alone goes on without an answer.',
	noChoice: (typed: string) => `\`${typed}\` is not one of the answers.`,
	trying: 'Trying it out on your engine…',
	goOn: 'Enter goes on.',
	keys: 'enter answers or goes on   ↑ ↓ scroll   esc leaves',
	summary: (right: number, answered: number) =>
		answered === 0 ? 'Nothing was answered.' : `${right} of ${formatCount(answered, 'answer')} right.`,
	next: (days: number) =>
		days === 0
			? 'More questions are due: `multistage-workshop review`.'
			: `The next review is due in ${formatCount(days, 'day')}: \`multistage-workshop review\`.`,
	/** On the last page of a workshop. */
	first: (days: number) =>
		days === 0
			? 'A review is due, of about three minutes: `multistage-workshop review`.'
			: `A review of about three minutes is due in ${formatCount(days, 'day')}: \`multistage-workshop review\`.`,
	nothingDue: (days: number) => `No question is due; the next review is due in ${formatCount(days, 'day')}.`,
	onEngine: (version: string) => `What can be built is built on your engine, ${version}, and removed again.`,
	byReading: 'Answers are judged by reading them; nothing runs.',
};
