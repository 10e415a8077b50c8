import {choosePlural, formatCount, formatList, formatNumber} from './wording.js';

/** What a file says of itself; `entry`: from 1. */
type ProblemWords =
	| {problem: 'malformed' | 'altered' | 'foreign' | 'misplaced'; entry: number; seat?: string}
	| {problem: 'torn' | 'not-ours' | 'other-format' | 'unsealed'; entry: number | null}
	| {problem: 'torn'; line: number}
	| {problem: 'no-key'; seat: string}
	| {problem: 'unreadable'; why: string};

const describeProblem = (problem: ProblemWords): string => {
	const of = 'seat' in problem && problem.seat !== undefined ? ` of seat ${problem.seat.slice(0, 8)}` : '';
	switch (problem.problem) {
		case 'malformed':
			return `result ${problem.entry}${of} is not a result; this one and those after it do not count.`;
		case 'altered':
			return `result ${problem.entry}${of} was changed; this one and those after it do not count.`;
		case 'foreign':
			return `result ${problem.entry}${of} was not signed by this seat; this one and those after it do not count.`;
		case 'misplaced':
			return `result ${problem.entry}${of} does not follow the one before it: one is missing, or was moved. This one and those after it do not count.`;
		case 'torn':
			if ('line' in problem) return `line ${problem.line} is damaged; it does not count.`;
			return problem.entry === null
				? 'the file is cut off or damaged, and nothing in it can be read.'
				: `the file is cut off or damaged after result ${problem.entry}; those up to there count.`;
		case 'not-ours':
			return 'this is not a hand-in file as `multistage-workshop hand-in` writes it.';
		case 'other-format':
			return 'a newer version of this program wrote this file: update the program to read it.';
		case 'unsealed':
			return 'the name, an answer or the number of results was changed; the answers do not count.';
		case 'no-key':
			return `the key of seat ${problem.seat.slice(0, 8)} is missing, so its results can’t be checked and do not count.`;
		case 'unreadable':
			return `the file can’t be read: ${problem.why}.`;
	}
};

