import {messages} from '../messages/index.js';
import {selectPrimaryIntent} from '../session/intents.js';
import type {EngineIdentity} from '../session/ports.js';
import {
	selectHasPassed,
	selectIsBegun,
	selectIsRecording,
	selectMainSteps,
	selectNeighbour,
	selectNextHelp,
	selectRun,
	selectStep,
	selectSteps,
	selectUnmetNeeds,
} from '../session/select.js';
import type {BesideBuilds, ComparedTimelines} from '../session/select-builds.js';
import type {EngineState, SessionState, Timeline} from '../session/state.js';
import {type Build, type Builder, nameBuilder, type StageStatus} from '../stages/model.js';
import type {Dialect, Step} from '../workshop/model.js';
import {isChallenge, runsCommand} from '../workshop/steps.js';

/** The names that a build gave its image, as Docker lists them; empty if none. */
export const listImageNames = ({names}: Pick<Build, 'names'>): string =>
	names.map(name => name.replace(/^docker\.io\/(library\/)?/, '')).join(', ');

/** The display name of a builder. */
export const builderName = (builder: Builder): string => messages.view.builders[builder];

const promptSigns: Record<Dialect, string> = {sh: '$ ', powershell: 'PS> ', cmd: '> '};

/** The prompt of a dialect's shell. */
export const promptSign = (dialect: Dialect): string => promptSigns[dialect];

/** Seconds as the screen shows them: `0.3 s`, `42 s`, `2 min 05 s`. */
export const formatSeconds = (seconds: number): string => {
	const say = messages.view.seconds;
	if (seconds < 20) return say.tenths(seconds);
	const whole = Math.round(seconds);
	return whole < 60 ? say.whole(whole) : say.minutes(Math.floor(whole / 60), whole % 60);
};

/** How long a stage took; null if it did not run, or if its time is unknown. */
export const stageTime = (status: StageStatus, seconds: number | null): string | null =>
	seconds === null || status === 'skipped' || status === 'cached' ? null : formatSeconds(seconds);

/** What a recording is, in short: engine, date and pace; null if none plays. */
export const recordingLabel = (engine: EngineState, replay: SessionState['replay'] = null): string | null => {
	if (engine.status !== 'ready' || !engine.identity.recorded) return null;
	const {version, recorded} = engine.identity;
	const {date, standIn} = recorded;
	return messages.view.recording.label({version, date: date.slice(0, 10), standIn, pace: replay?.pace ?? 1});
};

/** The version of an engine, with the name Podman if it is Podman. */
export const engineVersion = ({version, cli}: EngineIdentity): string =>
	cli.podman === undefined ? version : messages.view.podman(version);

/**
 * The steps of the workshop, without the optional ones: how many there are and have passed, which are open, and which
 * questions were left unanswered.
 */
export const countSteps = (
	state: SessionState,
): {total: number; passed: number; open: Step[]; unanswered: Step[]} => {
	const steps = selectMainSteps(state);
	const open = steps.filter(({id}) => !state.passed[id]);
	const unanswered = steps.filter(({id}) => state.passed[id] && !selectHasPassed(state, id));
	return {
		total: steps.length,
		passed: steps.length - open.length - unanswered.length,
		open,
		unanswered,
	};
};

/** How many steps have passed, and where to continue; null if no step has passed. */
export const resumeSentence = (state: SessionState): string | null => {
	const {total, passed} = countSteps(state);
	const next = selectSteps(state).find(({id}) => id === state.stepId);
	if (passed === 0) return null;
	const {at, somewhere} = messages.view.resume;
	return next ? at(passed, total, next.title) : somewhere(passed, total);
};

/** Which step the shown one needs first, in a sentence; null if it needs none or has passed already. */
export const needSentence = (state: SessionState): string | null => {
	const step = selectStep(state);
	const [need] = selectUnmetNeeds(state, step);
	return need && !state.passed[step.id] ? messages.view.needsStep(need.title) : null;
};

/** The heading of the last page. */
export const endHeading = (state: SessionState): string =>
	countSteps(state).passed === countSteps(state).total ? messages.view.end.all : messages.view.end.some;

/** How many hints were revealed, in words. Solutions are counted separately. */
export const describeHintsUsed = (state: SessionState): string => {
	const steps = selectSteps(state);
	const count = steps.reduce(
		(sum, {id, hints}) =>
			sum + Math.min(state.hints[id] ?? 0, hints.length) + (state.hintsFor[id]?.length ?? 0),
		0,
	);
	const solutions = steps.filter(({id, hints}) => (state.hints[id] ?? 0) > hints.length).length;
	const say = messages.view.hintsUsed;
	const hints = count === 0 ? say.none : say.some(count);
	return solutions === 0 ? hints : say.solutions(hints, solutions);
};

