import type {Verdict} from '../checks/model.js';
import {initialState} from '../session/initial-state.js';
import {seePlan} from '../session/perform/see-plan.js';
import type {EngineIdentity} from '../session/ports.js';
import {createStore} from '../session/store.js';
import type {OpenWorkshop} from './open-workshop.js';
import type {Options} from './options.js';
import type {StepReport} from './rehearse.js';
import {writeReport} from './report-file.js';

/** Follows a rehearsal as a session would, for the report that a learner would get. */
export const followRehearsal = (
	{workshop, lab}: OpenWorkshop,
	identity: EngineIdentity,
	{shell, builder}: Pick<Options, 'shell' | 'builder'>,
): {add(report: StepReport): void; write(file: string): Promise<void>} => {
	const store = createStore(
		initialState(workshop, {dialect: shell, labFolder: lab.path, builder: builder ?? 'buildkit'}),
	);
	const verdicts: Record<string, Verdict> = {};
	store.dispatch({action: 'see-engine', engine: {status: 'ready', identity}});
	return {
		add({step: {id: stepId}, performed, verdict}) {
			verdicts[stepId] = verdict;
			store.dispatch({action: 'show-step', stepId});
			if (performed) {
				seePlan(store, lab);
				store.dispatch({action: 'show-run', view: {...performed.view, phase: 'over'}});
				store.dispatch({action: 'end-run', stepId, captured: performed.captured});
			}
			store.dispatch({action: 'judge-step', stepId, verdict, at: new Date().toISOString()});
		},
		write: file => writeReport(file, store.getState(), verdicts),
	};
};
