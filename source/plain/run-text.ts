import type {Verdict} from '../checks/model.js';
import type {LineLogName, LineLogReader, Outcome} from '../session/ports.js';
import {selectCause, selectTimelines} from '../session/select-builds.js';
import {selectChain} from '../session/select-wording.js';
import type {RunView, SessionState, Timeline} from '../session/state.js';
import {type Build, nameBuilderAsSubject, type Stage, type StageStatus} from '../stages/model.js';
import {failureLines} from '../view/failure-lines.js';
import {imageSizeLines} from '../view/image-sizes.js';
import {maxPredicted} from '../view/keymap.js';
import {type Line, span, wrapLine} from '../view/line.js';
import {builderName, formatSeconds} from '../view/messages.js';
import {predictionLines} from '../view/prediction-lines.js';
import {comparedSentence} from '../view/timeline-lines.js';
import {verdictLines} from '../view/verdict-lines.js';
import type {PlainPage} from './plain-output.js';

/** What a run that is over means: why it failed, what is worth to know, what was predicted, its verdict. */
export const runText = (state: SessionState, run: RunView, page: PlainPage): Line[] => {
	const {columns, symbols} = page;
	const {build, comparison, verdict, stepId} = run;
	const cause = selectCause(run);
	const predicted = state.predictions[stepId] ?? [];
	const timelines = build && !build.failure ? selectTimelines(state) : null;
	const isChallenge = state.workshop.chapters
		.flatMap(({steps}) => steps)
		.some(({id, kind}) => id === stepId && kind === 'challenge');
	return [
		...(build ? failureLines(build, cause, columns, symbols, Number.POSITIVE_INFINITY) : []),
		...(build?.notes ?? []).flatMap(note => wrapLine([span(note)], columns)),
		...(build && predicted.length > 0
			? predictionLines(predicted, build.stages.slice(0, maxPredicted), columns, {symbols, isBrief: true})
			: []),
		...(timelines?.compared
			? wrapLine(comparedSentence(timelines.compared, timelines.own.runId), columns)
			: []),
		...(comparison ? imageSizeLines(comparison, columns, symbols) : []),
		// A challenge is judged by what is there, run or not.
		...(verdict && !isChallenge
			? verdictLines(cause ? {...verdict, next: null} : verdict, columns, symbols)
			: []),
	];
};

/** Today's verdict of a challenge, with the way from the host to whoami. */
export const challengeText = (
	verdict: Verdict,
	isUntried: boolean,
	{columns, symbols}: PlainPage,
): Line[] => {
	const links = selectChain(verdict).map(({text, state}) =>
		state === 'ok' ? text : `${text} (${state === 'broken' ? 'broken here' : 'not reached'})`,
	);
	return [
		...verdictLines(verdict, columns, symbols, isUntried),
		...(links.length > 0 ? wrapLine([span(`The chain: ${links.join(' -> ')}`)], columns) : []),
	];
};

/** Tells one run as it goes on: what it prints, and what becomes of its stages. */
export type RunAnnouncer = {
	/** What is new since the last call. */
	announce(run: RunView): string[];
};

/** Seconds that a stage runs without a word before it is said that it does. */
const silenceSeconds = 1;

const finalStatuses: StageStatus[] = ['done', 'cached', 'failed', 'skipped', 'cancelled', 'unknown'];

/** A teller of the run with this id. */
export const createRunAnnouncer = (runId: string, reader: LineLogReader, page: PlainPage): RunAnnouncer => {
	const logs = new Map<string | null, LineAnnouncer>();
	const said = new Map<string, StageStatus>();
	let isOver = false;
	let isCancelling = false;
	const logOf = (stage: string | null, prefix: string): LineAnnouncer => {
		const log = logs.get(stage) ?? createLineAnnouncer(reader, {runId, stage}, prefix);
		logs.set(stage, log);
		return log;
	};
	const tellStages = ({stages, seconds}: Build, hasEnded: boolean): string[] =>
		stages.flatMap(stage => {
			const {name, status, began} = stage;
			const log = logOf(name, `${name} ${page.gutter} `);
			if (said.has(name) && finalStatuses.includes(said.get(name) ?? 'waiting')) return [];
			if (finalStatuses.includes(status) || hasEnded) {
				said.set(name, status);
				return [...log.rest(), stageSentence(stage)];
			}
			const lines = log.more();
			const isSilent = !said.has(name) && began !== null && seconds - began >= silenceSeconds;
			if (status !== 'running' || (lines.length === 0 && !isSilent)) return lines;
			if (lines.length === 0) said.set(name, status);
			return lines.length > 0 ? lines : [stageSentence({...stage, seconds: null})];
		});
	return {
		announce(run) {
			if (isOver) return [];
			isOver = run.phase === 'over';
			const hasEnded = run.outcome !== null;
			// What the program does by itself prints nothing, but has something to say.
			const said = hasEnded || !isOver ? [] : run.output.lines.map(line => `    ${line}`);
			const printed = run.build
				? tellStages(run.build, hasEnded)
				: hasEnded
					? logOf(null, '    ').rest()
					: logOf(null, '    ').more();
			const news =
				run.phase === 'cancelling' && !isCancelling ? ['Cancelling… once more ends it by force.'] : [];
			isCancelling ||= run.phase === 'cancelling';
			return isOver ? [...said, ...printed, ...endSentence(run)] : [...news, ...printed];
		},
	};
};

