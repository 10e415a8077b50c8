import type {Verdict} from '../checks/model.js';
import {messages} from '../messages/index.js';
import {
	cleanupCommand,
	selectBuilds,
	selectHasPassed,
	selectIsRecording,
	selectIsUntried,
} from '../session/select.js';
import {createTimeline, selectAllBeside, selectAllCompared} from '../session/select-builds.js';
import {selectAnswerSentence} from '../session/select-wording.js';
import type {SessionState, Timeline} from '../session/state.js';
import type {StageStatus} from '../stages/model.js';
import {rewriteOwnCommands} from '../text/shell-commands.js';
import {cleanLine, stripColours} from '../text/terminal-text.js';
import {stageBar} from '../view/timeline-lines.js';
import {
	builderName,
	compareBeside,
	compareBuilders,
	countSteps,
	describeHintsUsed,
	formatSeconds,
} from '../view/wording.js';
import type {Step} from '../workshop/model.js';

/** One step as it was done. `command`, `reason` and `took` are null if there is none. */
export type ReportStep = {
	title: string;
	result: 'passed' | 'failed' | 'unknown' | 'open';
	command: string | null;
	/** The verdict, in a sentence. */
	reason: string | null;
	took: string | null;
};

/** One build as bars on a time axis. */
export type ReportBars = {
	title: string;
	bars: Array<{name: string; status: StageStatus; began: number | null; ended: number | null; took: string}>;
};

/** Builds that share a time axis. `says`: a sentence that compares them; null for a single build. */
export type ReportChart = {
	title: string;
	/** What each bar is. */
	of: 'stages' | 'instructions';
	builds: ReportBars[];
	says: string | null;
};

/** What was done and learnt, as clean text: nothing in it has been escaped for any format. */
export type Report = {
	title: string;
	/** When it was made. */
	made: string;
	/** Sentences. */
	summary: string[];
	chapters: Array<{title: string; steps: ReportStep[]}>;
	charts: ReportChart[];
	/** Sentences. */
	next: string[];
};

/**
 * The report of a session as it is now. `verdicts`: current verdicts by step ID, which replace those of the session.
 */
export const createReport = (
	state: SessionState,
	{at, verdicts = {}}: {at: Date; verdicts?: Record<string, Verdict>},
): Report => ({
	title: clean(state.workshop.title),
	made: messages.report.made(at.toISOString().slice(0, 16).replace('T', ' ')),
	summary: summarySentences(state),
	chapters: state.workshop.chapters.map(({title, steps}) => ({
		title: clean(title),
		steps: steps.map(step => reportStep(state, step, verdicts[step.id])),
	})),
	charts: [...comparisonCharts(state), ...besideCharts(state), ...buildCharts(state)],
	next: nextSentences(state),
});

/** Text from outside as one line, without anything that a terminal or an editor would act on. */
const clean = (text: string): string =>
	text
		.split(/\r?\n/)
		.map(line => rewriteOwnCommands(stripColours(cleanLine(line))))
		.join(' ');

const summarySentences = (state: SessionState): string[] => {
	const {total, passed} = countSteps(state);
	const outcomes = Object.values(state.runs).flatMap(({outcome}) => outcome ?? []);
	const isRunning = Object.values(state.runs).some(({phase}) => phase !== 'over');
	const seconds = outcomes.reduce((sum, outcome) => sum + outcome.seconds, 0);
	const say = messages.report;
	return [
		messages.view.passedWithHints(passed, total, describeHintsUsed(state)),
		...(outcomes.length > 0
			? [say.commandsTook(formatSeconds(seconds))]
			: isRunning
				? []
				: [say.noCommandRan]),
		...(isRunning ? [say.commandStillRuns] : []),
		...(selectIsRecording(state) ? [messages.view.recording.wasOne] : []),
		...engineSentence(state),
	];
};

const engineSentence = ({engine}: SessionState): string[] => {
	if (engine.status !== 'ready') return [];
	const {version, cli} = engine.identity;
	const {dockerEngine, podman} = messages.report;
	return [(cli.podman === undefined ? dockerEngine : podman)(clean(version))];
};

