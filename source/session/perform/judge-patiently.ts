import {setTimeout as pause} from 'node:timers/promises';
import type {Verdict} from '../../checks/model.js';
import type {Step} from '../../workshop/model.js';
import type {Conduct, Performed} from '../conduct.js';
import {judgeStep} from './judge-step.js';

/** Judges until there is nothing to wait for: the judge itself gives a server five seconds from its start. */
export const judgePatiently = async (
	step: Step,
	performed: Performed,
	conduct: Conduct,
): Promise<Verdict> => {
	let {verdict} = performed;
	while (verdict.finding === 'waiting' && !conduct.signal.aborted) {
		await pause(100);
		verdict = await judgeStep(step, {...conduct, run: performed.run});
	}
	return verdict;
};