/** What enter does now, in a word or two. */
export const enterLabel = (state: SessionState): string => {
	const say = messages.keys.enter;
	const intent = selectPrimaryIntent(state)?.intent;
	if (intent === 'use-recording') return say.playRecording;
	if (intent === 'try-engine-again') return say.tryAgain;
	if (state.screen === 'welcome') return say.start;
	if (intent === 'next-step') return selectNeighbour(state, 1) ? say.nextStep : say.finish;
	if (intent === 'quit') return say.leave;
	if (intent === 'go-to-step') return say.stepBefore;
	if (intent === 'give-answer') return say.answer;
	if (intent === 'leave-unanswered') return say.unanswered;
	if (intent === 'edit-command') return say.fillIn;
	const step = selectStep(state);
	const {kind} = step;
	if (kind === 'read') return say.doneReading;
	if (kind === 'builder') return say.switchBuilder;
	if (isChallenge(step)) return selectIsBegun(state, step) ? say.judge : say.begin;
	const run = selectRun(state);
	const isAgain = run !== null && !run.isTyped;
	if (selectIsRecording(state)) return isAgain ? say.playAgain : say.play;
	return isAgain ? say.runAgain : say.run;
};

/** Whether the command can be run again although enter does something else. */
export const canRunAgain = (state: SessionState): boolean => {
	const step = selectStep(state);
	const primary = selectPrimaryIntent(state)?.intent;
	// With `go-to-step`, the step needs another one first, and running it would be refused.
	return (runsCommand(step) || isChallenge(step)) && primary !== 'run' && primary !== 'go-to-step';
};

/** The label of the next hint. */
export const hintLabel = (state: SessionState): string =>
	messages.keys.reveal[selectNextHelp(state, selectStep(state)) ?? 'hint'];

/** Compares a build with that of an earlier step, or says what is missing for it. */
export const compareBeside = ({earlier: {title}, before, after}: BesideBuilds): string => {
	const say = messages.view.beside;
	if (!before) return say.missing(title);
	if (before.builder && after.builder && before.builder !== after.builder)
		return say.otherBuilder(title, nameBuilder(before.builder), nameBuilder(after.builder));
	const times = [formatSeconds(after.seconds), formatSeconds(before.seconds)] as const;
	// Of the times as they are shown, so that learners can check it.
	const factor = roundToTenths(before.seconds) / roundToTenths(after.seconds);
	if (factor < aboutTheSame && factor > 1 / aboutTheSame) return say.same(...times, title);
	return factor < 1 ? say.slower(...times, title, 1 / factor) : say.faster(...times, title, factor);
};

/** Rounds seconds to tenths, of which there is at least one. */
const roundToTenths = (seconds: number): number => Math.max(0.1, Math.round(seconds * 10) / 10);

/** Builds whose times differ by less than 5 % took about as long as each other. */
const aboutTheSame = 1.05;

/** Compares the times of both builders. If BuildKit was faster, up to two more sentences say why, as far as known. */
export const compareBuilders = ({legacy, buildkit}: ComparedTimelines): string => {
	const say = messages.view.compared;
	const times = [formatSeconds(buildkit.seconds), formatSeconds(legacy.seconds)] as const;
	const factor = legacy.seconds / buildkit.seconds;
	if (factor < aboutTheSame && factor > 1 / aboutTheSame) return say.same(...times);
	if (factor < 1) return say.slower(...times, 1 / factor);
	return [say.faster(...times, factor), ...speedReasons(legacy, buildkit)].join(' ');
};

const speedReasons = (legacy: Timeline, buildkit: Timeline): string[] => {
	const skipped = buildkit.stages.filter(
		({name, status}) =>
			status === 'skipped' && legacy.stages.some(other => other.name === name && other.began !== null),
	);
	const together = buildkit.stages.filter(one =>
		buildkit.stages.some(other => other !== one && overlap(one, other)),
	);
	const say = messages.view.compared;
	return [
		...(skipped.length > 0 ? [say.skipped(skipped.map(({name}) => name))] : []),
		...(together.length > 0 ? [say.together(together.map(({name}) => name))] : []),
	];
};

type TimelineStage = Timeline['stages'][number];

/** Whether two stages shared at least half of the longer one's time. */
const overlap = (one: TimelineStage, other: TimelineStage): boolean => {
	if (one.began === null || one.ended === null || other.began === null || other.ended === null) return false;
	const shared = Math.min(one.ended, other.ended) - Math.max(one.began, other.began);
	const longer = Math.max(one.ended - one.began, other.ended - other.began);
	return shared > 0 && shared >= longer / 2;
};
