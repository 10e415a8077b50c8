import {livingIds} from '../ownership/is-ours.js';
import type {Conduct} from '../session/conduct.js';
import type {Step} from '../workshop/model.js';

/** Removes the containers with which our own earlier runs answered a challenge. */
export const removeAnswers = async (step: Step, {engine, ledger, cleaner}: Conduct): Promise<void> => {
	const {id} = await engine.identity();
	const entries = ledger.entries(id);
	const living = new Set(livingIds(entries, 'container'));
	for (const entry of entries) {
		if (entry.kind === 'container' && entry.stepId === step.id && living.has(entry.id)) {
			await cleaner.removeContainer(entry.id);
		}
	}
};
