import type {Verdict} from '../checks/model.js';
import {messages} from '../messages/index.js';
import type {LineLogName, LineLogReader, Outcome} from '../session/ports.js';
import {selectCause, selectTimelines} from '../session/select-builds.js';
import {selectChain} from '../session/select-wording.js';
import type {RunView, SessionState, Timeline} from '../session/state.js';
import {type Build, nameBuilderAsSubject, type Stage, type StageStatus} from '../stages/model.js';
import {failureLines} from '../view/failure-lines.js';
import {imageSizeLines} from '../view/image-sizes.js';
import {type Line, sentenceLines, span, wrapLine} from '../view/line.js';
import {predictionLines} from '../view/prediction-lines.js';
import {comparedSentence, stageBar} from '../view/timeline-lines.js';
import {verdictLines} from '../view/verdict-lines.js';
import {builderName, compareBeside, formatSeconds} from '../view/wording.js';
import {isChallenge} from '../workshop/steps.js';
import type {PlainPage} from './plain-output.js';

/** What to say about a finished run: why it failed, its notes, the prediction, its verdict. */
export const runText = (state: SessionState, run: RunView, page: PlainPage): Line[] => {
	const {columns, symbols} = page;
	const {build, comparison, verdict, stepId} = run;
	const cause = selectCause(run);
	const timelines = build && !build.failure ? selectTimelines(state) : null;
	const isOfChallenge = state.workshop.chapters
		.flatMap(({steps}) => steps)
		.some(step => step.id === stepId && isChallenge(step));
	return [
		...(build ? failureLines(build, cause, columns, symbols, {maxRows: Number.POSITIVE_INFINITY}) : []),
		...sentenceLines(build?.notes ?? [], columns),
		...predictionLines(state, run, columns, {symbols, isBrief: true}),
		...(timelines?.compared
			? wrapLine(comparedSentence(timelines.compared, timelines.own.runId), columns)
			: []),
		...(timelines?.beside ? sentenceLines([compareBeside(timelines.beside)], columns) : []),
		...(comparison ? imageSizeLines(comparison, columns, symbols) : []),
		// A challenge is judged by what exists, not by the run.
		...(verdict && !isOfChallenge
			? verdictLines(cause ? {...verdict, next: null} : verdict, columns, symbols)
			: []),
	];
};

/** The current verdict of a challenge, with its port chain. */
export const challengeText = (
	verdict: Verdict,
	isUntried: boolean,
	{columns, symbols}: PlainPage,
): Line[] => {
	const say = messages.plain.run;
	const links = selectChain(verdict).map(({text, state}) =>
		state === 'ok' ? text : (state === 'broken' ? say.brokenLink : say.unreachedLink)(text),
	);
	return [
		...verdictLines(verdict, columns, symbols, isUntried),
		...(links.length > 0 ? sentenceLines([say.chain(links)], columns) : []),
	];
};

/** Returns what is new in a run since the last call: what it has printed, and what has become of its stages. */
export type RunAnnouncer = (run: RunView) => Line[];

/** After this many seconds, a stage that has printed nothing is announced as running. */
const silenceSeconds = 1;

const finalStatuses: StageStatus[] = ['done', 'cached', 'failed', 'skipped', 'cancelled', 'unknown'];

export const createRunAnnouncer = (runId: string, reader: LineLogReader, page: PlainPage): RunAnnouncer => {
	const logs = new Map<string | null, LineAnnouncer>();
	const statuses = new Map<string, StageStatus>();
	let isOver = false;
	let isCancelling = false;
	const logOf = (stage: string | null, prefix: string): LineAnnouncer => {
		const log = logs.get(stage) ?? createLineAnnouncer(reader, {runId, stage}, prefix);
		logs.set(stage, log);
		return log;
	};
	const say = (...sentences: string[]): Line[] => sentenceLines(sentences, page.columns);
	const announceStages = ({stages, seconds}: Build, hasEnded: boolean): Line[] =>
		stages.flatMap(stage => {
			const {name, status, began} = stage;
			const log = logOf(name, `${name} ${page.gutter} `);
			if (statuses.has(name) && finalStatuses.includes(statuses.get(name) ?? 'waiting')) return [];
			if (finalStatuses.includes(status) || hasEnded) {
				statuses.set(name, status);
				return [...asPrinted(log.rest()), ...say(stageSentence(stage))];
			}
			const lines = log.more();
			const isSilent = !statuses.has(name) && began !== null && seconds - began >= silenceSeconds;
			if (status !== 'running' || (lines.length === 0 && !isSilent)) return asPrinted(lines);
			if (lines.length === 0) statuses.set(name, status);
			return lines.length > 0 ? asPrinted(lines) : say(stageSentence({...stage, seconds: null}));
		});
	return run => {
		if (isOver) return [];
		isOver = run.phase === 'over';
		const hasEnded = run.outcome !== null;
		// A step without a command has no log, only lines of its own.
		const ownLines = hasEnded || !isOver ? [] : asPrinted(run.output.lines.map(line => `    ${line}`));
		const printed = run.build
			? announceStages(run.build, hasEnded)
			: asPrinted(hasEnded ? logOf(null, '    ').rest() : logOf(null, '    ').more());
		const news = run.phase === 'cancelling' && !isCancelling ? say(messages.plain.run.cancelling) : [];
		isCancelling ||= run.phase === 'cancelling';
		return isOver ? [...ownLines, ...printed, ...say(...endSentence(run))] : [...news, ...printed];
	};
};