/** Results of learners: hand-in files, what a teacher collects, and judging answers again. */
export const results = {
	problem: (file: string, problem: ProblemWords) => `${file}: ${describeProblem(problem)}`,
	verdicts: {passed: 'passed', failed: 'failed', unknown: 'unknown'},
	/** Of a learner who has judged nothing yet. */
	notJudged: 'not judged',

	handIn: {
		title: 'Write a hand-in file?',
		name: 'Under which name? ',
		noName: 'A hand-in file needs your name.',
		giveName: 'give it with `multistage-workshop hand-in --name <name>`',
		badName: (name: string, most: number) =>
			`The name ${name} can’t be used: it is one line of at most ${formatNumber(most)} characters.`,
		badFile: (file: string) => `The hand-in file ${file} has to end in .workshop.json.`,
		otherFile: (file: string) =>
			`${file} is something else than an earlier hand-in file, so it is not replaced.`,
		nameAnother: 'name another file: `multistage-workshop hand-in <file>`',
		nothing: 'There are no results to hand in yet.',
		passFirst: 'run a step first: `multistage-workshop`',
		contains: (file: string) => `${file} will contain:`,
		yourName: (name: string) => `the name ${name}, and the public key of your seat`,
		results: (count: number, steps: number) =>
			`${formatCount(count, 'result')} of ${formatCount(steps, 'step')}: verdict and finding, seconds, and how many attempts and hints`,
		answer: (challenge: string, files: string[], commands: string[]) => {
			const parts = [
				...(files.length > 0
					? [`the ${choosePlural(files.length, 'file', 'files')} ${formatList(files)}`]
					: []),
				...(commands.length > 0
					? [
							`the ${choosePlural(commands.length, 'line', 'lines')} ${formatList(commands.map(command => `\`${command}\``))}`,
						]
					: []),
			];
			return `your answer to ${challenge}${parts.length > 0 ? ': ' : ''}${parts.join('; ')}`;
		},
		elsewhere:
			'The docker lines of a challenge are those that you typed in this program. They were kept on this machine only, and go nowhere but into this file.',
		yes: 'write it',
		no: 'write nothing',
		declined: 'Nothing was written.',
		written: (file: string) => `Your results are in ${file}: give this file to your teacher.`,
		told: (title: string) => `The class “${title}” sees that you have handed in.`,
		notWritten: (file: string, why: string) => `${file} can’t be written: ${why}.`,
	},

	collect: {
		noFolder: '`class collect` needs a folder with hand-in files or kept classes.',
		nameFolder: 'name it: `multistage-workshop class collect <folder>`',
		nothing: (places: string[]) =>
			`There is no hand-in file (*.workshop.json) and no kept class in ${formatList(places)}.`,
		keptClass: (file: string) => `${file} belongs to a kept class, so the results can’t be written there.`,
		elsewhere: 'name another file: `--report <folder>/results.html`',
		reportHtml: (file: string) =>
			`\`class collect\` writes an .html file, with a .csv and a .json file beside it, not ${file}.`,
		notWritten: (file: string, why: string) => `${file} can’t be written: ${why}.`,
		written: (seats: number, read: number, files: string[]) =>
			`The results of ${formatCount(seats, 'learner')}, from ${formatCount(read, 'file')}, are in ${formatList(files)}.`,
	},

	page: {
		title: 'Results of the class',
		honest: 'A signature shows that nothing was changed afterwards, not who did it.',
		learners: (count: number) => `${formatCount(count, 'learner')}.`,
		/** `version`: the beginning of the hash of its content. */
		workshop: (title: string, version: string) => `${title}, version ${version}`,
		byLearner: 'By learner',
		byStep: 'By step',
		/** What a table is about, for those who do not see where it stands. */
		table: (heading: string, workshop: string) => `${heading}: ${workshop}`,
		problems: 'What is damaged or was changed',
		noProblems: 'Every file is whole.',
		learnerColumns: ['Learner', 'Seat', 'Passed', 'Not passed', 'Attempts', 'Hints', 'Predictions', 'Mode'],
		stepColumns: ['Step', 'Passed', 'Not passed', 'Findings'],
		finding: (step: string, finding: string | null) => (finding === null ? step : `${step}: ${finding}`),
		countedFinding: (count: number, finding: string) => `${formatNumber(count)} × ${finding}`,
		predictions: (right: number, all: number) => (all === 0 ? '' : `${right} of ${all} right`),
		modes: {real: 'on an engine', recorded: 'in a recording', both: 'both'},
		forked: (name: string, seat: string) =>
			`There are two chains of results of ${name} (seat ${seat}) that contradict each other; the longer one is shown.`,
	},
	csvColumns: {
		name: 'name',
		seat: 'seat',
		workshop: 'workshop',
		version: 'version',
		step: 'step',
		verdict: 'verdict',
		finding: 'finding',
		mode: 'mode',
		seconds: 'seconds',
		attempts: 'attempts',
		hints: 'hints',
		prediction: 'prediction',
	},

	verify: {
		noFile: '`class verify` needs a hand-in file.',
		nameFile: 'name it: `multistage-workshop class verify <file>`',
		noAnswers: 'No file contains an answer that can be judged again.',
		title: 'Judge these answers on your engine?',
		runs: 'It builds the handed-in Dockerfiles and runs these lines of the learners, in fresh lab folders:',
		answer: (name: string, challenge: string, files: string[]) =>
			files.length === 0 ? `${name}, ${challenge}` : `${name}, ${challenge}: ${formatList(files)}`,
		cautions:
			'What they build and run has the rights of a container and the network of your engine. What is made is removed at the end; what is yours stays.',
		yes: 'judge them',
		no: 'run nothing',
		refused: 'Nothing was run.',
		agreeBeforehand: 'agree to it beforehand: `multistage-workshop class verify <file> --yes`',
		result: (who: string, challenge: string, before: string, now: string) =>
			`${who}, ${challenge}: handed in as ${before}, now ${now}`,
		verdict: (verdict: string, finding: string | null) =>
			finding === null || finding === verdict ? verdict : `${verdict} (${finding})`,
		notRun: (command: string, why: string) => `not judged: \`${command}\` is not run again, because ${why}`,
		outside: (file: string) => `not judged: ${file} is not a file of this workshop`,
		otherWorkshop: (id: string) => `not judged: there is no workshop ${id} with this challenge here`,
		startFails: (why: string) => `not judged: a step that the challenge needs does not pass: ${why}`,
		/** Why a line is not run again: the end of a sentence, without its full stop. */
		refusals: {
			noDocker: 'it is not a docker command',
			invalid: 'docker does not understand it',
			otherEngine: 'it names an engine',
			verb: (verb: string) => `\`docker ${verb}\` may change more than the answer`,
			flag: (flag: string) => `\`--${flag}\` may reach the machine itself`,
			outside: (place: string) => `${place} is outside of the lab folder`,
			notOwn: (name: string) => `${name} may be a container of yours`,
		},
	},
};
