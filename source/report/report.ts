import type {Verdict} from '../checks/model.js';
import {messages} from '../messages/index.js';
import {cleanupCommand, selectBuilds, selectIsRecording, selectIsUntried} from '../session/select.js';
import {createTimeline, selectAllCompared} from '../session/select-builds.js';
import type {SessionState, Timeline} from '../session/state.js';
import {rewriteOwnCommands} from '../text/shell-commands.js';
import {cleanLine, stripColours} from '../text/terminal-text.js';
import {stageBar} from '../view/timeline-lines.js';
import {
	builderName,
	compareBuilders,
	countSteps,
	describeHintsUsed,
	formatSeconds,
	recordingNotes,
} from '../view/wording.js';

/** One step as it was done. Where there is none, command, time and finding are null. */
export type ReportStep = {
	title: string;
	result: 'passed' | 'failed' | 'unknown' | 'open';
	command: string | null;
	/** The verdict, in a sentence. */
	reason: string | null;
	took: string | null;
};

/** One build on a time axis of its own, or beside another one. */
export type ReportBars = {
	title: string;
	bars: Array<{name: string; status: string; began: number | null; ended: number | null; took: string}>;
};

/** Builds that share an axis, and what they say together. */
export type ReportChart = {title: string; builds: ReportBars[]; says: string | null};

/** What was done and learnt, as clean text: nothing in it has been escaped for any format. */
export type Report = {
	title: string;
	/** The day and time it was made, UTC. */
	made: string;
	/** Sentences. */
	summary: string[];
	chapters: Array<{title: string; steps: ReportStep[]}>;
	charts: ReportChart[];
	/** Sentences. */
	next: string[];
};

/** The report of a session as it stands. `verdicts`: by step, where they are known besides those of the runs. */
export const createReport = (
	state: SessionState,
	{at, verdicts = {}}: {at: Date; verdicts?: Record<string, Verdict>},
): Report => ({
	title: clean(state.workshop.title),
	made: `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`,
	summary: summarySentences(state),
	chapters: state.workshop.chapters.map(({title, steps}) => ({
		title: clean(title),
		steps: steps.map(step => reportStep(state, step, verdicts[step.id])),
	})),
	charts: [...comparisonCharts(state), ...buildCharts(state)],
	next: nextSentences(state),
});

/** Text from outside in one line, without anything that a terminal or an editor would act on. */
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
	const hints = describeHintsUsed(state);
	return [
		`${passed} of ${messages.text.count(total, 'step')} passed; ${hints}.`,
		...(outcomes.length > 0
			? [`The commands of this session took ${formatSeconds(seconds)} together.`]
			: isRunning
				? []
				: ['No command ran in this session.']),
		...(isRunning ? ['One command was still running when this was written.'] : []),
		...(selectIsRecording(state) ? [recordingNotes.wasOne] : []),
		...(state.engine.status === 'ready'
			? [
					`${state.engine.identity.cli.podman === undefined ? 'Docker engine' : 'Podman'} ${clean(state.engine.identity.version)}.`,
				]
			: []),
	];
};

const reportStep = (
	state: SessionState,
	{id, title}: {id: string; title: string},
	current: Verdict | undefined,
): ReportStep => {
	const {passed, passes, runs, challenges} = state;
	// For a passed step, the run that passed it, not what was typed there later.
	const run = passed[id] ? passes[id]?.run : runs[id];
	const verdict = current ?? (passed[id] ? passes[id]?.verdict : (run?.verdict ?? challenges[id])) ?? null;
	const isOpen = !verdict || (verdict === challenges[id] && selectIsUntried(state, id));
	return {
		title: clean(title),
		result: passed[id] ? 'passed' : isOpen ? 'open' : verdict.verdict,
		command: run?.commandLine ? clean(run.commandLine) : null,
		reason: verdict
			? clean(rewriteOwnCommands(verdict.reason))
			: passed[id]
				? 'Passed in an earlier session.'
				: null,
		took: run?.outcome && run.commandLine ? formatSeconds(run.outcome.seconds) : null,
	};
};

const comparisonCharts = (state: SessionState): ReportChart[] =>
	selectAllCompared(state).map(({dockerfile, target, ...compared}) => ({
		title: clean(`Both builders: ${dockerfile}, target ${target}`),
		builds: [reportBars(compared.legacy), reportBars(compared.buildkit)],
		says: clean(compareBuilders(compared)),
	}));

/** Every build that does not stand in a comparison already. */
const buildCharts = (state: SessionState): ReportChart[] => {
	const compared = selectAllCompared(state).flatMap(({legacy, buildkit}) => [legacy.runId, buildkit.runId]);
	return selectBuilds(state).flatMap(run => {
		const timeline = createTimeline(run);
		if (!timeline || timeline.stages.length === 0 || compared.includes(run.runId)) return [];
		return [{title: clean(run.commandLine), builds: [reportBars(timeline)], says: null}];
	});
};

const reportBars = ({builder, seconds, stages}: Timeline): ReportBars => ({
	title: `${builder ? builderName(builder) : 'Build'}, ${formatSeconds(seconds)}`,
	bars: stages.map(stage => {
		const bar = stageBar(stage);
		const {name, status} = stage;
		return {name: clean(name), status, ...(bar ?? {began: null, ended: null, took: status})};
	}),
});

const nextSentences = (state: SessionState): string[] => {
	const {open} = countSteps(state);
	const [first] = open;
	return [
		...(first
			? [`${messages.text.count(open.length, 'step')} to go: “${clean(first.title)}” is the next one.`]
			: ['Every step has passed: try the same on a Dockerfile of your own.']),
		selectIsRecording(state)
			? recordingNotes.forReal
			: `\`${cleanupCommand(state)}\` removes what is left of the workshop.`,
	];
};

/** How a report says what became of a step. */
export const resultWords: Record<ReportStep['result'], string> = {
	passed: 'passed',
	failed: 'failed',
	unknown: 'unknown',
	open: 'not done',
};
