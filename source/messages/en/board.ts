import {choosePlural, formatCount, formatList, formatNumber} from './wording.js';

/** `under 1 min`, `4 min`, `1 h 05 min`. */
const duration = (milliseconds: number): string => {
	const minutes = Math.floor(milliseconds / 60_000);
	if (minutes < 1) return 'under 1 min';
	if (minutes < 60) return `${minutes} min`;
	return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
};

/** `Ada, Ben and 12 more` */
const listNames = (names: readonly string[], more: number): string =>
	formatList(more > 0 ? [...names, `${formatNumber(more)} more`] : names);

/** What the board of a class says to its teacher, on its page and in the terminal. Times are in milliseconds. */
export const board = {
	/** Of these sentences, as HTML names it. */
	language: 'en',
	duration,
	/** `4:05` of so many seconds. */
	clock: (seconds: number) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`,
	/** What a button is about, behind its words, for those who hear them. */
	about: (what: string) => `: ${what}`,
	since: (milliseconds: number) => (milliseconds < 60_000 ? 'just now' : `for ${duration(milliseconds)}`),
	count: formatNumber,
	/** `6×`, before a finding. */
	times: (count: number) => `${formatNumber(count)}×`,

	crowd: {
		joined: (count: number) => `${formatNumber(count)} joined`,
		recorded: (count: number) => `${formatNumber(count)} in the recording`,
		away: (count: number) => `${formatNumber(count)} away`,
	},
	places: {start: 'On the first page', end: 'Finished', unknown: 'Other version'},
	chapter: (number: number, title: string) => `${number}. ${title}`,
	otherVersion: 'This seat has another version of the workshop, whose steps this board does not know.',

	page: {
		title: (title: string) => `${title}: class board`,
		untitled: 'Class board',
		connecting: 'Connecting to the class…',
		disconnected: 'The program that runs this class does not answer. The board goes on as soon as it does.',
		isOver: 'The class is over.',
		skip: 'Skip to the content',
		views: {label: 'Views', room: 'Room', projector: 'Projector'},
		code: 'Code',
		address: 'Address',
		back: 'Back to the room',
	},

	help: {
		heading: 'Needs help',
		none: 'Nobody needs help.',
		more: (count: number) => `and ${formatNumber(count)} more`,
		why: {
			hand: 'hand up',
			'same-finding': 'same finding',
			'no-change': 'stuck',
			quiet: 'quiet',
			away: 'away',
		},
		lowerHand: 'Lower hand',
	},

	findings: {
		heading: 'Findings',
		none: 'Nothing is wrong at any seat.',
		who: listNames,
		hint: 'Hint:',
		solutionNext: 'All hints are released. The solution is left.',
		allReleased: 'Everything is released.',
		noHints: 'This step has no hints.',
		released: (count: number) => `${formatCount(count, 'hint')} released`,
		solutionReleased: 'solution released',
		releaseHint: 'Release hint',
		releaseSolution: 'Release solution',
	},

	bars: {
		heading: 'Where the class is',
		headingOf: (workshop: string) => `Where the class is: ${workshop}`,
		people: (count: number) => formatCount(count, 'seat'),
		setPace: 'Set pace here',
		isPace: 'Class is here',
		clearPace: 'Press to clear the pace',
		legend: {real: 'on an engine', recorded: 'in the recording', away: 'away'},
	},

	readiness: {
		heading: 'Before the start',
		ready: (ready: number, all: number) =>
			`${formatNumber(ready)} of ${formatCount(all, 'laptop')} ${choosePlural(ready, 'is', 'are')} ready.`,
		unexamined: (count: number) =>
			`${formatCount(count, 'laptop')} ${choosePlural(count, 'has', 'have')} not been examined yet.`,
		verdicts: {failed: 'failed', unknown: 'unknown'},
		columns: {finding: 'Finding of `doctor`', count: 'Laptops', who: 'Whose'},
	},

	seats: {
		heading: 'Seats',
		filter: 'Find a seat',
		none: 'Nobody has joined yet. Show the projector view: it says how.',
		noneFound: 'No seat has such a name.',
		columns: {name: 'Name', place: 'Place', verdict: 'Verdict', attempts: 'Attempts', since: 'Unchanged'},
		verdicts: {passed: 'passed', failed: 'failed', unknown: 'unknown', open: 'open'},
		marks: {hand: 'hand up', recorded: 'in the recording', away: 'away', left: 'left', handedIn: 'handed in'},
	},

	seat: {
		rename: 'Name in this class',
		renameButton: 'Rename',
		gone: 'This seat is not in the class any more.',
		steps: 'Steps',
		readiness: 'What `doctor` found',
		none: 'This seat has not reported anything yet.',
		columns: {
			step: 'Step',
			verdict: 'Verdict',
			finding: 'Finding',
			time: 'Time',
			attempts: 'Attempts',
			hints: 'Hints',
			prediction: 'Prediction',
		},
		current: 'now',
		predictions: {right: 'right', wrong: 'wrong'},
		/** What a board never shows. */
		privacy: 'This is all that the seat sends: nothing that was typed, printed, or is in a file.',
	},

	actions: {
		heading: 'Tell the class',
		say: 'Say something to all',
		sayButton: 'Say',
		said: 'Said last',
		countdown: 'Countdown, minutes',
		startCountdown: 'Start',
		stopCountdown: 'Stop countdown',
		secondsLeft: (clock: string) => `${clock} left`,
		end: 'End class…',
		endTitle: 'End this class?',
		endText: 'The learners are told that the class is over. They can go on by themselves and hand in.',
		erase: 'Delete everything that is known of this class, the kept files too',
		confirmEnd: 'End class',
		cancel: 'Cancel',
		/** Told once the class has it. */
		done: {
			say: 'Said to all.',
			pace: 'The pace is set.',
			release: 'Released.',
			countdown: 'The countdown is set.',
			'lower-hand': 'The hand is lowered.',
			rename: 'Renamed.',
			end: 'The class has ended.',
		},
		failed: 'That did not reach the class: try again.',
		refused: (reason: string) => `The class refused that: ${reason}`,
	},

	projector: {
		join: 'Join the class',
		open: 'Open this address in a browser:',
		orScan: 'The same address, to scan',
		code: 'The code of the class',
		command: 'Or, if you have the program already:',
		joinCommand: (address: string, code: string) => `multistage-workshop class join ${address} ${code}`,
		hash: 'SHA-256 of the program, to compare with your download',
		pace: (number: number, title: string) => `We are at chapter ${number}: ${title}`,
		countdown: 'Time left',
	},

	terminal: {
		board: (url: string) => `The board in a browser: ${url}`,
		/** Below the screen; what stands between `**` is a key. */
		keys: '**s** say   **r** release   **p** pace   **c** countdown   **l** lower a hand   **e** end   **↑↓** scroll   **q** close',
		leave: 'Press q again to close the class. Learners go on; a kept class can resume.',
		joined: (count: number) => `${formatCount(count, 'seat')} joined.`,
		hand: (name: string, place: string) => `${name} raised a hand (${place}).`,
		handLowered: (name: string) => `The hand of ${name} is down.`,
		finding: (choice: number, count: number, finding: string, step: string) =>
			`${choice}: ${formatNumber(count)} × ${finding} at “${step}”.`,
		solved: (finding: string, step: string) => `No seat has ${finding} at “${step}” any more.`,
		/** `more`: how many are not named. */
		stuck: (names: readonly string[], more: number) =>
			`${listNames(names, more)} ${choosePlural(names.length + more, 'is', 'are')} stuck.`,
		away: (names: readonly string[], more: number) =>
			`${listNames(names, more)} ${choosePlural(names.length + more, 'is', 'are')} away.`,
		back: (names: readonly string[], more: number) =>
			`${listNames(names, more)} ${choosePlural(names.length + more, 'is', 'are')} back.`,
		help: 'Type `say <text>`, `release <number of a finding>`, `pace <chapter>`, `pace none`, `countdown <minutes>`, `lower <name>`, `room`, `end` or `end delete`.',
		unknown: (typed: string) => `The board does not know “${typed}”.`,
		sayWhat: 'Say what? Type `say <text>`, at most 200 characters.',
		noFinding: (typed: string) => `No finding has the number “${typed}”: \`room\` lists them.`,
		nothingLeft: (finding: string) => `Everything is released for ${finding}.`,
		noChapter: (typed: string, last: number) =>
			`“${typed}” is no chapter: type \`pace 1\` to \`pace ${last}\`, or \`pace none\`.`,
		noMinutes: (typed: string) =>
			`“${typed}” is no number of minutes: type \`countdown 10\`, or \`countdown 0\` to end it.`,
		noHand: 'No hand is up.',
		noSuchHand: (typed: string) => `No hand of “${typed}” is up.`,
		endHow: 'Type `end` to end the class, or `end delete` to delete everything that is known of it, too.',
		released: (what: string) => `Released: ${what}`,
		solution: 'the solution',
	},
};
