import type {RunFact, Verdict} from '../../checks/model.js';
import type {Step} from '../../workshop/model.js';
import type {Engine, LabFolder} from '../ports.js';
import {judgeStep} from './judge-step.js';

/** Milliseconds until a server that may still be starting is asked again. */
const patience = 250;

/**
 * Judges a challenge now, and again by itself whenever something changes on the engine, until the signal is aborted.
 * Nothing is polled but a verdict that waits for a server to start.
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
		do {
			again = false;
			const verdict = await judgeStep(step, {engine, lab, run: lastRun()});
			if (signal.aborted) return;
			onVerdict(verdict);
			if (verdict.finding === 'waiting') timer = setTimeout(judge, patience);
		} while (again);
		judging = false;
	};
	engine.changes(judge, signal);
	signal.addEventListener('abort', () => clearTimeout(timer), {once: true});
	void judge();
	return {judgeAgain: () => void judge()};
};
