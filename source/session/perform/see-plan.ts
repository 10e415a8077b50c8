import type {LabFolder} from '../ports.js';
import {selectRun, selectStep} from '../select/select.js';
import type {Store} from '../store.js';
import {sessionEnvironment} from '../typed/session-environment.js';
import {fillPlaceholders, planRun} from './plan-run.js';
import {readPlan} from './read-plan.js';

/** Reads anew what the shown step would build, if it builds something: the learner may have changed the file. */
export const seePlan = ({getState, dispatch}: Store, lab: Pick<LabFolder, 'read' | 'readShipped'>): void => {
	const state = getState();
	const {id, kind, command, builder} = selectStep(state);
	const line = kind === 'run' && command !== null ? fillPlaceholders(command, state.captured) : null;
	// Which Dockerfile and target are meant depends on the command alone: on the one whose build is shown, if there is one.
	const build =
		selectRun(state)?.source ?? (line === null ? null : planRun(line, builder ?? state.builder, noCli).build);
	if (!build) return;
	const {engine, shell} = state;
	const means = {
		environment: sessionEnvironment({}, shell),
		enginePlatform: engine.status === 'ready' ? engine.identity.platform : undefined,
	};
	dispatch({action: 'see-plan', stepId: id, plan: readPlan(build, lab, means)});
};

const noCli = {version: '', buildx: null};
