import {choosePlural, formatAlternatives, formatCount, formatList, formatNumber} from './wording.js';

export const commands = {
	seeHelp: 'see `multistage-workshop --help`',
	/** Printed on its own line after a problem. */
	next: (next: string) => `Next: ${next}`,

	help: {
		description: 'Docker multi-stage builds, learnt in the terminal on your own engine',
		page: (usage: string, options: string) => `Usage
${usage}

Options
${options}
  --version, --help

Examples
  $ multistage-workshop
  $ multistage-workshop run buildkit --yes
  $ multistage-workshop check lab-port --watch`,
		/** By command name; `open` is the command without a name. */
		commands: {
			open: {
				parameters: '[workshop]',
				summary: 'open a workshop: a name, or a folder (default: multi-stage)',
			},
			list: {parameters: '', summary: 'list the workshops and their chapters'},
			doctor: {parameters: '', summary: 'can this machine run it? each finding with its fix'},
			run: {parameters: '[chapter…]', summary: 'rehearse without a screen: run every step, judge each'},
			check: {
				parameters: '[challenge]',
				summary: 'judge a challenge now (default: lab-port); --watch waits until it passes',
			},
			lint: {
				parameters: '[folder]',
				summary: 'is this workshop sound? --engine proves it on a real engine',
			},
			build: {
				parameters: '[argument…]',
				summary: 'docker build of your own project, a pane for each stage; the exit code is docker’s',
			},
			new: {parameters: '<folder>', summary: 'write a small workshop, to make your own from it'},
			pack: {parameters: '<folder>', summary: 'write an offline pack'},
			'class open': {parameters: '<pack>', summary: 'teacher: hand out the pack, show the board'},
			cleanup: {parameters: '', summary: 'remove what the workshop made; lists it first'},
			review: {
				parameters: '',
				summary: 'three minutes: five questions that are due, with other names each time',
			},
			'hand-in': {parameters: '[file]', summary: 'write your results and answers to a file for your teacher'},
			'class collect': {
				parameters: '<folder…>',
				summary: 'merge handed-in files and kept classes: class.html, .csv, .json',
			},
			'class verify': {
				parameters: '<file…>',
				summary: 'judge handed-in answers again, on your engine; asks first',
			},
			reset: {parameters: '[step]', summary: 'forget progress, restore the lab files'},
			explain: {
				parameters: '[context]',
				summary: 'your own Dockerfile: what it reads, what would run again and why, what would help',
			},
			'class join': {
				parameters: '<address> <code>',
				summary: 'join the class of a teacher on this network, and open the workshop',
			},
			'class preview': {parameters: '', summary: 'print exactly what a class is told'},
			'class leave': {parameters: '', summary: 'leave the class'},
		},
		/** By flag name: its value (empty for a switch) and its effect. */
		flags: {
			workshop: ['<name>', 'the workshop, for the subcommands (default: multi-stage); pack: once for each'],
			dir: ['<folder>', 'where the lab files go            (default: ./<workshop id>)'],
			builder: ['<name>', 'legacy or buildkit: the builder to begin with'],
			shell: ['<name>', 'dialect shown: sh, powershell, cmd (default: by platform)'],
			plain: ['', 'lines instead of a screen (automatic without a terminal; also ACCESSIBLE=1)'],
			json: ['', 'machine-readable result: list, doctor, run, check, lint, cleanup, explain, class'],
			yes: ['', 'do not ask'],
			watch: ['', 'check: wait; for authors: open a folder and follow its files'],
			replay: ['', 'play recorded runs, without Docker'],
			record: ['', 'run: write the recordings of this workshop'],
			pack: ['<folder>', 'take images from this pack: a folder, or its http address'],
			network: ['', 'run: builds get no network'],
			platform: ['<list>', "pack: linux/amd64,linux/arm64     (default: the engine's)"],
			trust: ['<hash>', 'run a workshop that does not come with this program'],
			name: ['<name>', 'class join, hand-in: your name'],
			port: ['<number>', 'class open: where to listen (default: 8400)'],
			address: ['<ip>', 'class open: the address to listen on (default: it asks)'],
			title: ['<text>', 'class open: what the class is called'],
			keep: ['<folder>', 'class open: keep the class there, so that nothing is lost'],
			resume: ['', 'class open: go on with the class that is kept there'],
			with: ['<file>', 'class join: take over the seat of this hand-in file'],
			strict: ['', 'lint: warnings count as problems'],
			report: ['<file>', 'write what was done, explained or found (doctor) to a file, .md or .html'],
			file: ['<file>', 'explain: the Dockerfile, also -f     (default: <context>/Dockerfile)'],
			target: ['<stage>', 'explain: the stage to build          (default: the last one)'],
			buildArg: ['<A=b>', 'explain: a build argument; once for each'],
			buildContext: ['<name=…>', 'explain: a further build context; once for each'],
			secret: ['<id=…>', 'explain --measure: a secret for the builds, as docker build takes it'],
			ssh: ['<name>', 'explain --measure: an SSH agent or keys for the builds'],
			measure: ['', 'explain: build a copy, and prove by builds what would make it better'],
			write: ['', 'explain: write what was proven beside the Dockerfile'],
		},
	},

	usage: {
		unknownOption: (option: string) => `There is no option \`${option}\`.`,
		unknownCommand: (word: string, known: string) =>
			`There is no command or workshop called \`${word}\`. Did you mean \`${known}\`?`,
		noValue: (option: string) => `\`${option}\` needs a value, and has none.`,
		switchWithValue: (name: string, value: string) =>
			`\`--${name}\` is a switch and takes no value, but it was given \`${value}\`.`,
		otherCommand: (flag: string, takers: string[], command: string) =>
			`\`${flag}\` is for ${formatList(takers)}, not for ${command}.`,
		openingAWorkshop: 'opening a workshop',
		secondWorkshop: (word: string) =>
			`Only one workshop is opened at a time, and \`${word}\` is one word too many.`,
		otherWorkshop: (workshop: string, command: string) =>
			`Only \`pack\` takes several workshops: \`--workshop ${workshop}\` is one too many for ${command}.`,
		takesNothing: (command: string, word: string) =>
			`\`${command}\` takes no names, and \`${word}\` is one word too many.`,
		takesOneName: (command: string, word: string) =>
			`\`${command}\` takes one name at a time, and \`${word}\` is one word too many.`,
		takesWords: (command: string, count: number, word: string) =>
			`\`${command}\` takes at most ${formatNumber(count)} words, and \`${word}\` is one word too many.`,
		groupNeedsWord: (group: string, commands: string[]) =>
			`\`${group}\` needs a second word: ${formatAlternatives(commands.map(command => `\`${command}\``))}.`,
		unknownInGroup: (words: string, commands: string[]) =>
			`There is no command \`${words}\`, only ${formatList(commands.map(command => `\`${command}\``))}.`,
		notAChoice: (flag: string, choices: readonly string[], given: string) =>
			`\`${flag}\` is one of ${choices.join(', ')}, not \`${given}\`.`,
		noPlatforms: (given: string) =>
			`\`--platform\` is a list like linux/amd64,linux/arm64, not \`${given}\`.`,
		noBuildArg: (given: string) =>
			`\`--build-arg\` is NAME=value, or NAME for a variable of the environment, not \`${given}\`.`,
		noBuildContext: (given: string) =>
			`\`--build-context\` is name=value, where the value is a folder, an address or an image, not \`${given}\`.`,
		noPort: (given: string) => `\`--port\` is a number from 0 to 65535, not \`${given}\`.`,
		noIpAddress: (given: string) => `\`--address\` is an IP address of this machine, not \`${given}\`.`,
		noReportFile: (given: string) =>
			`\`--report\` is the name of a file that ends in .md or .html, not \`${given}\`.`,
	},

	cleanup: {keptOnRequest: 'you did not agree to remove it'},

	doctor: {
		labels: {passed: 'ok', warning: 'warning', failed: 'FAILED', unknown: 'unknown'},
		readyButBuilders: 'This machine is ready for all steps except those that need one of Docker’s builders.',
		recording: 'Without an engine, you can play the recording: `multistage-workshop --replay`.',
		/** The report, which is shown above. */
		report: {
			title: (file: string) => `Write this to ${file}?`,
			lines: ['Look for anything that nobody else should see: names, addresses, paths.'],
			yes: 'write it',
			no: 'write nothing',
			declined: 'Nothing was written.',
		},
	},

	lint: {
		sound: (folder: string) => `${folder}: no problems.`,
		soundWithWarnings: (folder: string, warnings: number) =>
			`${folder}: no problems, ${formatCount(warnings, 'warning')}.`,
		problems: (count: number, warnings: number) =>
			warnings === 0
				? `${formatCount(count, 'problem')}.`
				: `${formatCount(count, 'problem')}, ${formatCount(warnings, 'warning')}.`,
		/** Steps that ask something of the learner before they show the answer. */
		active: (active: number, all: number) =>
			`${formatNumber(active)} of ${formatCount(all, 'step')} ${choosePlural(active, 'is', 'are')} active.`,
	},

	list: {
		workshop: (id: string, title: string, minutes: number) =>
			`${id}  ${title}, about ${formatCount(minutes, 'minute')}`,
		folder: (folder: string) => `folder: ${folder}`,
		hash: (hash: string) => `hash: ${hash}`,
		noCommands: 'It runs no commands.',
		commands: 'It would run, on this machine and with your rights, each with exactly these arguments:',
		commandsOfProof: 'Only `multistage-workshop lint --engine` would run:',
		builds: (dockerfiles: string) => `Builds run what its Dockerfiles say: ${dockerfiles}.`,
		copies: (folders: string) => `It copies ${folders} into the lab folder.`,
		answers: (files: string) => `Solutions, attempts and repairs write files there: ${files}.`,
		edits: (file: string, line: string) =>
			`While a command runs, the program adds a line to the copy of ${file}: ${line}`,
		replaces: (file: string, texts: string) =>
			`While a command runs, the program replaces the first of these texts by the second in the copy of ${file}: ${texts}`,
		patches: (files: string) =>
			`Before their commands run, steps change these files there, as their texts show: ${files}.`,
	},

	new: {
		noFolder: '`new` needs the folder to write the workshop to.',
		nameFolder: 'name a folder that is empty or does not exist: `multistage-workshop new <folder>`',
		notEmpty: (folder: string) => `The folder ${folder} is not empty, so nothing was written.`,
		notWritten: (folder: string, trouble: string) =>
			`The workshop can’t be written to ${folder}: ${trouble}.`,
		written: (folder: string) => `A small workshop is in ${folder}. It is yours: change all of it.`,
		begin: 'Begin with workshop.md, which has its title and its welcome. Then:',
		lint: (folder: string) => `  find mistakes: \`multistage-workshop lint ${folder}\``,
		open: (folder: string) => `  see each page as you save it: \`multistage-workshop ${folder} --watch\``,
	},

	pack: {
		noFolder: '`pack` needs the folder to write the pack to.',
		nameFolder: 'name one: `multistage-workshop pack <folder>`',
		image: (image: string, platform: string, size: string) => `${image}  ${platform}  ${size}`,
		standIn: (image: string, platform: string, size: string) => `${image}  ${platform}  ${size}  (stand-in)`,
		done: (folder: string) => `The pack is in ${folder}: hand it out as it is, and begin with START-HERE.md.`,
		sameId: (id: string) => ({
			reason: `Two of the workshops have the ID ${id}, and a pack can hold only one of them.`,
			next: 'make a pack for each',
		}),
		unfinished: 'The pack is not finished. Run the same command again: what is finished is kept.',
	},

	check: {
		notBegun: (step: string) => `“${step}” has not begun: what it begins with is not in place.`,
		beginIt: 'open the workshop and go to that step: `multistage-workshop`',
	},

	reset: {
		title: 'Reset?',
		yes: 'reset',
		no: 'leave everything',
		forgetStep: (step: string) => `forget that the step ${step} passed`,
		forgetProgress: (workshop: string) => `forget the progress of ${workshop}`,
		forgotStep: (step: string) => `Forgotten: that the step ${step} passed.`,
		forgotProgress: (workshop: string) => `Forgotten: the progress of ${workshop}.`,
		restoreChanged: (file: string, kept: string) => `restore ${file}, yours is kept as ${kept}`,
		restoreMissing: (file: string) => `restore ${file}, which is missing`,
		restoreSolved: (file: string) => `restore ${file}, which a step, a solution or a repair changed`,
		removeSolved: (file: string) => `remove ${file}, which a solution or a repair put there`,
		restored: (file: string) => `Restored: ${file}.`,
		removed: (file: string) => `Removed: ${file}.`,
		nothingChanged: 'Nothing was changed.',
		otherCopy: 'close the other copy, then reset again',
		noTerminal: 'Reset asks before it changes anything, and there is no terminal to ask on.',
		agreeBeforehand: 'agree to it beforehand: `multistage-workshop reset --yes`',
	},

	run: {
		unknownChapter: (id: string, known: string[]) =>
			`There is no chapter called \`${id}\`; the chapters are ${formatList(known)}.`,
		nothingToRecord: (builder: string) =>
			`Nothing is left to record with ${builder}: it records only builds without a \`builder\` of their own, and none twice.`,
		nameWorkshop: (folder: string) =>
			`to run a workshop of your own, use \`multistage-workshop run --workshop ${folder}\``,
		step: (verdict: string, step: string, reason: string) => `${verdict} ${step}: ${reason}`,
		timedStep: (verdict: string, step: string, seconds: string, reason: string) =>
			`${verdict} ${step} (${seconds} s): ${reason}`,
		allPassed: (count: number) => `Every step passed: ${formatCount(count, 'step')}.`,
		notAllPassed: 'Not every step passed.',
		registryCommand: (verb: string) =>
			`docker ${verb} is not run with --no-network: the network is unreachable.`,
		baseImageMissing: (image: string) =>
			`It is not run with --no-network: it starts from ${image}, which is not on the engine, and the network is unreachable.`,
	},

	trust: {
		title: (workshop: string) => `“${workshop}” does not come with this program. Do you trust it?`,
		lookFirst: 'Look at its files first. You are asked once, and again after any change in the folder.',
		no: 'only read, run nothing',
		yes: 'trust it',
		refused: 'You do not trust this workshop, so nothing was run.',
		changed: (folder: string) =>
			`The files in ${folder} have changed since this command started, so nothing in them is run.`,
		lookAgain: (folder: string) =>
			`see what it would run now with \`multistage-workshop list ${folder}\`, then run the same command again`,
		otherHash: (folder: string, hash: string) => `The hash of ${folder} is ${hash}, not the one you trust.`,
		noTerminal: (folder: string, hash: string) =>
			`The workshop in ${folder} does not come with this program, and there is no terminal to ask on. Its hash is ${hash}.`,
		howToTrust: (folder: string) =>
			`see what it would run with \`multistage-workshop list ${folder}\`; if you trust that, add \`--trust <hash>\``,
		changedOnScreen:
			'The files of this workshop have changed since it was opened, so nothing in them is run: leave, and open it again.',
		unreadable:
			'The files of this workshop can’t be read as they are now, so nothing in them is run: correct them first.',
	},

	classOpen: {
		noPack: '`class open` needs the folder of a pack.',
		makePack:
			'write one with `multistage-workshop pack <folder>`, then `multistage-workshop class open <folder>`',
		resumeWhat: '`--resume` needs the folder in which the class was kept.',
		nameKept: 'name it with `--keep <folder>`',
		longTitle: (length: number, most: number) =>
			`The title has ${formatNumber(length)} characters, and at most ${formatNumber(most)} fit.`,
		noNetwork: 'This machine has no network, so the class can only be reached from this machine.',
		whichAddress: 'There is no terminal to ask on which address to listen.',
		nameAddress: 'name it with `--address <ip>`',
		askAddress: 'On which address may others reach this class?',
		whoCanReach:
			'Everybody on that network can open the page for learners; only those with the code can join.',
		address: (address: string, device: string) => `${address} (${device})`,
		onlyHere: 'on this machine alone',
		kept: (pack: string, folder: string) =>
			`The class is closed. To continue it, run \`multistage-workshop class open ${pack} --keep ${folder} --resume\`; to collect its results, \`multistage-workshop class collect ${folder}\`.`,
	},
};
