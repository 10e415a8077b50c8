import path from 'node:path';
import * as v from 'valibot';
import {type OwnRun, startOwnCommand} from '../runner/own-runner.js';
import {copyLog} from '../session/features/export.js';
import {followRun} from '../session/follow-run.js';
import type {BuildPlan} from '../session/plan/build-plan.js';
import {readDockerfilePlan} from '../session/plan/dockerfile-plan.js';
import {quoteWord} from '../session/plan/run-plan.js';
import type {EngineIdentity, LineLogs, Runner} from '../session/ports.js';
import type {OpenSession, Session} from '../session/session.js';
import {createInitialState, createRunView, type RunView} from '../session/state.js';
import {createStore} from '../session/store.js';
import {readTextFile, tryRead} from '../storage/files.js';
import {defaultDialect} from '../workshop/dialect.js';
import type {Step, Workshop} from '../workshop/model.js';
import {stepSchema} from '../workshop/schema.js';

/** A build of the user's own. `argv`: its command line; `cwd`: where it runs; `env`: with which variables. */
export type OwnBuild = {argv: string[]; plan: BuildPlan; cwd: string; env: Record<string, string>};

/** A build that has ended. `isCancelled`: docker was asked to end it. */
type EndedBuild = {run: RunView; isCancelled: boolean};

/** A session that ends when docker has ended. */
export type BuildSession = {
	session: Session & Pick<OpenSession, 'shutDown'>;
	/** Starts the build with these variables. Resolves once docker has ended. */
	run(environment: Record<string, string>): Promise<EndedBuild>;
	/** Shows which engine it is. */
	seeEngine(identity: EngineIdentity): void;
	/** Closes the screen and leaves these lines behind. */
	close(summary: string[]): void;
};

/** Milliseconds between asking docker to end and ending it by force, if the program has to end. */
const killDelayMs = 3000;

/** Creates the session of a build. `lines`: keeps what it prints. `stopProgram`: suspends the program (`ctrl-z`). */
export const createBuildSession = (
	{argv, plan, cwd, env}: OwnBuild,
	{lines, stopProgram}: {lines: LineLogs; stopProgram(): void},
): BuildSession => {
	const commandLine = argv.map(quoteWord).join(' ');
	const step = createStep(commandLine);
	const store = createStore({
		...createInitialState(createWorkshop(step), {
			dialect: defaultDialect(process.platform),
			labFolder: cwd,
			builder: plan.builder,
		}),
		screen: 'build',
		stepId: step.id,
	});
	const {dispatch} = store;
	const place = {
		read: (file: string) => tryRead(() => readTextFile(path.resolve(cwd, file))),
		readShipped: () => null,
	};
	const dockerfilePlan = readDockerfilePlan(plan, place, {environment: env});
	dispatch({action: 'see-plan', stepId: step.id, plan: dockerfilePlan});
	let running: OwnRun | null = null;
	let isCancelled = false;
	let endRun = () => {};
	const over = new Promise<void>(resolve => {
		endRun = resolve;
	});
	const runner: Pick<Runner, 'start'> = {
		start(request, onEvent) {
			running = startOwnCommand(request, onEvent);
		},
	};
	/** What ctrl-c does: asks docker to end; the second time, ends it by force. */
	const interrupt = (): void => {
		isCancelled = true;
		dispatch({action: 'mark-cancelling', stepId: step.id});
		running?.interrupt();
	};
	return {
		session: {
			getState: store.getState,
			subscribe: store.subscribe,
			lines,
			send(intent) {
				if (intent.intent === 'cancel' || intent.intent === 'quit') interrupt();
				else if (intent.intent === 'stop-program') stopProgram();
				else if (intent.intent === 'copy-log') void copyLog(store, lines, intent.stage);
				else if (intent.intent === 'open-overlay')
					dispatch({action: 'set', values: {overlay: intent.overlay}});
				else if (intent.intent === 'close-overlay') dispatch({action: 'set', values: {overlay: null}});
			},
			async shutDown() {
				interrupt();
				const force = setTimeout(interrupt, killDelayMs);
				await over;
				clearTimeout(force);
			},
		},
		seeEngine: identity => dispatch({action: 'see-engine', engine: {status: 'ready', identity}}),
		async run(environment) {
			const view: RunView = {...createRunView(step, commandLine), builder: plan.builder, source: plan};
			dispatch({action: 'begin-run', stepId: step.id});
			dispatch({action: 'show-run', view});
			const {outcome, build, output} = await followRun(
				{
					...{runId: view.runId, stepId: null, argv, cwd, env: environment},
					...{builder: plan.builder, format: plan.format},
				},
				{
					runner: {...runner, kill() {}},
					graph: dockerfilePlan.graph,
					lines: lines.open(view.runId),
					isMixed: plan.format === 'plain' && plan.definition?.tool === 'compose',
					onSnapshot: snapshot => dispatch({action: 'show-run', view: {...view, ...snapshot}}),
					signal: new AbortController().signal,
				},
			);
			const ended: RunView = {...view, build, output, outcome, phase: 'over'};
			dispatch({action: 'show-run', view: ended});
			endRun();
			return {run: ended, isCancelled};
		},
		close: summary => dispatch({action: 'set', values: {ending: {summary}}}),
	};
};

const nothing = {type: 'root' as const, children: []};

const createStep = (commandLine: string): Step => ({
	...v.parse(stepSchema, {id: 'build', kind: 'run'}),
	...{chapterId: 'build', title: commandLine, body: nothing, command: commandLine},
	...{patches: [], question: null, blanked: null, hints: [], fittingHints: []},
	...{solution: null, afterwards: null, file: '', line: 0},
});

const createWorkshop = (step: Step): Workshop => ({
	...{id: 'build', title: step.title, minutes: 1, images: [], contexts: [], introduction: nothing},
	chapters: [{id: step.chapterId, title: step.title, file: '', steps: [step]}],
});
