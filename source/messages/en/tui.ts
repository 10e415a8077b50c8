import {choosePlural, formatCount, formatNumber} from './wording.js';

/** What only the screen says. What stands between `**` is a key. */
export const tui = {
	pressEnterToReturn: 'Press enter to go back to the workshop.',

	header: {
		recorded: 'RECORDED',
		builder: (builder: string) => `builder: ${builder}`,
		builderWithKey: (builder: string, key: string) => `builder: ${builder} [${key}]`,
		connecting: 'connecting…',
		noEngine: 'no engine',
		engine: (version: string) => `engine ${version}`,
	},
	class: {
		class: 'class',
		/** Before what the teacher says, and before what we say of the class. */
		teacher: 'Teacher:',
		program: 'Class:',
		/** `more`: the number of notes that follow. */
		dismiss: (more: number) => `**k** ok${more === 0 ? '' : `, ${more} more`}`,
		pace: (chapter: number, chapters: number) => `class at ${chapter}/${chapters}`,
		timeLeft: (minutes: number) => `${minutes} min left`,
		handUp: 'hand up',
		/** Each follows the word “class”. */
		presence: {joining: '…', away: ': away', over: ': over', left: ': not joined', elsewhere: ': elsewhere'},
	},
	/** Before the command line, where its history is searched. */
	historySearch: (text: string) => `history “${text}”:`,
	/** Before the line in which an answer is typed. */
	yourAnswer: 'your answer:',
	/** The mark in the last row of a text that scrolls. */
	scroll: {above: (lines: number) => `${lines} above`, below: (lines: number) => `${lines} more`},

	tabs: {text: 'text', dockerfile: 'Dockerfile', live: 'live', howToChange: '(tab changes)'},

	/** Panes and their titles. */
	run: {
		/** Of a build that names no image. */
		unnamedBuild: 'build',
		output: 'output',
		allCached: 'all from the cache',
		begins: 'begins',
		notRunYet: 'has not run in this session',
		moreStages: (count: number) => `… ${formatCount(count, 'more stage')}`,
		moreLinesOf: (count: number, stage: string) =>
			`… ${formatCount(count, 'more line')} · tab to ${stage}, then z shows what it printed`,
		needs: (stages: readonly string[]) => `needs ${stages.join(', ')}`,
		earlierLines: (count: number) => `${formatCount(count, 'earlier line')} not kept here`,
		hadTerminal: 'It used the terminal itself.',
		printedNothing: 'It printed nothing.',
		exit: (code: number) => `exit ${code}`,
		couldNotStart: 'could not start',
		onlyRead: 'read, not run',
		phases: {running: 'running', cancelling: 'cancelling', judging: 'judging', over: 'over'},
	},

	/** The live side of a step. */
	live: {
		zoomShowsPrinted: (command: string, key: string) => `${command} · ${key} shows what it printed`,
		zoomShowsRead: (command: string, key: string) => `${command} · ${key} shows what it would print`,
		stagesWillAppear: 'Each stage of the build will have a pane here.',
		outputWillAppear: 'What the command prints will appear here.',
		judged: 'Judged live',
		judgedRecording: 'Judged, nothing runs',
		notBegun: 'Not begun yet.',
		looking: 'Looking at the engine…',
		lookingRecording: 'Looking at the recording…',
		passedBefore: 'passed before, and that stays.',
		asItIsNow: 'As it is now:',
		brokenHere: '(broken here)',
	},

	/** Below the text of a step. */
	step: {
		extra: 'extra',
		moreLinesBelow: (count: number) => `… ${formatCount(count, 'more line')} at the end of the text`,
		dockerfileLines: (count: number) => formatCount(count, 'line'),
		cancelling: 'Cancelling… **c** again ends it by force.',
		playing: 'Playing… **c** cancels.',
		running: 'Running… **c** cancels.',
		judging: 'Judging…',
		otherRuns: (title: string) => `“${title}” is still running; **c** cancels it.`,
		passedBefore: 'passed before.',
		goThere: 'Press **enter** to go there.',
		goOn: 'Press **enter** to go on.',
		goOnOrAgain: 'Press **enter** to go on, or answer again.',
		giveAnswer: 'Press **enter** to answer.',
		goOnUnanswered: '**enter** goes on without an answer.',
		judge: (commands: number) =>
			`Press **enter** to have it judged: ${choosePlural(commands, 'this command runs', 'these commands run')}.`,
		typeForRecording: 'Press **:** and type your command. It is read and judged, but not run.',
		doIt: (folder: string) =>
			`Do it with **:** or in another terminal, in ${folder}. It is judged automatically.`,
		read: 'Press **enter** when you have read it.',
		switchBuilder: 'Press **enter** to switch.',
		seeList: 'Press **enter** to see what would be removed; you are asked first.',
		begin: 'Press **enter** to begin.',
		fillIn: (blanks: number) =>
			`Press **enter** to fill in ${choosePlural(blanks, 'the blank', 'the blanks')}.`,
		run: 'Press **enter** to run it.',
		runAgain: 'Press **enter** to run it again.',
		play: 'Press **enter** to play it.',
		playAgain: 'Press **enter** to play it again.',
		extras: (count: number) => `**x** opens ${formatCount(count, 'more challenge')}.`,
	},

	zoom: {
		searching: (text: string) => `Searching for “${text}”…`,
		nothingToSearch: 'Nothing to search for yet: press `/` and type.',
		notFound: (text: string) => `“${text}” is not in these lines.`,
		wentOnAtBeginning: (text: string) => `No further match for “${text}”: continued at the beginning.`,
		wentOnAtEnd: (text: string) => `No further match for “${text}”: continued at the end.`,
		printedNothing: 'It has printed nothing.',
		position: (from: number, to: number, last: number) =>
			`lines ${formatNumber(from)}–${formatNumber(to)} of ${formatNumber(last)}`,
		/** The last line is in sight. */
		positionAtEnd: (from: number, to: number, last: number) =>
			`lines ${formatNumber(from)}–${formatNumber(to)} of ${formatNumber(last)} · end`,
	},

	files: {
		none: 'The lab folder has no files.',
		changed: 'changed',
		own: 'yours',
		unreadable: 'This file can’t be read.',
		notText: 'This file is not text.',
		moreLines: (count: number) => `and ${formatCount(count, 'more line')}`,
	},

	/** At the changed lines of a file. */
	more: (count: number) => `and ${count} more`,

	welcome: {
		labels: {
			what: 'what',
			time: 'time',
			engine: 'engine',
			machine: 'machine',
			files: 'files',
			leave: 'leave',
		},
		what: (steps: number, chapters: number) =>
			`${formatCount(steps, 'step')} in ${formatCount(chapters, 'chapter')}. Commands are shown first and run when you press enter.`,
		time: (minutes: number) => `about ${formatCount(minutes, 'minute')}; your progress is saved`,
		leave: '**q** at any time',
		leaveCleanupChapter: '**q** at any time; the last chapter cleans up',
		leaveCleanupPage: '**q** at any time; the last page says how to clean up',
		recording: (version: string) =>
			`none: the recording of engine ${version} plays, nothing runs on this machine`,
		engineAt: (version: string, endpoint: string) => `${version} at \`${endpoint}\``,
		engineByContext: (version: string, endpoint: string, context: string) =>
			`${version} at \`${endpoint}\`, context \`${context}\``,
		/** Before the reason. */
		notFound: 'not found:',
		playRecording: (key: string) => `**${key}** plays the recording of every step: nothing runs`,
		lookAgain: (key: string) => `**${key}** looks for the engine again`,
		looking: 'looking…',
		lookingSlowly: (reason: string) => `looking… ${reason}`,
		ready: 'this machine is ready',
		withoutBuilders: 'ready, without Docker’s builders',
		notReady: 'something needs fixing',
		keyTellsAll: (key: string) => `**${key}** shows everything`,
	},

	end: {
		learnt: 'What you learnt',
		partly: (passed: number, total: number) => `${passed} of ${total}`,
		notPassed: 'Not passed yet',
		notAnswered: 'Questions not answered yet',
		builds: 'Builds of this session',
		comparison: 'Both builders',
		comparedBuild: (dockerfile: string, target: string) => `${dockerfile}, target ${target}`,
		keys: '**enter** leaves; **w** writes all of this to a file.',
		keysWithOpenSteps:
			'**g** goes to a step that is open; **enter** leaves; **w** writes all of this to a file.',
		keysWithQuestions:
			'**g** goes to a question that is not answered; **enter** leaves; **w** writes all of this to a file.',
		others: (command: string) => `\`${command}\` names the other workshops.`,
	},
};
