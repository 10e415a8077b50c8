import {formatCount, formatList} from './wording.js';

export const session = {
	leaveWorkshop: 'leave the workshop',

	/** Questions about names that a command would take. */
	imageNameTaken: (tag: string) => ({
		title: `An image called ${tag} is already here, and the workshop did not make it.`,
		lines: [
			'This command moves the name to an image of the workshop.',
			'Your image itself is kept, and clean-up gives it its name back.',
		],
		yes: 'go on',
		no: 'leave the name alone',
		refusal: `The image name ${tag} stays with your image, so this step was not run.`,
		next: `give your image another name with \`docker tag ${tag} <another name>\`, or go on and let clean-up give the name back`,
	}),
	volumeTaken: (name: string) => ({
		title: `A volume called ${name} is already here, and the workshop did not make it.`,
		lines: ['This command uses it and may change its contents.', 'Clean-up does not remove it.'],
		yes: 'go on',
		no: 'leave the volume alone',
		refusal: `The volume ${name} stays as it is, so this step was not run.`,
	}),
	ownContainerStays: (name: string) => ({
		title: `The container ${name} from an earlier run still exists.`,
		lines: ['The workshop made it. It has to be removed before a new container can have its name.'],
		yes: 'replace it',
		no: 'keep it',
		refusal: `The container ${name} was kept, so this step was not run again.`,
	}),
	containerNameTaken: (name: string) => ({
		problem: `One of your containers is called ${name}, so this step can’t use the name.`,
		next: `rename it for now: \`docker rename ${name} ${name}-mine\``,
	}),
	imageNotBuilt: (image: string, stepTitle: string) => ({
		problem: `The engine has no image ${image}, so Docker would pull somebody else’s image of that name from the internet.`,
		next: `run the step “${stepTitle}”, or give your image the name: \`docker tag <yours> ${image}\``,
	}),

	consent: {
		missing: 'Nothing runs until you say that you trust this workshop; you can read on as you like.',
		stepNotChecked:
			'The previous step is not marked as passed: its files are written and checked once you trust this workshop.',
		workshopChanged:
			'The files of this workshop have changed since the step began, so nothing was run: run the step again.',
		remoteEngineMissing: (endpoint: string) => `Nothing runs on ${endpoint} until you agree to it.`,
		remoteEngine: (endpoint: string, address: string) => ({
			title: 'The engine is not on this machine. May the workshop use it?',
			lines: [
				`The docker command talks to ${endpoint}.`,
				`Images and containers are made there, and published ports are reached at ${address}.`,
			],
			no: 'nothing runs there',
			yes: 'use this engine',
		}),
	},

	engine: {
		connecting: 'The engine has not answered yet: this runs as soon as it does.',
		missing: 'There is no engine to run this on.',
		leftovers: (count: number, command: string) =>
			`An earlier session was interrupted and left ${formatCount(count, 'thing')} on the engine: \`${command}\` lists and removes what belongs to the workshop.`,
		leftoversAndLastChapter: (count: number, command: string) =>
			`An earlier session was interrupted and left ${formatCount(count, 'thing')} on the engine: \`${command}\` lists and removes what belongs to the workshop, and so does the last chapter.`,
		otherForThisLine:
			'This line selects its own engine, but the workshop is judged on the engine that it started with.',
		contextSelected:
			'The context that you select applies to other terminals, and to this program when you start it again. Until then, the workshop stays on the engine that it started with.',
	},

	class: {
		timeIsUp: 'The time is up.',
		/** `titles`: of one or two extra challenges. */
		ahead: (chapter: string, titles: string[]) =>
			`You are ahead of the class, which is at “${chapter}”. An extra challenge is waiting if you like: ${titles.map(title => `“${title}”`).join(' or ')}; \`g\` lists all steps.`,
		hintReleased: (step: string) => `Your teacher has released a hint for “${step}”.`,
		solutionReleased: (step: string) =>
			`Your teacher has released the solution of “${step}”: the step offers it now.`,
		ends: {
			over: 'The class is over. You can go on here, and what you did is kept.',
			left: 'The class does not know this seat any more: join it again with `multistage-workshop class join`.',
			elsewhere: 'Another copy of the program, or another laptop, has your seat in the class.',
		},
	},

	files: {
		nothingToCopy: 'There is no output to copy.',
		copied: (lineCount: number, file: string) => `Copied ${formatCount(lineCount, 'line')} to \`${file}\`.`,
		reportSaved: (file: string) => `What you did and learnt is in \`${file}\`.`,
		saved: (file: string, removed: number, added: number) =>
			`${file} was saved: ${[
				...(removed === 0 ? [] : [`${formatCount(removed, 'line')} removed`]),
				...(added === 0 ? [] : [`${formatCount(added, 'line')} added`]),
			].join(', ')}.`,
		savedTooLate: 'The command that is running may not see this change: `a` runs it again.',
		build: (line: string) => `build it: ${line}`,
		notNow: 'not now',
		noEditor:
			'No editor was found. Type `:` and name yours, as in `export EDITOR=nano`, or open the file in another window.',
	},

	leaving: {
		steps: (title: string, passed: number, count: number) => `${title}: ${passed} of ${count} steps passed.`,
		recordedSteps: (title: string, passed: number, count: number) =>
			`${title}: ${passed} of ${count} steps passed in the recording; nothing ran on this machine.`,
		nothingKept: 'Nothing from this session was kept.',
		runForReal: 'With Docker on this machine, the same steps run for real.',
		nextTime: (stepTitle: string) => `Next time you continue at “${stepTitle}”.`,
		cleanUp: (command: string) =>
			`Every step has passed. \`${command}\` removes what the workshop made, unless you have cleaned up already.`,
		title: 'Leave the workshop?',
		commandIsCancelled: 'The command that is running will be cancelled.',
		progressNotKept: 'This copy of the program keeps no progress, as the welcome said.',
		progressKept: 'Your progress is kept: next time you continue here.',
		yes: 'leave',
		no: 'stay',
	},

	commandLine: {
		notRecorded: 'Nothing is recorded for this command.',
		/** `open`: the blank with the word before it. */
		blankOpen: (open: string) => `A blank is still open: \`${open}\`.`,
		/** Of a step that can only be judged by what its command prints or builds. */
		onlyRecorded:
			'This is not the recorded command, and a recording can’t judge what another one prints or builds: press `h` for help.',
		engineVariable: (name: string) =>
			`${name} stays as it is: the workshop is judged on the engine that it started with. Set it before you start the program.`,
		variableSet: (name: string) => `${name} is now set for every command.`,
		variableUnset: (name: string) => `${name} is now unset for every command.`,
		noFolder: (folder: string) => `There is no folder ${folder}.`,
		inLabFolder: 'Your commands run in the lab folder again.',
		inFolder: (folder: string) =>
			`Your commands now run in ${folder}; those of the steps still run in the lab folder. \`cd\` alone takes you back.`,
		buildKitVariable: {
			podman: 'DOCKER_BUILDKIT changes nothing here: Podman builds with Buildah.',
			set: (value: string, builder: string) => `DOCKER_BUILDKIT is ${value}: builds now use ${builder}.`,
			unset: (builder: string) => `DOCKER_BUILDKIT is unset: builds now use ${builder}.`,
			setButForStep: (value: string, builder: string, ofStep: string) =>
				`DOCKER_BUILDKIT is ${value}: builds that you type now use ${builder}. The command of this step still uses ${ofStep}, which it is about.`,
			unsetButForStep: (builder: string, ofStep: string) =>
				`DOCKER_BUILDKIT is unset: builds that you type now use ${builder}. The command of this step still uses ${ofStep}, which it is about.`,
		},
		usedTerminal:
			'The command used the terminal itself, so its output was not recorded and this step stays open.',
		needFirst: (stepTitle: string) => `That ran, but “${stepTitle}” has to pass before this step can.`,
		otherBuilder: (wanted: string, used: string) => `This step is about ${wanted}, but ${used} built this.`,
		otherImage: (wanted: string, used: string) => `This step is about the image ${wanted}, but ${used} ran.`,
		otherBuild: (wanted: string, built: string) => `This step builds ${wanted}, but you built ${built}.`,
		unknownBuild: (wanted: string) => `This step builds ${wanted}, but you built another Dockerfile.`,
		buildNotSeen:
			'The build succeeded, but its progress went where the program can’t see it: build once more, with the output on the terminal.',
	},

	builder: {
		podman:
			'Podman always builds with Buildah: it has neither of Docker’s builders. The recording shows both: `multistage-workshop --replay`.',
		chosen: (builder: string) => `Builds use ${builder} from here on.`,
		thenRunAgain: (next: string) => `${next}, then run this step again`,
		stepNeeds: {
			legacy: 'This step needs Docker’s legacy builder, and Podman builds with Buildah.',
			buildkit: 'This step needs Docker’s BuildKit, and Podman builds with Buildah.',
		},
		seeRecording:
			'go on with the next step; what this one shows is in the recording: `multistage-workshop --replay`',
	},

	/** How a question was answered. */
	question: {
		answered: 'Answered.',
		answeredRight: 'Answered right.',
		answeredRightLater: 'Answered right, but not at first.',
		answeredWrong: 'Not answered right yet.',
		notAnswered: 'Not answered.',
		noNumber: (typed: string) => `“${typed}” is not a number: type digits, such as 12 or 0.5.`,
	},

	step: {
		optional: (title: string) => `extra: ${title}`,
		needFirst: (title: string) => `Do the step “${title}” first: this one needs its result.`,
		valueComesFrom: (name: string, title: string) => `\`<${name}>\` comes from the step “${title}”.`,
		valueUnknown: (name: string) => `\`<${name}>\` is not known yet.`,
		valuesMissing: (sources: string) => `The command can’t run yet. ${sources}`,
		runThatFirst: 'run that step first',
		controlCharacter: (word: string) => `The value for ${word} contains a control character.`,
		leadingDash: (word: string, filled: string) =>
			`The value for ${word}, \`${filled}\`, begins with a dash, so it would be taken for an option.`,
		captureAgain: 'run the step that captured it again',
		cancelled: 'The command was cancelled before it ended.',
		runAgain: 'run this step again',
		seeDoctor: 'run `multistage-workshop doctor`',
		makeRoom: 'make room on the disk, then run this step again',
		checkFails: (reason: string) => `Nothing was run, because a check fails already: ${reason}`,
		nothingRan: (reason: string) => `Nothing was run: ${reason}`,
		judgingCancelled: 'The challenge was cancelled before it could be judged.',
		judgeAgain: 'judge it again',
		lineWhileRunning: (file: string) =>
			`While it is running, \`${file}\` has one extra line, which is removed afterwards.`,
		changedWhileRunning: (file: string) =>
			`While it is running, \`${file}\` is changed, and restored afterwards.`,
		changedWhileJudged: (file: string) =>
			`While it is judged, \`${file}\` is changed, and restored afterwards.`,
		lineWhileJudged: (file: string) =>
			`While it is judged, \`${file}\` has one extra line, which is removed afterwards.`,
		patchedBefore: (file: string) => `Before it runs, \`${file}\` is changed as shown above.`,
		/** `step`: its id. */
		patchUnfit: (file: string, step: string) => ({
			reason: `You have changed \`${file}\`, and the change above doesn’t fit it any more: nothing was changed or run.`,
			next: `leave, run \`multistage-workshop reset ${step}\`, which keeps your file under another name, and come back`,
		}),
		portsOnHost: (address: string) =>
			`You are in a container: published ports are on its host, at ${address}.`,
		portsElsewhere: (address: string) =>
			`This engine’s published ports are reached at ${address}, not at \`localhost\`.`,
	},

	/** What a step begins with. */
	setup: {
		runsBefore: (command: string) => `To prepare it, this runs first: \`${command}\`.`,
		stopped: 'The preparation of this step was cancelled.',
		failed: (command: string) => `The preparation of this step failed: \`${command}\`.`,
		next: 'see what it printed, then begin the step again',
		/** `files`: those that the learner has changed. */
		breaks: (files: string[], step: string) => ({
			title: `“${step}” begins with broken files, and you have changed ${formatList(files)}.`,
			lines: ['Yours can be kept under another name, `<name>.mine`, or stay as it is.'],
			choices: [
				{key: 'm', label: 'put mine aside, and begin', answer: 'yes'},
				{key: 's', label: 'leave mine, and begin', answer: 'keep'},
				{key: 'n', label: 'not now', answer: 'no'},
			],
			open: 'The step has not begun: your files are as they were.',
		}),
	},

	hint: {
		fitting: 'Hint for what was found',
		only: 'Hint',
		numbered: (number: number, count: number) => `Hint ${number} of ${count}`,
		solution: 'Solution',
		afterwards: 'Afterwards',
	},

	challenge: {
		notProven:
			'Not judged yet: this challenge is judged by builds, and none has run with the files as they are now.',
		seeSolution: 'press `h` for its solution: in a recording, no build can judge what you wrote',
		judgeNow: (challenge: string) =>
			`to have it judged, press enter on this step or run \`multistage-workshop check ${challenge}\``,
		knownSolution:
			'This is the solution that the workshop ships, and it passes on an engine. Nothing ran here.',
		knownAttempt: (name: string, finding: string) =>
			`The workshop knows this answer as “${name}”, and its finding on an engine is ${finding}. Nothing ran here.`,
	},

	cleanup: {
		title: 'Remove what the workshop made?',
		yes: 'remove',
		no: 'keep everything',
		planned: {
			remove: (item: string) => `remove ${item}`,
			keep: (item: string, reason: string) => `keep ${item}: ${reason}`,
			keepOthers: (count: number, workshop: string, command: string) =>
				`keep ${formatCount(count, 'thing')} of the workshop ${workshop}, which ${command} removes`,
		},
		done: {
			remove: (item: string) => `removed ${item}`,
			keep: (item: string, reason: string) => `kept ${item}: ${reason}`,
			keepOthers: (count: number, workshop: string, command: string) =>
				`kept ${formatCount(count, 'thing')} of the workshop ${workshop}, which ${command} removes`,
		},
		filesAreIn: (folder: string) => `the files are in ${folder}`,
		giveBack: (name: string, image: string) => `give ${name} back to the image ${image}`,
		kinds: {
			image: 'image',
			name: 'name',
			container: 'container',
			network: 'network',
			volume: 'volume',
			file: 'file',
			transcripts: 'transcripts',
		},
		nothingLeft: 'Nothing from the workshop is left to remove.',
		buildCache: 'The build cache of the engine stays; `docker builder prune` empties it.',
		sizedBuildCache: (size: string) =>
			`The build cache of the engine (${size}) stays; \`docker builder prune\` empties it.`,
		declined: 'Nothing was removed.',
		askAgain: 'run this step again when you want to clean up',
		clean: 'Nothing from the workshop is left.',
		removed: (count: number) => `Removed ${formatCount(count, 'thing')} that the workshop made.`,
		listedOnEngine:
			'With an engine, this step lists what the workshop made, and removes nothing before you agree.',
		earlierSessions: (command: string) => `\`${command}\` lists and removes what earlier sessions made.`,
		recording: 'This is a recording: it made nothing on this machine, so there is nothing to list or remove.',
	},
};
