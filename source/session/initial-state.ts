import {UserError} from '../text/user-error.js';
import type {Dialect, Workshop} from '../workshop/model.js';
import type {SessionState} from './state.js';

/** The state before anything is known: no engine, no progress. */
export const initialState = (
	workshop: Workshop,
	{dialect, labFolder, builder}: Pick<SessionState, 'labFolder' | 'builder'> & {dialect: Dialect},
): SessionState => {
	const first = workshop.chapters[0]?.steps[0];
	if (!first) throw new UserError(`The workshop ${workshop.id} has no steps.`);
	return {
		workshop,
		dialect,
		labFolder,
		screen: 'welcome',
		overlay: null,
		commandLine: null,
		files: [],
		file: null,
		history: [],
		shell: {folder: null, variables: {}, builder: null},
		question: null,
		stepId: first.id,
		builder,
		replay: null,
		engine: {status: 'connecting'},
		findings: [],
		plans: {},
		runs: {},
		timelines: {},
		predictions: {},
		runningStepId: null,
		passed: {},
		passes: {},
		hints: {},
		hintsFor: {},
		captured: {},
		challenges: {},
		tried: {},
		notice: null,
		isGoodNews: false,
		readOnly: false,
		authoring: null,
		ending: null,
	};
};