/** Output, which is never wrapped here: terminals wrap it themselves. */
const asPrinted = (texts: string[]): Line[] => texts.map(text => [span(text)]);

const endSentence = ({outcome, build, builder}: RunView): string[] => {
	if (!outcome) return [];
	const sentence = outcomeSentence(outcome);
	const used = build?.builder ?? builder;
	if (!used || outcome.ended !== 'exited' || outcome.exitCode !== 0) return [sentence];
	const {builtBy, builtFromCache} = messages.plain.run;
	return [`${sentence} ${(build?.cached ? builtFromCache : builtBy)(nameBuilderAsSubject(used))}`];
};

const outcomeSentence = (outcome: Outcome): string => {
	const say = messages.plain.run;
	const time = formatSeconds(outcome.seconds);
	switch (outcome.ended) {
		case 'exited':
			return say.ended(time, outcome.exitCode);
		case 'cancelled':
			return say.cancelled(time);
		case 'could-not-start':
			return say.couldNotStart(outcome.message);
		case 'read':
			return say.onlyRead;
	}
};

/** How many lines of a log are announced as they come, and how many of its last lines follow at its end. */
const firstLines = 60;
const lastLines = 20;

/** Announces new lines of a log. */
export type LineAnnouncer = {
	/** The new lines, up to `firstLines` in all. */
	more(): string[];
	/** Once no more lines will come: how many are left out, and the last ones. */
	rest(): string[];
};

/** `prefix`: comes before each line. */
export const createLineAnnouncer = (
	reader: LineLogReader,
	log: LineLogName,
	prefix: string,
): LineAnnouncer => {
	let announced = 0;
	const read = (from: number, count: number) =>
		count > 0 ? reader.read(log, from, count).map(line => `${prefix}${line}`) : [];
	const more = (): string[] => {
		const lines = read(announced, Math.min(reader.size(log).lineCount, firstLines) - announced);
		announced += lines.length;
		return lines;
	};
	return {
		more,
		rest() {
			const lines = more();
			const {lineCount, problem} = reader.size(log);
			const from = Math.max(announced, lineCount - lastLines);
			const leftOut = from - announced;
			const note = leftOut > 0 ? [`${prefix}${messages.plain.run.leftOut(leftOut, 'y')}`] : [];
			announced = lineCount;
			return [...lines, ...note, ...read(from, lineCount - from), ...(problem ? [problem] : [])];
		},
	};
};

/** The status of a stage in one sentence: `stage build: done in 1.8 s`. */
export const stageSentence = ({name, status, seconds, reason}: Stage): string => {
	const say = messages.plain.stage;
	const timed: Partial<Record<StageStatus, (time: string) => string>> = say.timedStatuses;
	const word = status === 'cached' ? say.cached : messages.view.statuses[status];
	const words = (seconds !== null && timed[status]?.(formatSeconds(seconds))) || word;
	return reason === null ? say.with(name, words) : say.withReason(name, words, reason);
};

/** How long each instruction of a build took, one sentence each, below a title. */
export const instructionSentences = (title: string, {seconds, stages}: Timeline): string[] => {
	const {instructions, instruction} = messages.plain.timeline;
	return [
		instructions(title, formatSeconds(seconds)),
		...stages.map(row => instruction(row.name, stageBar(row)?.took ?? messages.view.statuses[row.status])),
	];
};

/** When each stage of a build ran, one sentence each, in the order in which they began. */
export const timelineSentences = ({builder, seconds, stages}: Timeline): string[] => {
	const timed = stages.filter(({began, ended}) => began !== null && ended !== null);
	const rest = stages.filter(stage => !timed.includes(stage));
	const {total, totalBy, stage: timedStage} = messages.plain.timeline;
	const {with: withStatus, withReason} = messages.plain.stage;
	const {statuses} = messages.view;
	const time = formatSeconds(seconds);
	return [
		builder ? totalBy(builderName(builder), time) : total(time),
		...timed
			.toSorted((a, b) => (a.began ?? 0) - (b.began ?? 0))
			.map(({name, status, began, ended}) =>
				timedStage(name, statuses[status], (began ?? 0).toFixed(1), (ended ?? 0).toFixed(1)),
			),
		...rest.map(({name, status, reason}) =>
			reason ? withReason(name, statuses[status], reason) : withStatus(name, statuses[status]),
		),
	];
};
