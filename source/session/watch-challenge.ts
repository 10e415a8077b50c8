import path from 'node:path';
import {failed, passed, unknown} from '../checks/facts.js';
import type {RunFact, Verdict} from '../checks/model.js';
import {isAbout} from '../checks/registry.js';
import {messages} from '../messages/index.js';
import type {Overlay, Step} from '../workshop/model.js';
import {allChecks, isChallenge} from '../workshop/steps.js';
import {judgeStep} from './judge-step.js';
import type {Engine, LabFolder, Replay} from './ports.js';
import type {CurrentBackend, SessionDependencies} from './run-context.js';
import {selectIsBegun, selectStep} from './select.js';
import type {StepRunner} from './step-runner.js';
import type {Store} from './store.js';

/**
 * Milliseconds until a finding that may change without an event is judged again; null if it can't. `times`: the number
 * of judgements since the last event. A server that has not answered in time may still do so.
 */
const retryDelay = (finding: string, times: number): number | null => {
	if (finding === 'waiting') return 250;
	if (finding === 'engine-gone') return 2000;
	return (finding === 'no-answer' || finding === 'http-error') && times < 5 ? 1000 * 2 ** times : null;
};

/**
 * Judges a challenge now, and again after each change on the engine or, if relevant, in the lab folder, until the
 * signal is aborted; but not while a run has changed a lab file for a moment. Polls only for changes without an event:
 * while a server starts, for another half a minute if it does not answer, and while the engine is unavailable.
 */
export const watchChallenge = (
	step: Step,
	{
		engine,
		lab,
		lastRun,
		lastProof,
		replay,
		onVerdict,
		signal,
	}: {
		engine: Engine;
		lab: LabFolder;
		/** The step's latest run in this session: a command that Docker refused leaves no other trace. */
		lastRun: () => RunFact | null;
		/** The verdict of the challenge's proofs on the current files; null if they have not run since the last change. */
		lastProof: () => Verdict | null;
		/** Set for a recording, in which no build can prove anything. */
		replay: Pick<Replay, 'knownAnswer'> | null;
		onVerdict: (verdict: Verdict) => void;
		signal: AbortSignal;
	},
): {judgeAgain(): void} => {
	let judging = false;
	let again = false;
	let times = 0;
	let timer: NodeJS.Timeout | undefined;
	const judge = async (): Promise<void> => {
		clearTimeout(timer);
		if (judging) {
			again = true;
			return;
		}
		judging = true;
		let pause: number | null;
		do {
			again = false;
			pause = null;
			const {begun, undone} = lab.temporaryEdits();
			// Undoing it, and the end of the run, wake it again.
			if (begun > undone) break;
			const observed = await judgeStep(step, lastRun(), {engine, lab});
			const judged =
				step.judge.length > 0 && observed.verdict === 'passed'
					? (lastProof() ?? notProvenVerdict(step, replay !== null))
					: observed;
			const knownAnswer = replay?.knownAnswer(step.id, judged) ?? null;
			const verdict = knownAnswer ? recordedVerdict(step, knownAnswer, judged) : judged;
			if (signal.aborted) return;
			if (lab.temporaryEdits().begun > begun) {
				again = true;
				continue;
			}
			onVerdict(verdict);
			pause = retryDelay(verdict.finding, times);
			if (verdict.finding === 'waiting') times = 0;
		} while (again);
		judging = false;
		if (pause === null) return;
		timer = setTimeout(() => {
			times++;
			void judge();
		}, pause);
	};
	const wake = (): void => {
		times = 0;
		void judge();
	};
	engine.changes(wake, signal);
	const readsFiles = step.judge.length > 0 || step.checks.some(check => isAbout(check, 'lab'));
	if (replay || readsFiles) lab.watch(wake, signal);
	signal.addEventListener('abort', () => clearTimeout(timer), {once: true});
	void judge();
	return {judgeAgain: wake};
};

const notProvenVerdict = ({id}: Step, isRecording: boolean): Verdict => {
	const {notProven, seeSolution, judgeNow} = messages.session.challenge;
	return unknown('not-proven', notProven, isRecording ? seeSolution : judgeNow(id));
};

/**
 * In a recording, the verdict that a shipped answer got on an engine. `judged`: the simulated verdict, used if it has
 * the same finding, as it says more.
 */
const recordedVerdict = (step: Step, {overlay, finding}: Overlay, judged: Verdict): Verdict => {
	if (judged.finding === finding) return judged;
	const {knownSolution, knownAttempt} = messages.session.challenge;
	if (finding === 'passed') return passed(knownSolution);
	return failed(
		finding,
		knownAttempt(path.posix.basename(overlay), finding),
		allChecks(step).find(check => check.finding === finding)?.hint ?? null,
	);
};

export type ChallengeWatcher = ReturnType<typeof createChallengeWatcher>;

/** Judges the shown challenge for as long as it is shown. */
export const createChallengeWatcher = (
	{getState, dispatch}: Store,
	{lab}: SessionDependencies,
	backend: CurrentBackend,
	stepRunner: Pick<StepRunner, 'lastRun' | 'lastProof'>,
) => {
	let watching: {step: Step; abort: AbortController; judgeAgain(): void} | null = null;
	const stop = () => {
		watching?.abort.abort();
		watching = null;
	};
	return {
		stop,
		judgeAgain: () => watching?.judgeAgain(),
		/** Watches the shown challenge; stops if none is shown. */
		followShown() {
			const state = getState();
			const step = selectStep(state);
			const shown =
				state.screen === 'step' &&
				state.engine.status === 'ready' &&
				isChallenge(step) &&
				selectIsBegun(state, step);
			// A reloaded step may have other checks.
			if (shown && watching?.step === step) return;
			stop();
			if (!shown) return;
			const abort = new AbortController();
			const {judgeAgain} = watchChallenge(step, {
				engine: backend().engine,
				lab,
				lastRun: () => stepRunner.lastRun(step.id),
				lastProof: () => stepRunner.lastProof(step.id),
				replay: backend().replay,
				onVerdict(verdict) {
					dispatch({action: 'judge-challenge', stepId: step.id, verdict, at: new Date().toISOString()});
				},
				signal: abort.signal,
			});
			watching = {step, abort, judgeAgain};
		},
	};
};
