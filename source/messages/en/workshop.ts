import {choosePlural, formatCount, formatList} from './wording.js';

const fenceHint = 'a command is a fenced block that begins with ```sh run';

/** Problems in the files of a workshop. If a message begins with a verb, its subject is the file. */
export const workshop = {
	warning: (message: string) => `warning: ${message}`,

	cover: {
		missing: 'this file is missing: a workshop begins with it',
		noFrontMatter: 'must begin with front matter: YAML between two lines of `---`',
		noChapter: 'there is no chapter: a file such as `01-first.md`',
	},

	chapter: {
		noTitle: 'a chapter must begin with its title: `# …`',
		secondTitle: 'a chapter can have only one title, and this is a second one',
		noStep: 'a chapter needs at least one step: a `## title`',
		idTaken: (id: string, file: string) => `the chapter id \`${id}\` is already used by ${file}`,
	},

	step: {
		noTitle: 'the title of a step is empty',
		noComment: 'a `<!-- step … -->` comment must stand right below the title of a step',
		openComment: 'the comment `<!-- step` is not closed: `-->` is missing',
		openCode: 'this block of code is not closed: its last fence is missing, so it contains all that follows',
		openOtherComment: 'this comment is not closed: `-->` is missing, so it contains all that follows',
		secondComment: 'a step can have only one comment, and this is a second one',
		idTaken: (id: string, file: string, line: number) =>
			`the step id \`${id}\` is already used at ${file}:${line}`,
		needsUnknown: (id: string) => `needs \`${id}\`, but there is no such step`,
		needsLater: (id: string) => `needs \`${id}\`, which comes later`,
		needsOptional: (id: string) => `needs \`${id}\`, which is optional`,
		needsInCircle: (ids: string) => `\`needs\` forms a circle: ${ids}`,
		cleanupNotLast: `a step of the kind \`run\` without a command is the clean-up, which must be the last step of a workshop; ${fenceHint}`,
		unmarkedCommand: 'nothing runs this command: a block that is run begins with ```sh run',
		cleanupWithChecks: `a step of the kind \`run\` without a command is the clean-up, which can’t have checks; ${fenceHint}`,
	},

	command: {
		second: 'a step can have at most one command',
		secondLine: 'a step can have at most one command, on one line',
		forbidden: {
			read: 'a step of the kind `read` can’t have a command: nothing would run it',
			challenge: 'a challenge can’t have a command: the learner finds it; put yours into the solution',
			question: 'a question can’t have a command: nothing would run it',
			repair: 'a repair can’t have a command: the learner finds it; put yours into the solution',
		},
		ofBuilderStep: 'the command of a step of the kind `builder` must be `export DOCKER_BUILDKIT=0`, or `=1`',
		withoutCheck: 'a step that runs a command needs a check: without one, it passes whatever happens',
		withoutProgram: 'a command must begin with a program',
		buildsOutside: (dockerfile: string) => `builds \`${dockerfile}\`, which is not in any context`,
		needsTerminal:
			'asks for a terminal, which a rehearsal and a recording don’t have: leave out `-t`, and `-i` with it',
		needsShell: (operator: string) => `\`${operator}\` needs a shell, but commands run without one`,
		/** `trouble`: why clean-up could not track the command, as the end of a sentence about it. */
		untraceable: (command: string, trouble: string) => `\`${command}\` ${trouble}`,
		noPlaceholder: (written: string) => `\`${written}\` is not a placeholder: write it as \`{{name}}\``,
		templateWord: (name: string) =>
			`a captured value can’t be called \`${name}\`: \`{{${name}}}\` is a word of Docker’s templates`,
		/** `word`: what the program would get, such as `{{json`. */
		unquotedTemplate: (word: string) =>
			`\`${word}\` is cut off at a space: write the template between quotes, as in \`--format '{{json .}}'\``,
		notCaptured: (name: string) => `no step captures \`{{${name}}}\``,
		capturedLater: (name: string, step: string) => `\`{{${name}}}\` is captured only later, by \`${step}\``,
		captureNotNeeded: (name: string, step: string) =>
			`\`{{${name}}}\` is captured by \`${step}\`, which this step does not need`,
	},

	check: {
		none: 'a challenge without checks passes before anything is done',
		startPasses: 'the start state already passes: nothing is left for the learner to do',
		editWithoutCommand: 'only a step that runs a command can have an `edit`',
		judgeOfCommand: 'only a challenge can have a `judge`: other steps have a command',
		proofWithoutCheck: 'a proof needs a check: without one, it proves nothing',
		editsNothing: (file: string, piece: string) => `replaces \`${piece}\`, which is not in \`${file}\``,
		editsOutside: (file: string) => `changes \`${file}\`, which is not a file in a context`,
	},

	patch: {
		noDiff:
			'is not a unified diff of existing files: write it with `diff -u` or `git diff`, whose hunks say how many lines they have',
		misplaced: 'is never applied: a `diff patch` belongs directly into the text of its step',
		withoutCommand: 'only a step that runs a command can have a `diff patch`',
		unfit: (file: string) =>
			`does not fit \`${file}\` as it is here: it must fit the shipped file after the patches before it`,
		conditional: 'a `diff patch` is applied on every engine: move it out of the `when`',
	},

	question: {
		choiceCount: (most: number) => `must be a list of 2 to ${most} choices`,
		noExpression: 'must be a regular expression',
		onlyOfQuestion: (key: string) => `only a question can have \`${key}\``,
		noAnswer: 'a question needs answers: a task list in its text (`- [x] …`, `- [ ] …`), or the key `answer`',
		twoKinds: 'the answers of this question are the task list in its text: it can’t have `answer` too',
		secondList: 'a question can have only one task list, and this is a second one',
		answerCount: (count: number, most: number) =>
			`a question needs 2 to ${most} answers, and this one has ${count}`,
		noneRight: 'none of the answers is right: begin the right one with `- [x]`',
		noBox: 'this answer has no box: begin it with `- [ ]`, or with `- [x]` if it is right',
		emptyAnswer: 'this answer is empty',
		sameAnswer: (answer: string) => `the answer “${answer}” is there twice`,
		notExplained:
			'this wrong answer has no explanation: add it as a paragraph of its own, indented below the answer',
		noOtherwise: '`otherwise` is missing: the sentence for a wrong answer that is not under `wrong`',
		toleranceOfWord: 'only a number can have a `tolerance`',
		withChecks: 'a question can’t have checks: it is judged by its answer',
		needed: (id: string) => `needs \`${id}\`, which is a question and may stay unanswered`,
	},

	prediction: {
		nothingRuns: 'only a step that runs a command can have a `predict`',
		noStages: '`predict` asks about stages, but this command builds none',
		stagesUnknown:
			'`predict` asks about stages, which nobody knows before this command runs: a file defines what it builds',
		nothingPrinted: (about: string) =>
			`\`predict\` asks for a ${about} of the output, but this command is a build, whose output is in its panes`,
		notInDockerfile: (choice: string, dockerfile: string) =>
			`\`${choice}\` is neither a stage of \`${dockerfile}\` nor a part of an instruction in it`,
		nothingCompared: '`predict` asks which image is bigger: name two or more under `compare`',
	},

	answer: {
		noSolution: (file: string) => `this challenge has no solution: there is no ${file}`,
		noChallenge: (id: string) => `there is no challenge \`${id}\``,
		noRunFile: 'this attempt has no run.yaml',
		solutionIsFile: 'is a stray file: a solution is a folder',
		attemptIsFile: 'is a stray file: an attempt is a folder',
		outsideContexts: (file: string) => `would be \`${file}\` in the lab folder, which is not in any context`,
		solutionFails: 'the finding of a solution must be `passed`',
		attemptPasses: 'an attempt is a wrong answer: its finding can’t be `passed`',
		unknownFinding: (finding: string, known: string[]) =>
			`no check of the challenge has the finding \`${finding}\`; they have ${known.join(', ')}`,
	},

	/** `id`: the step that a build is set beside. */
	beside: {
		noBuild: '`beside` compares two builds, and this step runs no `docker build`',
		unknown: (id: string) => `\`beside\` names \`${id}\`, but there is no such step`,
		notEarlier: (id: string) => `\`beside\` names \`${id}\`, which does not come before this step`,
		otherNoBuild: (id: string) => `\`beside\` names \`${id}\`, which runs no \`docker build\``,
	},

	blank: {
		noBlank: `a step of the kind \`blank\` needs a command with \`{{?}}\` where learners fill something in; ${fenceHint}`,
		fillsMissing: (blanks: number, fills: number) =>
			`the command has ${formatCount(blanks, 'blank')}, and \`fills\` has ${formatCount(fills, 'text')}: each \`{{?}}\` needs one`,
		blankElsewhere:
			'the command has a blank, `{{?}}`, which only a step of the kind `blank` can have: change the kind, or write out the command',
		fillsElsewhere: 'only a step of the kind `blank` can have `fills`',
	},

	broken: {
		nothing: (folder: string) =>
			`nothing is broken when this repair begins: put broken files into ${folder}, or break something with \`setup\``,
		noRepair: (id: string) => `there is no step \`${id}\` of the kind \`repair\``,
		isFile: 'is a stray file: the broken files of a step are in a folder with its id',
	},

	text: {
		/** The blocks that a reader unfolds. */
		details: {hint: 'the hint', solution: 'the solution', afterwards: 'the text for afterwards'},
		open: (what: string) => `${what} is not closed: \`</details>\` is missing on a line of its own`,
		empty: (what: string) => `${what} is empty`,
		second: (summary: string) => `a step can have only one block called ${summary}, and this is a second one`,
		crowdedDetails:
			'the text of this block is read as HTML: put a blank line below `<summary>…</summary>`, and one above `</details>`',
		otherSummary: (summary: string) =>
			`learners see “${summary}” as a hint: its summary is none of \`Hint\`, \`Solution\` and \`Afterwards\``,
		unreadDetails:
			'learners see the text of this block at once: one to open begins with `<details><summary>Hint</summary>`',
		strayHint: (finding: string) =>
			`the hint is for \`${finding}\`, which no check of its step has as its finding`,
		whenInWhen: 'opens a `when` inside another one',
		openWhen: 'the `when` is not closed: `<!-- end -->` is missing',
		noCondition: (written: string, known: string[]) =>
			`\`${written}\` is not a condition: the conditions are ${formatList(known)}`,
		noWhen: (mark: string) => `there is no \`when\` before this \`${mark}\``,
		secondOtherwise: 'this is a second `otherwise`',
		misplacedShow:
			'must stand on a line of its own, outside of lists and quotes, as in `<!-- show: app/Dockerfile:1-4 -->`',
		showsOutside: (path: string) => `shows \`${path}\`, which is not a file in a context`,
		showsNoLines: (path: string, count: number) =>
			`shows lines that \`${path}\` does not have: its lines are 1 to ${count}`,
		misplacedMark:
			'`when`, `otherwise` and `end` must each stand on a line of their own, outside of lists and quotes',
	},

	/** Follows the path of a file that a text shows. */
	shownFile: {
		missing: ' is not in the lab folder.',
		someLines: (first: number, last: number) =>
			first === last ? `, line ${first}:` : `, lines ${first} to ${last}:`,
	},

	file: {
		linkOutside: (target: string) => `is a link that leaves the folder: it points at ${target}`,
		link: 'is a link, which learners would not get: put the file itself here',
		unreadable: (trouble: string) => `can’t be read: ${trouble}`,
		notAFile: 'is not a file',
		invisibleName: 'has an invisible character in its name',
		tooLarge: (size: string, limit: string) => `is too large: it has ${size}, and at most ${limit} are read`,
		notText: 'is not text in UTF-8',
		hiddenCharacter: (name: string) =>
			`has the character ${name} here, which makes text look like something else`,
		folderForFile: 'is a folder, but the program reads a file of this name',
		notAChapter: 'is not a chapter: chapters have names such as `01-first.md`',
		strayFolder: 'is a stray folder: workshop.md has no context of this name',
		stray: 'is a stray file: nothing in the workshop refers to it',
		/** `why`: the problem with the name on Windows, as the end of a sentence. */
		workshopIdAsName: (id: string, why: string) =>
			`the workshop id \`${id}\` ${why}, and files are named after it`,
		chapterIdAsName: (id: string, why: string) =>
			`the chapter id \`${id}\` ${why}, and files are named after it`,
		longChapterId: (most: number) =>
			`the name of a chapter has at most ${most} characters between its number and \`.md\``,
		stepIdAsName: (id: string, why: string) => `the step id \`${id}\` ${why}, and files are named after it`,
		sameButCase: (other: string) =>
			`differs from ${other} only in upper and lower case: on Windows and macOS they are one`,
	},

	context: {
		twice: (context: string) => `the context \`${context}\` is listed twice`,
		reserved: (folder: string) => `\`${folder}\` can’t be a context: the program reads it itself`,
		missing: (context: string) => `the context \`${context}\` does not exist`,
		isFile: (context: string) => `the context \`${context}\` is a file, and must be a folder`,
		unusedImage: (image: string) =>
			`no file of the workshop names the image \`${image}\`, but every pack would contain it`,
		unusedContext: (context: string) => `no step or answer uses the context \`${context}\``,
		unlistedImage: (image: string) =>
			`starts from \`${image}\`, which is not among the \`images\` of workshop.md`,
	},

	lab: {
		missingSource: (source: string, context: string) =>
			`copies \`${source}\`, which is not in the build context \`./${context}\``,
		byteOrderMark: 'begins with a byte-order mark: save it as UTF-8 without one',
		windowsScript: 'has Windows line endings, with which Linux can’t start a script: save it with LF',
		syntaxLine: '`# syntax=` downloads a frontend: without the internet, the build fails',
	},

	activity: {
		tooFew: (active: number, all: number) =>
			`only ${active} of ${formatCount(all, 'step')} ${choosePlural(active, 'asks', 'ask')} something of the learner before the answer is shown: aim for three in five, with predictions, questions and challenges`,
		onlyExit: 'checks only the exit code, so anything that ends like that passes: check what has to be true',
		onlyFittingHints:
			'every hint of this challenge is for one finding: learners with another one get no hint',
		saysOutput: (output: string) =>
			`the text says \`${output}\` before the command prints it: let learners find out`,
		saysSkipped: (stage: string) =>
			`the text says that \`${stage}\` is skipped, and the step asks for just that: let learners find out`,
	},

	recording: {
		stray:
			'is a stray file: a recording is called `<engine>/<step id>.jsonl`, that of a build `<engine>/<step id>.<builder>.jsonl`',
		noStep: (id: string) => `is a recording of \`${id}\`, but there is no such step`,
		proofMissing: (engine: string, step: string) =>
			`recordings/${engine} lacks this proof, so nobody can solve the challenge there: record it with \`run ${step} --record\``,
		notJson: 'is not JSON',
		noCommand: 'is not a recording: its first line does not name a command',
		stepWithoutCommand: (recorded: string) => `was made with \`${recorded}\`, but its step runs no command`,
		outdated: (recorded: string, command: string) =>
			`was made with \`${recorded}\`, but its step runs \`${command}\`: it is not played; record it again with \`run --record\``,
	},

	excess: {
		nested: (found: number, limit: number) =>
			`opens ${found} quotes or lists inside each other: at most ${limit} are read`,
		indent: (found: number, limit: number) => `is indented by ${found} columns: at most ${limit} are read`,
		brackets: (limit: number) =>
			`there are more than ${limit} opening brackets without a blank line between them`,
		signs: (limit: number) =>
			`there are more than ${limit} characters such as \`*\` and \`|\` without a blank line between them`,
	},

	yaml: {
		alias: (name: string) => `aliases are not read: write out what \`*${name}\` stands for`,
		noKeys: 'must consist of keys and values, as in `id: first-step`',
		unknownKey: (key: string) => `there is no key \`${key}\` here`,
		missingKey: (key: string) => `\`${key}\` is missing`,
		/** `fault`: the problem with the value, as the end of a sentence. */
		value: (key: string, fault: string) => `\`${key}\` ${fault}`,
		item: (key: string, fault: string) => `an item of \`${key}\` ${fault}`,
		faults: {
			string: 'must be text',
			number: 'must be a number',
			boolean: 'must be true or false',
			Array: 'must be a list',
			Object: 'must consist of keys and values',
		},
		mustBe: (wanted: string) => `must be ${wanted}`,
		mustBeOneOf: (choices: string[], written: string) =>
			`must be one of ${choices.join(', ')}, not ${written}`,
		noExpression: 'must be a regular expression with one group',
		noProgram: 'must name a program',
		noEdit: 'must have a `line` to add, or a piece to `replace` and what to replace it `with`',
		newerFormat: (format: number) =>
			`is ${format}, and this version of the program reads format 1: update the program`,
		unfinished: 'this key needs a colon and a space after it, as in `id: first-step`',
		misplaced: 'this line is not indented like the lines that it belongs to',
		indentedTooFar: 'the line below is indented too far',
		endedEarly: "the quoted text ended before this: put all of it in `'…'`, and double each `'` in it",
		mustBeQuoted: (begin: string) => `a text that begins with ${begin} must be quoted`,
		bracketUnquoted: 'a text that begins with a bracket or `*` must be quoted',
		colonUnquoted: 'a text with `: ` in it must be quoted',
		openQuote: (quote: string) => `this text has no closing \`${quote}\``,
		openBracket: (bracket: string) => `the closing \`${bracket}\` is missing here`,
		openBracketAbove: (bracket: string) => `the closing \`${bracket}\` is missing before this line`,
		backslash: 'write a backslash twice in `"…"`, and once in `\'…\'`',
		tabs: 'indent lines with spaces, not with tabs',
		repeatedKey: 'this key is repeated',
		documentEnd: 'a line of `---` ends the YAML, and can’t be part of it',
		blockText: 'after `|` or `>`, the text must begin on the next line',
	},
};