const reportStep = (state: SessionState, step: Step, current: Verdict | undefined): ReportStep => {
	const {id, title} = step;
	const {passed, passes, runs, challenges, efforts} = state;
	// For a passed step, the run that passed it, not what was typed there later.
	const run = passed[id] ? passes[id]?.run : runs[id];
	const verdict = current ?? (passed[id] ? passes[id]?.verdict : (run?.verdict ?? challenges[id])) ?? null;
	const isOpen =
		!verdict ||
		passed[id]?.finding === 'not-answered' ||
		(verdict === challenges[id] && selectIsUntried(state, id));
	return {
		title: clean(title),
		result: selectHasPassed(state, id) ? 'passed' : isOpen ? 'open' : verdict.verdict,
		command: run?.commandLine ? clean(run.commandLine) : null,
		reason: joinSentences([
			selectAnswerSentence(state, step) ??
				(verdict
					? clean(rewriteOwnCommands(verdict.reason))
					: passed[id]
						? messages.report.passedEarlier
						: null),
			efforts[id]?.prediction ? messages.report.predicted[efforts[id].prediction] : null,
		]),
		took: run?.outcome && run.commandLine ? formatSeconds(run.outcome.seconds) : null,
	};
};

const joinSentences = (sentences: Array<string | null>): string | null =>
	sentences.filter(sentence => sentence !== null).join(' ') || null;

const comparisonCharts = (state: SessionState): ReportChart[] =>
	selectAllCompared(state).map(({dockerfile, target, ...compared}) => ({
		of: 'stages',
		title: clean(messages.report.comparison(dockerfile, target)),
		builds: [reportBars(compared.legacy), reportBars(compared.buildkit)],
		says: clean(compareBuilders(compared)),
	}));

/** Every build that is set beside that of an earlier step, by instruction. */
const besideCharts = (state: SessionState): ReportChart[] =>
	selectAllBeside(state).map(builds => ({
		of: 'instructions',
		title: clean(messages.report.beside(builds.earlier.title, builds.step.title)),
		builds: [reportBars(builds.before, builds.earlier.title), reportBars(builds.after, builds.step.title)],
		says: clean(compareBeside(builds)),
	}));

/** Every build that is not part of a comparison. */
const buildCharts = (state: SessionState): ReportChart[] => {
	const compared = [
		...selectAllCompared(state).flatMap(({legacy, buildkit}) => [legacy.runId, buildkit.runId]),
		...selectAllBeside(state).flatMap(({before, after}) => [before.runId, after.runId]),
	];
	return selectBuilds(state).flatMap(run => {
		const timeline = createTimeline(run);
		if (!timeline || timeline.stages.length === 0 || compared.includes(run.runId)) return [];
		return [{of: 'stages', title: clean(run.commandLine), builds: [reportBars(timeline)], says: null}];
	});
};

/** `title`: the step of the build; by default, its builder stands for it. */
const reportBars = (
	{builder, seconds, stages}: Timeline,
	title: string | null = builder && builderName(builder),
): ReportBars => ({
	title:
		title === null
			? messages.report.unknownBuild(formatSeconds(seconds))
			: messages.report.build(clean(title), formatSeconds(seconds)),
	bars: stages.map(stage => {
		const bar = stageBar(stage);
		const {name, status} = stage;
		return {
			name: clean(name),
			status,
			...(bar ?? {began: null, ended: null, took: messages.view.statuses[status]}),
		};
	}),
});

const nextSentences = (state: SessionState): string[] => {
	const {open, unanswered} = countSteps(state);
	const [first] = open;
	const [question] = unanswered;
	const say = messages.report;
	return [
		first
			? say.stepsToGo(open.length, clean(first.title))
			: question
				? say.questionsToGo(unanswered.length, clean(question.title))
				: say.allPassed,
		selectIsRecording(state) ? messages.view.recording.forReal : messages.view.cleanup(cleanupCommand(state)),
	];
};
