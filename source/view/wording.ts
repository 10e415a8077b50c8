import {messages} from '../messages/index.js';
import {selectPrimaryIntent} from '../session/intents.js';
import type {EngineIdentity} from '../session/ports.js';
import {
	selectIsRecording,
	selectMainSteps,
	selectNeighbour,
	selectNextHelp,
	selectRun,
	selectStep,
	selectSteps,
	selectUnmetNeeds,
} from '../session/select.js';
import type {ComparedTimelines} from '../session/select-builds.js';
import type {EngineState, SessionState, Timeline} from '../session/state.js';
import type {Builder, StageStatus} from '../stages/model.js';
import type {Dialect, Step} from '../workshop/model.js';

const builderNames: Record<Builder, string> = {legacy: 'legacy', buildkit: 'BuildKit', buildah: 'Buildah'};

/** The display name of a builder. */
export const builderName = (builder: Builder): string => builderNames[builder];

const promptSigns: Record<Dialect, string> = {sh: '$ ', powershell: 'PS> ', cmd: '> '};

/** The prompt of a dialect's shell. */
export const promptSign = (dialect: Dialect): string => promptSigns[dialect];

/** Seconds as the screen shows them: `0.3 s`, `42 s`, `2 min 05 s`. */
export const formatSeconds = (seconds: number): string => {
	if (seconds < 20) return `${seconds.toFixed(1)} s`;
	const whole = Math.round(seconds);
	if (whole < 60) return `${whole} s`;
	return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
};

/** How long a stage took; null when it did not run itself. */
export const stageTime = (status: StageStatus, seconds: number | null): string | null =>
	seconds === null || status === 'skipped' || status === 'cached' ? null : formatSeconds(seconds);

/** What a replay is made of, in short; null when nothing is replayed. */
export const recordingLabel = (engine: EngineState, replay: SessionState['replay'] = null): string | null => {
	if (engine.status !== 'ready' || !engine.identity.recorded) return null;
	const {version, recorded} = engine.identity;
	const images = recorded.standIn ? ', stand-in base images' : '';
	const pace = replay && replay.pace > 1 ? `, ${replay.pace}× as fast` : '';
	return `RECORDED on engine ${version}, ${recorded.date.slice(0, 10)}${images}${pace}`;
};

/** The version of an engine, with its make unless it is Docker. */
export const engineVersion = ({version, cli}: EngineIdentity): string =>
	`${cli.podman === undefined ? '' : 'Podman '}${version}`;

/** What recordings have to say of this machine. */
export const recordingNotes = {
	needs: 'A recording plays: nothing is needed of this machine.',
	wasOne: 'This was a recording: nothing ran on this machine.',
	forReal: 'With Docker on this machine the same steps run for real.',
};

/** The steps of the workshop, without the optional ones: how many there are, and which have not passed. */
export const countSteps = (state: SessionState): {total: number; passed: number; open: Step[]} => {
	const steps = selectMainSteps(state);
	const open = steps.filter(({id}) => !state.passed[id]);
	return {total: steps.length, passed: steps.length - open.length, open};
};

/** Where an earlier session goes on; null when no step has passed. */
export const resumeSentence = (state: SessionState): string | null => {
	const {total, passed} = countSteps(state);
	const next = selectSteps(state).find(({id}) => id === state.stepId);
	return passed === 0
		? null
		: `${passed} of ${total} steps passed${next ? `; goes on at “${next.title}”` : ''}.`;
};

/** What the shown step needs first; null when nothing, or when it has passed. */
export const needSentence = (state: SessionState): string | null => {
	const step = selectStep(state);
	const [need] = selectUnmetNeeds(state, step);
	return need && !state.passed[step.id] ? `This step needs “${need.title}” first.` : null;
};

/** The heading of the last page. */
export const endHeading = (state: SessionState): string =>
	countSteps(state).open.length === 0 ? 'Done: every step passed.' : 'The end of the workshop.';

/** How many hints were revealed, in words; solutions are no hints. */
export const describeHintsUsed = (state: SessionState): string => {
	const steps = selectSteps(state);
	const count = steps.reduce(
		(sum, {id, hints}) =>
			sum + Math.min(state.hints[id] ?? 0, hints.length) + (state.hintsFor[id]?.length ?? 0),
		0,
	);
	const solutions = steps.filter(({id, hints}) => (state.hints[id] ?? 0) > hints.length).length;
	const words = count === 0 ? 'no hint used' : `${count} ${count === 1 ? 'hint' : 'hints'} used`;
	return solutions === 0
		? words
		: `${words}, ${solutions} ${solutions === 1 ? 'solution' : 'solutions'} shown`;
};

/** What enter does now, in a word or two. */
export const enterLabel = (state: SessionState): string => {
	const intent = selectPrimaryIntent(state)?.intent;
	if (intent === 'use-recording') return 'play the recording';
	if (intent === 'try-engine-again') return 'try again';
	if (state.screen === 'welcome') return 'start';
	if (intent === 'next-step') return selectNeighbour(state, 1) ? 'next step' : 'finish';
	if (intent === 'quit') return 'leave';
	if (intent === 'go-to-step') return 'the step before it';
	const {kind} = selectStep(state);
	if (kind === 'read') return 'done reading';
	if (kind === 'builder') return 'switch';
	if (kind === 'challenge') return 'have it judged';
	const verb = selectIsRecording(state) ? 'play' : 'run';
	const run = selectRun(state);
	return run && !run.isTyped ? `${verb} again` : verb;
};

/** Whether the command can be run again although enter does something else. */
export const canRunAgain = (state: SessionState): boolean => {
	const {kind} = selectStep(state);
	const primary = selectPrimaryIntent(state)?.intent;
	// A step that needs another one first is refused.
	return (kind === 'run' || kind === 'challenge') && primary !== 'run' && primary !== 'go-to-step';
};

/** The label of the next hint. */
export const hintLabel = (state: SessionState): string => selectNextHelp(state, selectStep(state)) ?? 'hint';

/** Builds whose times differ by less than 5 % took about as long as each other. */
const aboutTheSame = 1.05;

/** How much faster the quicker builder was, and why as far as the stages tell, in one or two sentences. */
export const compareBuilders = ({legacy, buildkit}: ComparedTimelines): string => {
	const times = `BuildKit took ${formatSeconds(buildkit.seconds)}, the legacy builder ${formatSeconds(legacy.seconds)}`;
	const factor = legacy.seconds / buildkit.seconds;
	const reasons = speedReasons(legacy, buildkit);
	if (factor < aboutTheSame && factor > 1 / aboutTheSame) return `${times}: about the same.`;
	if (factor < 1)
		return `${times}: ${formatFactor(1 / factor)} times as long. Once more may give another result.`;
	return `${times}: ${formatFactor(factor)} times as fast.${reasons.map(reason => ` ${reason}`).join('')}`;
};

const formatFactor = (factor: number): string => factor.toFixed(factor < 10 ? 1 : 0);

const speedReasons = (legacy: Timeline, buildkit: Timeline): string[] => {
	const skipped = buildkit.stages.filter(
		({name, status}) =>
			status === 'skipped' && legacy.stages.some(other => other.name === name && other.began !== null),
	);
	const together = buildkit.stages.filter(one =>
		buildkit.stages.some(other => other !== one && overlap(one, other)),
	);
	return [
		...(skipped.length > 0 ? [`It skipped ${messages.text.list(skipped.map(({name}) => name))}.`] : []),
		...(together.length > 0
			? [`It ran ${messages.text.list(together.map(({name}) => name))} at the same time.`]
			: []),
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