const endSentence = ({outcome, build, builder}: RunView): string[] => {
	if (!outcome) return [];
	const used = build?.builder ?? builder;
	const by = used
		? ` ${nameBuilderAsSubject(used)} built it${build?.cached ? ', all from the cache' : ''}.`
		: '';
	return [outcomeSentence(outcome) + (outcome.ended === 'exited' && outcome.exitCode === 0 ? by : '')];
};

const outcomeSentence = (outcome: Outcome): string => {
	const time = formatSeconds(outcome.seconds);
	switch (outcome.ended) {
		case 'exited':
			return `The command ended after ${time} with exit code ${outcome.exitCode}.`;
		case 'cancelled':
			return `The command was cancelled after ${time}.`;
		case 'could-not-start':
			return `The command could not start: ${outcome.message}`;
		case 'read':
			return 'The command was read; nothing ran.';
	}
};

/** Lines of one log that are told as they come, and that are told at its end when it has more. */
const firstLines = 60;
const lastLines = 20;

/** Tells what a log has got since it was asked last. */
export type LineAnnouncer = {
	/** The new lines, as long as they are not too many. */
	more(): string[];
	/** Once no more will come: how many were left out, and the last ones. */
	rest(): string[];
};

/** A teller of one log's lines. `prefix` stands before each of them. */
export const createLineAnnouncer = (
	reader: LineLogReader,
	log: LineLogName,
	prefix: string,
): LineAnnouncer => {
	let told = 0;
	const tell = (from: number, count: number) =>
		count > 0 ? reader.read(log, from, count).map(line => `${prefix}${line}`) : [];
	const more = (): string[] => {
		const lines = tell(told, Math.min(reader.size(log).lineCount, firstLines) - told);
		told += lines.length;
		return lines;
	};
	return {
		more,
		rest() {
			const lines = more();
			const {lineCount, problem} = reader.size(log);
			const from = Math.max(told, lineCount - lastLines);
			const leftOut = from - told;
			const note =
				leftOut > 0
					? [`${prefix}(${leftOut.toLocaleString('en')} lines left out; y writes all to a file)`]
					: [];
			told = lineCount;
			return [...lines, ...note, ...tell(from, lineCount - from), ...(problem ? [problem] : [])];
		},
	};
};

/** What has become of a stage, in one sentence: `stage build: done in 1.8 s`. */
export const stageSentence = ({name, status, seconds, reason}: Stage): string => {
	const time =
		seconds === null || !timePrepositions[status]
			? ''
			: ` ${timePrepositions[status]} ${formatSeconds(seconds)}`;
	return `stage ${name}: ${statusWords[status]}${time}${reason === null ? '' : `, ${reason}`}`;
};

const statusWords: Record<StageStatus, string> = {
	waiting: 'waiting',
	running: 'running',
	cached: 'from the cache',
	done: 'done',
	failed: 'failed',
	skipped: 'skipped',
	cancelled: 'cancelled',
	unknown: 'unknown',
};

const timePrepositions: Partial<Record<StageStatus, string>> = {
	running: 'for',
	done: 'in',
	failed: 'after',
	cancelled: 'after',
};

/** When each stage of a build was at work, a sentence each, in the order in which they began. */
export const timelineSentences = ({builder, seconds, stages}: Timeline): string[] => {
	const seen = stages.filter(({began, ended}) => began !== null && ended !== null);
	const rest = stages.filter(stage => !seen.includes(stage));
	return [
		`${builder ? `${builderName(builder)}: ` : ''}${formatSeconds(seconds)} in all.`,
		...seen
			.toSorted((a, b) => (a.began ?? 0) - (b.began ?? 0))
			.map(
				({name, status, began, ended}) =>
					`stage ${name}: ${status}, from second ${(began ?? 0).toFixed(1)} to second ${(ended ?? 0).toFixed(1)}`,
			),
		...rest.map(({name, status, reason}) => `stage ${name}: ${reason ? `${status}, ${reason}` : status}`),
	];
};
