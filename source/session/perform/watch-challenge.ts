import type {RunFact, Verdict} from '../../checks/model.js';
import type {Step} from '../../workshop/model.js';
import type {Engine, LabFolder} from '../ports.js';
import {judgeStep} from './judge-step.js';

/** Milliseconds until a server that may still be starting, or an engine that has not answered, is asked again. */
const patience: Record<string, number> = {waiting: 250, 'engine-gone': 2000};

/**
 * Judges a challenge now, and again by itself whenever something changes on the engine, until the signal is aborted.
 * Nothing is polled but what can't be told yet: while a server starts, and while the engine is gone.
 */
export const watchChallenge = (
	step: Step,
	{
		engine,
		lab,
		lastRun,
		onVerdict,
		signal,
	}: {
		engine: Engine;
		lab: LabFolder;
		/** The latest run of this step in this program: a refused one leaves no other trace. */
		lastRun: () => RunFact | null;
		onVerdict: (verdict: Verdict) => void;
		signal: AbortSignal;
	},
): {judgeAgain(): void} => {
	let judging = false;
	let again = false;
	let timer: NodeJS.Timeout | undefined;
	const judge = async (): Promise<void> => {
		clearTimeout(timer);
		if (judging) {
			again = true;
			return;
		}
		judging = true;
		let pause: number | undefined;
		do {
			again = false;
			const verdict = await judgeStep(step, {engine, lab, run: lastRun()});
			if (signal.aborted) return;
			onVerdict(verdict);
			pause = verdict.verdict === 'unknown' ? patience[verdict.finding] : undefined;
		} while (again);
		judging = false;
		if (pause !== undefined) timer = setTimeout(judge, pause);
	};
	engine.changes(judge, signal);
	signal.addEventListener('abort', () => clearTimeout(timer), {once: true});
	void judge();
	return {judgeAgain: () => void judge()};
};
