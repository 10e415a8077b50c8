import {createLiveBackend} from '../app/live-backend.js';
import {loadFromPack} from '../app/load-from-pack.js';
import {openPackedWorkshop} from '../app/open-packed-workshop.js';
import type {OpenWorkshop} from '../app/open-workshop.js';
import {printJson, printLine, printMessage} from '../app/output.js';
import {onEndSignal} from '../app/process.js';
import {confirmRemoteEngine, createTerminalPrompt} from '../app/prompt.js';
import {createRecorder, selectStepsToRecord} from '../app/recorder.js';
import {rehearse, type StepReport} from '../app/rehearse.js';
import {requireReplayBackend} from '../app/replay-backend.js';
import {assertReportWritable, describeReportFile, writeReport} from '../app/report-file.js';
import {createRunContext} from '../app/run-context.js';
import type {Verdict} from '../checks/model.js';
import {parseDockerCommand} from '../docker/command.js';
import {normalizeImageName} from '../docker/image-ref.js';
import {messages} from '../messages/index.js';
import {readDockerfilePlan} from '../session/plan/dockerfile-plan.js';
import {planArgv} from '../session/plan/run-plan.js';
import type {Engine, EngineIdentity, LabFolder, Outcome, Runner, RunRequest} from '../session/ports.js';
import {selectCause} from '../session/select-builds.js';
import {createInitialState} from '../session/state.js';
import {refreshPlan} from '../session/step-runner.js';
import {createStore} from '../session/store.js';
import {nameBuilder} from '../stages/model.js';
import {UserError} from '../text/user-error.js';
import {describeError, didYouMean} from '../text/wording.js';
import type {Step, Workshop} from '../workshop/model.js';
import {includeNeeds} from '../workshop/steps.js';
import type {Command, Options} from './flags.js';
import {obtainTrust} from './trust.js';

/** `run`: rehearses chapters without a screen: runs and judges each step, and the steps that they need. */
export const run: Command = async (chapterIds, options) => {
	const open = await openPackedWorkshop(options.workshop, options);
	const steps = selectSteps(open.workshop, chapterIds);
	if (options.report !== null) await assertReportWritable(options.report);
	// A recording runs nothing.
	const demandConsent = options.replay ? () => {} : await obtainTrust(open, options);
	const live = options.replay ? null : createLiveBackend(open, {needsDocker: options.record});
	const backend = live ?? requireReplayBackend(open, Number.POSITIVE_INFINITY);
	const abort = new AbortController();
	onEndSignal(exitCode => {
		// A second signal kills what runs.
		if (abort.signal.aborted) live?.killAll();
		abort.abort(exitCode);
	});
	const identity = await backend.engine.identity();
	await confirmRemoteEngine(identity);
	if (live && options.pack !== null) {
		const stopped = await loadFromPack(options.pack, open, {signal: abort.signal, before: 'steps'});
		if (stopped !== null) return stopped;
	}
	const recorder = options.record ? await createRecorder(open, backend, identity) : null;
	const runner = recorder?.runner ?? backend.runner;
	const runContext = createRunContext(open, backend, {
		runner:
			!options.network && live ? withoutNetwork(runner, {engine: backend.engine, lab: open.lab}) : runner,
		demandConsent,
		ask: createTerminalPrompt(options.yes),
		signal: abort.signal,
	});
	const wanted =
		recorder && options.builder
			? selectStepsToRecord(steps, {open, identity, builder: options.builder})
			: steps;
	if (recorder && options.builder && wanted.length === 0)
		printMessage(messages.commands.run.nothingToRecord(nameBuilder(options.builder)));
	const followed = options.report === null ? null : followRehearsal(open, identity, options);
	const reports = await rehearse(wanted, open, runContext, {
		builder: options.builder ?? 'buildkit',
		async onReport(report) {
			await recorder?.keep(report);
			followed?.add(report);
			if (!options.json) printLine(formatReport(report));
		},
	});
	if (options.report !== null) {
		await followed?.write(options.report);
		printMessage(describeReportFile(options.report));
	}
	return finishRun(reports, open, identity, {json: options.json, signal: abort.signal});
};

/**
 * The steps of the named chapters, preceded by those that they need; without names, all steps. Optional steps are
 * included only if named themselves.
 */
const selectSteps = ({chapters}: Workshop, names: string[]): Step[] => {
	const all = chapters.flatMap(({steps}) => steps);
	const extras = all.filter(({optional}) => optional);
	const known = [...chapters, ...extras].map(({id}) => id);
	const unknownId = names.find(name => !known.includes(name));
	if (unknownId !== undefined) {
		const {unknownChapter, nameWorkshop} = messages.commands.run;
		throw new UserError(unknownChapter(unknownId, known) + didYouMean(unknownId, known), {
			next: /[\\/]/.test(unknownId) ? nameWorkshop(unknownId) : null,
			exitCode: 2,
		});
	}
	const isNamed = ({id, chapterId, optional}: Step) => names.includes(optional ? id : chapterId);
	if (names.length === 0) return all.filter(({optional}) => !optional);
	return includeNeeds(all, all.filter(isNamed));
};

