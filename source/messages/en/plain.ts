import {formatCount} from './wording.js';

/** What only the plain lines say. */
export const plain = {
	class: {
		here: (title: string) => `The class “${title}” hears from you.`,
		away: 'The class does not answer. Go on; it is told later.',
		pace: (number: number, chapter: string) => `The class is at chapter ${number}, “${chapter}”.`,
		timeLeft: (minutes: number) => `${formatCount(minutes, 'minute')} left.`,
		handUp: 'Your hand is up.',
		handDown: 'Your hand is down.',
		teacher: (text: string) => `Teacher: ${text}`,
	},

	welcome: {
		what: (steps: number, chapters: number, minutes: number) =>
			`${formatCount(steps, 'step')} in ${formatCount(chapters, 'chapter')}, about ${formatCount(minutes, 'minute')}. Each command is shown first and runs when you choose to run it; your progress is saved.`,
		files: (folder: string) => `Your files: \`${folder}\``,
		howToChoose:
			'Type the number of a choice or its first letters, then press enter; enter alone takes the first choice. In a step, type `:` and a command to run your own.',
	},
	engine: {
		connecting: 'Looking for the engine…',
		at: (version: string, endpoint: string) => `Engine: ${version} at \`${endpoint}\`.`,
		byContext: (version: string, endpoint: string, context: string) =>
			`Engine: ${version} at \`${endpoint}\`, through the context \`${context}\`.`,
		recorded: (label: string) => `${label}. Nothing runs on this machine.`,
		missing: (reason: string) => `No engine: ${reason}`,
	},
	finding: (id: string, status: string, reason: string) => `${id}, ${status}: ${reason}`,
	stillLookingAt: (ids: readonly string[]) => `Still looking at: ${ids.join(', ')}.`,

	step: {
		place: ({chapter, chapters, title, step, steps}: Place & {step: number; steps: number}) =>
			`Chapter ${chapter} of ${chapters}, ${title}. Step ${step} of ${steps}:`,
		placeOfExtraStep: ({chapter, chapters, title}: Place) =>
			`Chapter ${chapter} of ${chapters}, ${title}. Extra step:`,
		placeOfExtraChallenge: ({chapter, chapters, title}: Place) =>
			`Chapter ${chapter} of ${chapters}, ${title}. Extra challenge:`,
		passedBefore: 'This step has passed before.',
		notBegun: 'This step has not begun yet.',
		/** `blank`: what stands for each. */
		blanks: (count: number, blank: string) =>
			count === 1
				? `The command has a blank, \`${blank}\`, to fill in.`
				: `The command has ${count} blanks, \`${blank}\`, to fill in.`,
		nothingRemovedYet: 'Nothing is removed before you have seen the list.',
		typeForRecording:
			'Type `:` and your command in one line. Nothing runs in a recording: the program reads it and judges what it would make.',
		doIt: (folder: string) =>
			`Type \`:\` and your command in one line, or do it in another terminal, in \`${folder}\`. It is judged automatically.`,
	},

	end: {
		open: (titles: readonly string[]) => `Not passed yet: ${titles.map(title => `“${title}”`).join(', ')}.`,
		/** `choice`: the words that offer it. */
		unanswered: (titles: readonly string[], choice: string) =>
			`Not answered yet: ${titles.map(title => `“${title}”`).join(', ')}. Choose “${choice}” to answer them.`,
		beside: (title: string, result: string) => `${title}: ${result}`,
		compared: (dockerfile: string, target: string, result: string) =>
			`${dockerfile}, target ${target}: ${result}`,
	},

	menu: {
		chapter: (number: number, title: string) => `Chapter ${number}, ${title}`,
		step: (number: number, title: string) => `${number} ${title}`,
		passedStep: (number: number, title: string) => `${number} ${title}, passed`,
		whichStep: 'Which step? Its number, or enter to stay.',
		linesOfWhichStage: 'The lines of which stage?',
		/** What is asked before a run. */
		questions: {
			stages: 'Which stages will run?',
			cached: 'What will come from the cache?',
			line: 'Which of these will it print?',
			bigger: 'Which image will be the biggest?',
			seconds: 'How many seconds will it take?',
			port: 'Which port will it be?',
		},
		typeAnswer: 'Type your answer; enter alone gives none.',
		howToPick: 'Type its number; enter alone changes nothing.',
		onlyOne: 'Type one number only.',
		expected: (option: string) => `${option} (expected)`,
		whichText: (number: number, count: number, command: string) =>
			`Blank ${number} of ${count} in \`${command}\`? Enter alone goes back.`,
		howToPredict: 'Type all their numbers, with spaces between them; enter alone changes nothing.',
		notAnOption: (typed: string) => `“${typed}” is none of the numbers.`,
		youExpect: (options: readonly string[]) => `You expect: ${options.join(', ')}.`,
		ambiguous: (typed: string, labels: readonly string[]) =>
			`“${typed}” may be ${labels.map(label => `“${label}”`).join(' or ')}: type more letters, or a number.`,
		noChoice: (typed: string) => `“${typed}” is none of the choices.`,
	},

	run: {
		cancelling: 'Cancelling… `c` again ends it by force.',
		ended: (time: string, exitCode: number) => `The command ended after ${time} with exit code ${exitCode}.`,
		cancelled: (time: string) => `The command was cancelled after ${time}.`,
		couldNotStart: (reason: string) => `The command could not start: ${reason}`,
		onlyRead: 'The command was read; nothing ran.',
		builtBy: (builder: string) => `${builder} built it.`,
		builtFromCache: (builder: string) => `${builder} built it, all from the cache.`,
		/** `key`: writes all lines to a file. */
		leftOut: (count: number, key: string) =>
			`(${formatCount(count, 'line')} left out; ${key} writes all to a file)`,
		chain: (links: readonly string[]) => `The chain: ${links.join(' -> ')}`,
		brokenLink: (link: string) => `${link} (broken here)`,
		unreachedLink: (link: string) => `${link} (not reached)`,
	},

	/** What has become of a stage: `stage build: done in 1.8 s, metadata only`. */
	stage: {
		with: (stage: string, status: string) => `stage ${stage}: ${status}`,
		withReason: (stage: string, status: string, reason: string) => `stage ${stage}: ${status}, ${reason}`,
		cached: 'from the cache',
		/** With the time that it has taken. */
		timedStatuses: {
			running: (time: string) => `running for ${time}`,
			done: (time: string) => `done in ${time}`,
			failed: (time: string) => `failed after ${time}`,
			cancelled: (time: string) => `cancelled after ${time}`,
		},
	},

	timeline: {
		total: (time: string) => `${time} in all.`,
		totalBy: (builder: string, time: string) => `${builder}: ${time} in all.`,
		stage: (stage: string, status: string, began: string, ended: string) =>
			`stage ${stage}: ${status}, from ${began} s to ${ended} s`,
		/** Above the instructions of a build. */
		instructions: (title: string, time: string) => `${title}, ${time} in all:`,
		/** `took`: its seconds, or what became of it. */
		instruction: (instruction: string, took: string) => `${instruction}: ${took}`,
	},

	noInput: {
		problem: 'The workshop asks what to do, and its input has ended before the first answer.',
		next: 'open it in a terminal, give it one choice on each line, or run every step without choices: `multistage-workshop run`',
	},
};

type Place = {chapter: number; chapters: number; title: string};
