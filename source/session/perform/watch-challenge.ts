import type {RunFact, Verdict} from '../../checks/model.js';
import type {Step} from '../../workshop/model.js';
import type {Engine, LabFolder, Replay} from '../ports.js';
import {judgeStep} from './judge-step.js';
import {recordedVerdict} from './recorded-verdict.js';

/**
 * Milliseconds until a finding that may change without any event is looked at again; null: it won't. `times`: how
 * often nothing but this pause has led to it. A server that did not answer in its time may still do so a while later.
 */
const pauseAfter = (finding: string, times: number): number | null => {
	switch (finding) {
		case 'waiting':
			return 250;
		case 'engine-gone':
			return 2000;
		case 'no-answer':
		case 'http-error':
			return times < 5 ? 1000 * 2 ** times : null;
		default:
			return null;
	}
};

/**
 * Judges a challenge now, and again by itself whenever something changes on the engine or, where that
 * matters, in the lab folder, until the signal is aborted.
 * Nothing is polled but what may change silently: while a server starts, for half a minute more when it has not
 * answered by then, and while the engine is gone.
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
		/** The latest run of this step in this program: a refused one leaves no other trace. */
		lastRun: () => RunFact | null;
		/** What the challenge's proofs showed of the files as they are; null when they were not run since. */
		lastProof: () => Verdict | null;
		/** Set where nothing runs, so that no build can prove anything. */
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
			const seen = await judgeStep(step, {engine, lab, run: lastRun()});
			const judged =
				step.judge.length > 0 && seen.verdict === 'passed'
					? (lastProof() ?? notProven(step, replay !== null))
					: seen;
			const known = replay?.knownAnswer(step.id, judged) ?? null;
			const verdict = known ? recordedVerdict(step, known, judged) : judged;
			if (signal.aborted) return;
			onVerdict(verdict);
			pause = pauseAfter(verdict.finding, times);
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
	if (replay || readsFiles(step)) lab.watch(wake, signal);
	signal.addEventListener('abort', () => clearTimeout(timer), {once: true});
	void judge();
	return {judgeAgain: wake};
};

const readsFiles = ({checks, judge}: Step): boolean =>
	judge.length > 0 || checks.some(({check}) => check === 'file' || check === 'dockerfile');

const notProven = ({id}: Step, isRecording: boolean): Verdict => ({
	verdict: 'unknown',
	finding: 'not-proven',
	reason: 'Not judged yet: builds judge this challenge, and none has been run on the files as they are.',
	next: isRecording
		? 'see its solution with `h`: in a recording no build can judge what you wrote'
		: `have it judged: press enter on this step, or run \`multistage-workshop check ${id}\``,
	evidence: null,
});