const finishRun = (
	reports: StepReport[],
	{workshop}: OpenWorkshop,
	{version, endpoint, store}: EngineIdentity,
	{json, signal}: {json: boolean; signal: AbortSignal},
): number => {
	const words = reports.map(({verdict}) => verdict.verdict);
	const passed = words.every(word => word === 'passed') && !signal.aborted;
	if (json) {
		printJson({
			workshop: workshop.id,
			engine: {version, endpoint, store},
			chapters: workshop.chapters
				.map(({id}) => ({id, steps: reports.filter(({step}) => step.chapterId === id).map(toJsonReport)}))
				.filter(({steps}) => steps.length > 0),
			passed,
		});
	} else {
		const {allPassed, notAllPassed} = messages.commands.run;
		printLine(passed ? allPassed(reports.length) : notAllPassed);
	}
	if (signal.aborted) return Number(signal.reason);
	if (words.includes('failed')) return 1;
	return passed ? 0 : 3;
};

const toJsonReport = ({step, performed, verdict}: StepReport) => {
	const view = performed?.view ?? null;
	const outcome = view?.outcome ?? null;
	return {
		id: step.id,
		kind: step.kind,
		command: view?.commandLine || step.command,
		builder: view?.build?.builder ?? view?.builder ?? null,
		exitCode: outcome?.ended === 'exited' ? outcome.exitCode : null,
		seconds: outcome?.seconds ?? null,
		verdict: verdict.verdict,
		reason: verdict.reason,
		stages: view?.build?.stages.map(({name, status, seconds}) => ({name, status, seconds})) ?? [],
	};
};

const formatReport = ({step, performed, verdict}: StepReport): string => {
	const seconds = performed?.view.outcome?.seconds;
	const word = verdict.verdict.padEnd(7);
	const {step: describeStep, timedStep} = messages.commands.run;
	const line =
		seconds === undefined
			? describeStep(word, step.id, verdict.reason)
			: timedStep(word, step.id, seconds.toFixed(1), verdict.reason);
	const cause = performed && selectCause(performed.view);
	const advice =
		verdict.verdict === 'passed' ? [] : [cause, verdict.next && messages.commands.next(verdict.next)];
	return [line, ...advice].filter(Boolean).join(' ');
};

/** Builds the state that a session would have after a rehearsal, for the report. */
export const followRehearsal = (
	{workshop, lab}: OpenWorkshop,
	identity: EngineIdentity,
	{shell, builder}: Pick<Options, 'shell' | 'builder'>,
) => {
	const store = createStore(
		createInitialState(workshop, {dialect: shell, labFolder: lab.path, builder: builder ?? 'buildkit'}),
	);
	const verdicts: Record<string, Verdict> = {};
	store.dispatch({action: 'see-engine', engine: {status: 'ready', identity}});
	return {
		add({step: {id: stepId}, performed, verdict}: StepReport) {
			verdicts[stepId] = verdict;
			store.dispatch({action: 'show-step', stepId});
			if (performed) {
				refreshPlan(store, lab);
				store.dispatch({action: 'show-run', view: {...performed.view, phase: 'over'}});
				store.dispatch({action: 'end-run', stepId, captured: performed.captured, isJudged: true});
			}
			store.dispatch({action: 'judge-step', stepId, verdict, at: new Date().toISOString()});
		},
		write: (file: string) => writeReport(file, store.getState(), verdicts),
	};
};

/** Commands that contact a registry directly. */
const registryVerbs = ['pull', 'push', 'search', 'login'];

/**
 * Runs commands as on a machine without network: builds have none, and commands that contact a registry are not
 * started. Base images must be on the engine, as it would pull them itself.
 */
export const withoutNetwork = (
	runner: Runner,
	{engine, lab}: {engine: Pick<Engine, 'images'>; lab: Pick<LabFolder, 'read' | 'readShipped'>},
): Runner => ({
	...runner,
	start(request, onEvent, signal) {
		const end = (outcome: Outcome, printed = '') => {
			onEvent({type: 'started'});
			const bytes = new TextEncoder().encode(printed);
			if (printed !== '') onEvent({type: 'output', stream: 'stderr', bytes, at: Date.now()});
			onEvent({type: 'ended', outcome});
		};
		const refuse = (message: string) => end({ended: 'could-not-start', message, seconds: 0});
		const docker = parseDockerCommand(request.argv);
		// Fails like docker without network, so that the step is judged by the engine's state.
		if (docker && registryVerbs.includes(docker.verb))
			return end(
				{ended: 'exited', exitCode: 1, seconds: 0},
				`${messages.commands.run.registryCommand(docker.verb)}\n`,
			);
		if (request.builder === null || !docker) return runner.start(request, onEvent, signal);
		const argv = [...request.argv.slice(0, docker.argsAt), '--network=none', ...docker.args];
		void findMissing(request, engine, lab).then(
			missing =>
				missing === null
					? runner.start({...request, argv}, onEvent, signal)
					: refuse(messages.commands.run.baseImageMissing(missing)),
			error => refuse(describeError(error)),
		);
	},
});

/** A base image that a build needs and the engine lacks; null if none. */
const findMissing = async (
	{argv, builder, env}: RunRequest,
	engine: Pick<Engine, 'images'>,
	lab: Pick<LabFolder, 'read' | 'readShipped'>,
): Promise<string | null> => {
	const {build} = planArgv(argv, builder ?? 'buildkit', {version: '', buildx: null});
	if (!build) return null;
	const {names} = await engine.images();
	const {stages} = readDockerfilePlan(build, lab, {environment: env}).graph;
	const images = stages.flatMap(({image}) => (image === null || image === 'scratch' ? [] : [image]));
	return images.find(image => !names[normalizeImageName(image)]) ?? null;
};
