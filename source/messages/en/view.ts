import {choosePlural, formatCount, formatFactor, formatList, formatNumber, stageStatuses} from './wording.js';

/** What the screen and the plain lines say alike. What stands between `**` is a key. */
export const view = {
	builders: {legacy: 'legacy', buildkit: 'BuildKit', buildah: 'Buildah'},
	statuses: stageStatuses,
	/** `skipped: nothing needs it`. */
	statusWithReason: (status: string, reason: string) => `${status}: ${reason}`,
	/** `untried`: a challenge; `open`: a step that was not done. */
	verdicts: {
		passed: 'passed',
		failed: 'failed',
		unknown: 'unknown',
		warning: 'warning',
		untried: 'waiting',
		open: 'not done',
	},
	/** Before the reason of a verdict. */
	verdictLabel: (verdict: string) => `${verdict}:`,
	next: 'next:',
	youAreHere: '(you are here)',
	cleanup: (command: string) => `\`${command}\` removes what is left of the workshop.`,
	/** `hints`: how many were used. */
	passedWithHints: (passed: number, total: number, hints: string) =>
		`${passed} of ${formatCount(total, 'step')} passed; ${hints}.`,
	stepsPassed: (passed: number, total: number) => `${passed} of ${formatCount(total, 'step')} passed`,
	moreLines: (count: number) => `… ${formatCount(count, 'more line')}`,
	seconds: {
		tenths: (seconds: number) => `${seconds.toFixed(1)} s`,
		whole: (seconds: number) => `${seconds} s`,
		minutes: (minutes: number, seconds: number) => `${minutes} min ${String(seconds).padStart(2, '0')} s`,
	},

	recording: {
		/** `date`: as 2026-01-31. `pace`: how many times as fast as it was recorded. */
		label: ({version, date, standIn, pace}: RecordingWords) =>
			[
				`RECORDED on engine ${version}`,
				date,
				...(standIn ? ['stand-in base images'] : []),
				...(pace > 1 ? [`${pace}× as fast`] : []),
			].join(', '),
		needs: 'This is a recording: it needs nothing from this machine.',
		wasOne: 'This was a recording: nothing ran on this machine.',
		forReal: 'With Docker on this machine the same steps run for real.',
	},
	podman: (version: string) => `Podman ${version}`,

	resume: {
		at: (passed: number, total: number, title: string) =>
			`${passed} of ${formatCount(total, 'step')} passed; continue at “${title}”.`,
		somewhere: (passed: number, total: number) => `${passed} of ${formatCount(total, 'step')} passed.`,
	},
	needsStep: (title: string) => `This step needs “${title}” first.`,
	/** The heading of the last page. */
	end: {all: 'Done: every step passed.', some: 'The end of the workshop.'},
	hintsUsed: {
		none: 'no hint used',
		some: (hints: number) => `${formatCount(hints, 'hint')} used`,
		/** With solutions that were shown. */
		solutions: (hints: string, solutions: number) => `${hints}, ${formatCount(solutions, 'solution')} shown`,
	},

	/** How long BuildKit took, and the legacy builder. */
	compared: {
		same: (buildkit: string, legacy: string) =>
			`BuildKit took ${buildkit}, the legacy builder ${legacy}: about the same.`,
		slower: (buildkit: string, legacy: string, factor: number) =>
			`BuildKit took ${buildkit}, the legacy builder ${legacy}: ${formatFactor(factor)} as long. Another build may give another result.`,
		faster: (buildkit: string, legacy: string, factor: number) =>
			`BuildKit took ${buildkit}, the legacy builder ${legacy}: ${formatFactor(factor)} as fast.`,
		skipped: (stages: readonly string[]) => `It skipped ${formatList(stages)}.`,
		together: (stages: readonly string[]) => `It ran ${formatList(stages)} at the same time.`,
		fromLastBuilds: 'From the last builds without the cache.',
	},

	/** A build beside that of an earlier step, `title`: how long each took. */
	beside: {
		faster: (after: string, before: string, title: string, factor: number) =>
			`${after} instead of ${before}: ${formatFactor(factor)} as fast as in “${title}”.`,
		slower: (after: string, before: string, title: string, factor: number) =>
			`${after} instead of ${before}: ${formatFactor(factor)} as long as in “${title}”.`,
		same: (after: string, before: string, title: string) =>
			`${after}, and ${before} in “${title}”: about the same.`,
		missing: (title: string) =>
			`“${title}” has not passed since the program was started. Go back to it and run it, to see both builds one above the other.`,
		otherBuilder: (title: string, before: string, after: string) =>
			`“${title}” was built by ${before}, and this by ${after}: to compare them, run both with the same builder.`,
	},

	/** A build of the user's own, after its end. `size`: of its image; null if unknown. */
	ownBuild: {
		cancelled: 'You have cancelled the build.',
		image: (name: string, size: string | null) => `Image ${name}${size === null ? '' : `, ${size}`}`,
	},

	/** Where a build failed: each of these on its own, with commas between. */
	failure: {
		inStage: (stage: string) => `failed in stage ${stage}`,
		beforeStages: 'failed before any stage began',
		afterStages: 'failed after the last stage',
		outsideStages: 'failed outside the stages',
		line: (line: number) => `line ${line} of the Dockerfile`,
		exitCode: (code: number) => `exit code ${code}`,
		cutOff: (stages: readonly string[]) => `cut off because of it: ${stages.join(', ')}`,
	},

	/** An image beside the first one. */
	images: {
		missing: 'is not there',
		sameSize: 'same size',
		aboutSameSize: 'about the same size',
		larger: (factor: number, first: string) => `${formatFactor(factor)} as big as ${first}`,
		smaller: (factor: number, first: string) => `${formatFactor(factor)} smaller than ${first}`,
		sameId: 'same ID',
		otherId: 'different ID',
	},

	/** A question, and its judgement. */
	question: {
		pickOne: (count: number) => `Pick your answer with **1** to **${count}**.`,
		tickAll: (count: number) => `Tick all that are right, with **1** to **${count}**.`,
		typeIt: 'Press **a** and type your answer.',
		given: 'you said',
		right: 'Right.',
		wrong: 'Not quite.',
		missing: (count: number) =>
			choosePlural(count, 'One more answer is right.', `${formatNumber(count)} more answers are right.`),
	},

	prediction: {
		/** What is asked before a run. `count`: the options that have a key. */
		questions: {
			stages: (count: number) => `Which stages will run? Tick them with **1** to **${count}**, if you like.`,
			cached: (count: number) =>
				`What will come from the cache? Tick it with **1** to **${count}**, if you like.`,
			line: (count: number) =>
				`Which of these will it print? Pick one with **1** to **${count}**, if you like.`,
			bigger: (count: number) =>
				`Which image will be the biggest? Pick it with **1** to **${count}**, if you like.`,
			seconds: () => 'How many seconds will it take? **a** takes your guess, if you like.',
			port: () => 'Which port will it be? **a** takes your guess, if you like.',
		},
		withoutKey: (count: number) => `and ${count} more without a key`,
		expected: 'you said',
		real: 'it was',
		foreseen: 'You saw it coming.',
		itWas: (real: string) => `It was ${real}.`,
		surprised: 'A surprise.',
		surprise: (said: string, real: string) => `A surprise: you said ${said}, but it was ${real}.`,
		/** In place of what was printed. */
		noneOfThem: 'none of them',
		rightAbout: (right: number, total: number) => `Right about ${right} of ${total}.`,
		notCached: (names: readonly string[]) =>
			`You expected ${formatList(names)} from the cache, but ${choosePlural(names.length, 'it was', 'they were')} not.`,
		cachedAfterAll: (names: readonly string[]) =>
			`You did not expect ${formatList(names)} from the cache, but ${choosePlural(names.length, 'it was', 'they were')}.`,
		allRight: (count: number) =>
			`You saw it coming: ${count === 2 ? 'both stages' : `all ${formatCount(count, 'stage')}`} are as you said.`,
		allOthersRight: (count: number) =>
			`You saw it coming: ${count === 2 ? 'both other stages' : `all ${formatCount(count, 'other stage')}`} are as you said.`,
		oneRight: (stage: string) => `You saw it coming: ${stage} is as you said.`,
		someRight: (right: number, total: number) => `Right about ${right} of ${formatCount(total, 'stage')}.`,
		skipped: (stages: readonly string[]) =>
			`You expected ${formatList(stages)}, but ${choosePlural(stages.length, 'it was', 'they were')} skipped.`,
		skippedBecause: (stages: readonly string[], reason: string) =>
			`You expected ${formatList(stages)}, but ${choosePlural(stages.length, 'it was', 'they were')} skipped: ${reason}.`,
		needed: (stages: readonly string[]) =>
			`You did not expect ${formatList(stages)}, but ${choosePlural(stages.length, 'it was', 'they were')} needed.`,
		ranAnyway: (stages: readonly string[]) =>
			`You did not expect ${formatList(stages)}, but ${choosePlural(stages.length, 'it', 'they')} ran: the legacy builder runs every stage up to the target, needed or not.`,
		cached: (stages: readonly string[]) =>
			choosePlural(
				stages.length,
				`${formatList(stages)} came from the cache: the build needed it, but did not run it again, so it counts neither way.`,
				`${formatList(stages)} came from the cache: the build needed them, but did not run them again, so they count neither way.`,
			),
	},

	timeline: {
		heading: 'timeline',
		run: (count: number) => `${formatCount(count, 'stage')} run`,
		cached: (count: number) => `${count} cached`,
		skipped: (count: number) => `${count} skipped`,
		cancelled: (count: number) => `${count} cancelled`,
		/** Of the instructions of a build. */
		ofCached: (cached: number, count: number) => `${cached} of ${count} cached`,
		byInstruction: 'By instruction',
		/** On the axis. */
		mark: (seconds: number) => `${seconds} s`,
	},

	/** What lint finds while an author changes the files. */
	authoring: {
		problems: (count: number) => `${formatCount(count, 'problem')} in the files.`,
		stale: 'This page still shows their last valid version.',
	},

	machine: {
		heading: 'This machine',
		ready: 'This machine is ready.',
		looking: 'Looking…',
		'not-ready': 'Something needs fixing.',
	},
};

type RecordingWords = {version: string; date: string; standIn: boolean; pace: number};
