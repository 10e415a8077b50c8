import type {Backend, RunContext} from '../session/run-context.js';
import {createTerminalHandover} from '../session/terminal-handover.js';
import {inheritedEnvironment} from '../system/processes.js';
import type {OpenWorkshop} from './open-workshop.js';

type RunOptions = Pick<RunContext, 'demandConsent' | 'ask' | 'signal'> &
	Partial<Pick<RunContext, 'runner' | 'onView' | 'captured'>>;

/** Creates the context for running steps without a screen. */
export const createRunContext = (
	{workshop, lab}: OpenWorkshop,
	backend: Backend,
	options: RunOptions,
): RunContext => ({
	...backend,
	workshop,
	lab,
	environment: inheritedEnvironment(),
	captured: {},
	handover: createTerminalHandover(),
	onView() {},
	...options,
});
