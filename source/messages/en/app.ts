import {choosePlural, formatCount, formatList} from './wording.js';

const verdicts = {passed: 'passed', failed: 'failed', unknown: 'unknown'};

const doings = {
	pulling: 'Pulling',
	reading: 'Reading',
	writing: 'Writing',
	checking: 'Checking',
	loading: 'Loading',
	downloading: 'Downloading',
	queued: 'Waiting for',
};

/** A long task on images or files. `total`: a size with its unit; null if unknown. */
type Progress = {doing: keyof typeof doings; what: string; total: string | null};

const timeLeft = (seconds: number): string =>
	seconds < 90 ? `${seconds} s left` : `${Math.round(seconds / 60)} min left`;

/** Lists the available steps or challenges, as the end of a sentence. */
const known = (what: 'step' | 'challenge', ids: string[]): string =>
	ids.length === 0
		? `this workshop has no ${what}s`
		: `the available ${choosePlural(ids.length, `${what} is`, `${what}s are`)} ${formatList(ids)}`;

export const app = {
	/** `what`: the next step, with or without a full stop. */
	next: (what: string) => `Next: ${what}${/[.!?`]$/.test(what) ? '' : '.'}`,
	bug: (message: string) => `This is a bug in multistage-workshop: ${message}`,
	reportBug: 'report it with the lines above, at the address in the readme; your progress is saved',
	tooFewFiles: {
		reason: 'The limit on open files is too low for this program.',
		next: 'raise the limit with `ulimit -n 1024`, then start again',
	},
	progress: {
		begins: ({doing, what, total}: Progress) =>
			`${doings[doing]} ${what}${total === null ? '' : `, ${total}`}…`,
		/** `place`: from 1. */
		queued: (what: string, place: number) =>
			`Waiting to download ${what}: ${place === 1 ? 'you are next' : `${formatCount(place - 1, 'other')} before you`}…`,
		/** `rate`: null until it is known; `left`: seconds, null if unknown. */
		goesOn: ({
			doing,
			what,
			done,
			total,
			rate,
			left,
		}: Progress & {done: string; rate: string | null; left: number | null}) =>
			[
				`${doings[doing]} ${what}: ${done}${total === null ? '' : ` of ${total}`}`,
				...(rate === null ? [] : [`${rate}/s`]),
				...(left === null ? [] : [timeLeft(left)]),
			].join(', '),
	},

	prompt: {
		noTerminal: 'There is no terminal to ask on: nothing is done without `--yes`.',
		offer: (choices: ReadonlyArray<{key: string; label: string}>) =>
			`${choices.map(({key, label}) => `${key} ${label}`).join(', ')}? `,
		remoteEngine: (endpoint: string) => ({
			reason: `The engine at ${endpoint} is not on this machine, and nothing was run there.`,
			next: 'confirm it on a terminal (`--yes` is not enough), or choose another engine with `docker context use`',
		}),
	},

	workshop: {
		noFolder: (workshop: string, folder: string) =>
			`The workshop in ${workshop} has no folder ${folder}, which its workshop.md names.`,
		invalid: (workshop: string, problems: string[]) =>
			`The workshop in ${workshop} can’t be read:\n${problems.join('\n')}`,
		andMore: (count: number) => `… and ${count} more`,
		lint: (folder: string) =>
			`run \`multistage-workshop lint ${folder}\` to see all problems; nothing was run`,
		noSolution: (challenge: string, file: string) =>
			`The challenge ${challenge} has no solution: ${file} is missing.`,
		invalidSolution: (problems: string[]) => `The solution can’t be read: ${problems.join('\n')}`,
		unreadableInPack: (id: string, folder: string) => ({
			reason: `The workshop ${id} in the pack ${folder} can’t be read.`,
			next: `see what is wrong with \`multistage-workshop lint ${folder}/workshops/${id}\``,
		}),
		noSuchStep: (id: string, ids: string[]) => `There is no step called \`${id}\`; ${known('step', ids)}.`,
		noSuchChallenge: (id: string, ids: string[]) =>
			`There is no challenge called \`${id}\`; ${known('challenge', ids)}.`,
		noRecordings: (id: string) => `The workshop ${id} has no recordings to replay.`,
	},

	cleanup: {
		startEngine: 'start the engine, then clean up again',
		notRemoved: (container: string, why: string) => `The container ${container} can’t be removed: ${why}.`,
		ofRuns: (count: number) => `of ${formatCount(count, 'run')}`,
		/** Reasons why clean-up keeps an item. */
		changed: 'you changed it',
		changedSince: 'it was changed since a command of the workshop wrote it',
		stillRuns: 'a command is still running: clean up again when it has finished',
	},

	pack: {
		remoteEngine: (endpoint: string) =>
			`The Docker engine at ${endpoint} is not on this machine, so nothing is loaded into it.`,
		interrupted:
			'Loading the pack was interrupted. Start again when you like: what has been loaded stays on the engine.',
		kept: 'Run the same command again to go on: what has been downloaded is kept.',
		loaded: (image: string) => `Loaded ${image} from the pack.`,
		nameTaken: (id: string) =>
			`Another image had this name: it is kept as ${id}, and clean-up gives it its name back.`,
		present: (images: string[]) => `Already on the engine: ${formatList(images)}.`,
	},

	/** Messages of `lint --engine`. */
	proof: {
		neededStep: (step: string, verdict: keyof typeof verdicts) =>
			`${step}, which a challenge needs: ${verdicts[verdict]}.`,
		neededStepFails: (why: string) => `a challenge needs this step, and it does not pass: ${why}`,
		needsBuildx: (step: string) => `${step} is not proven: it needs buildx, which this docker does not have.`,
		startGets: (step: string, finding: string) => `${step}: the start state gets ${finding}.`,
		answerGets: (answer: string, finding: string) => `${answer} gets ${finding}.`,
		getsOther: (finding: string, wanted: string, why: string) =>
			`gets \`${finding}\` instead of \`${wanted}\`: ${why}`,
		startLost: (why: string) => `The start state of the challenges can’t be restored: ${why}`,
	},
	rehearsal: {
		unmetNeed: (step: string) => `It needs ${step}, which did not pass.`,
		answeredRight: 'It is answered right.',
		passesAtStart:
			'The challenge passes before anything is done: something outside the workshop already answers it.',
	},

	report: {
		writtenTo: (file: string) => `The report is in ${file}.`,
		notWritten: (file: string, why: string) => ({
			reason: `The report can’t be written to ${file}: ${why}`,
			next: 'name a file in a folder that exists and that you may write to',
		}),
	},

	simulation: {
		readNotRun: 'Read, not run.',
		noDocker: (program: string) =>
			`\`${program}\` is not a docker command, and only docker commands are read here.`,
		unclearOperator: (operator: string) =>
			`Only a real shell can tell what \`${operator}\` does with these commands.`,
		noCommand: 'There is no command in this line.',
	},
};
