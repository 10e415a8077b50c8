import process from 'node:process';
import {explainEnvironment} from '../../checks/explain-environment.js';
import {explainLine} from '../../checks/explain-line.js';
import {readDocker} from '../../docker/command.js';
import type {Step} from '../../workshop/model.js';
import type {Conduct, Tried} from '../conduct.js';
import {compareImages} from '../select/compare-images.js';
import type {RunView, SessionState} from '../state.js';
import {judgeLine, judgeState} from '../typed/judge-line.js';
import {leavesEngine} from '../typed/leaves-engine.js';
import {planLine} from '../typed/plan-line.js';
import {readRedirected} from '../typed/read-redirected.js';
import {shellArgv} from '../typed/shell-argv.js';
import {captureValues} from './capture-values.js';
import {performCommand} from './perform-command.js';
import {performReading} from './perform-reading.js';

/**
 * Runs a line of the learner's own in the learner's shell, or reads it where nothing can run, and judges the shown step
 * by it when it does what the step asks for. Rejects with a `UserError` when the learner keeps a name that the line would take.
 */
export const performLine = async (
	step: Step,
	line: string,
	state: SessionState,
	conduct: Conduct,
): Promise<Tried> => {
	const {lab, engine, environment, replay} = conduct;
	if (replay) return performReading(step, line, state, replay, conduct);
	lab.ensure();
	const identity = await engine.identity();
	const folder = state.shell.folder ?? lab.path;
	const builder = state.shell.builder ?? step.builder ?? state.builder;
	const {dialect} = state;
	const plan = planLine(line, {
		dialect,
		builder,
		cli: identity.cli,
		folder,
		labFolder: lab.path,
		environment,
	});
	const {argv, exact} = shellArgv(line, dialect, {platform: process.platform, environment});
	const heldBefore = await judgeState(step, conduct);
	const {view, run} = await performCommand(
		{
			step,
			plan: {argv, docker: null, build: plan.build, container: null, makes: plan.makes},
			commandLine: line,
			typed: {
				folder,
				builder,
				exact,
				needsTerminal: plan.needsTerminal,
				redirected: readRedirected(plan, lab),
			},
			identity,
		},
		conduct,
	);
	conduct.onView({...view, phase: 'judging'});
	const {verdict, notice} =
		view.outcome?.ended === 'exited'
			? await judgeLine(step, {state, plan, run, heldBefore}, conduct)
			: {verdict: null, notice: null};
	const isPassed = verdict?.verdict === 'passed';
	const isDockerRun = plan.read.commands.some(({words}) => readDocker(words)?.verb === 'run');
	// The panes of a build say themselves why it failed.
	const obstacle = explainEnvironment(run, environment);
	const cause = obstacle
		? `${obstacle.reason} Next: ${obstacle.next}.`
		: plan.build
			? null
			: explainLine(run, {isDockerRun, address: identity.address, environment});
	const over: RunView = {
		...view,
		phase: 'over',
		verdict,
		comparison: isPassed ? await compareImages(step.compare, engine, step.id) : null,
	};
	conduct.onView(over);
	return {
		view: over,
		verdict,
		captured: isPassed ? captureValues(step, run.stdout) : {},
		run,
		notice: leavesEngine(plan.read) ?? notice ?? cause,
	};
};
