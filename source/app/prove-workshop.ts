import path from 'node:path';
import {parseArgsStringToArgv} from 'string-argv';
import type {Verdict} from '../checks/model.js';
import {parseDockerCommand} from '../docker/command.js';
import {messages} from '../messages/index.js';
import type {LedgerEntry} from '../ownership/ledger.js';
import {judgeUntilSettled} from '../session/judge-step.js';
import type {RunContext} from '../session/run-context.js';
import {beginStep, proveChallenge, runSolution} from '../session/run-step.js';
import type {RunView} from '../session/state.js';
import type {Builder} from '../stages/model.js';
import type {LabFolderOnDisk} from '../storage/lab-folder.js';
import {stateFolder} from '../storage/state-folder.js';
import {readWorkshopFile, readWorkshopFiles} from '../storage/workshop-files.js';
import {UserError} from '../text/user-error.js';
import type {Overlay, Step} from '../workshop/model.js';
import type {StepSource} from '../workshop/parse-chapter.js';
import {parseWorkshop} from '../workshop/parse-workshop.js';
import type {Locate} from '../workshop/parse-yaml.js';
import type {Problem} from '../workshop/problems.js';
import {includeNeeds, isChallenge} from '../workshop/steps.js';
import {readAnswers} from './answers.js';
import {createLiveBackend} from './live-backend.js';
import type {OpenWorkshop} from './open-workshop.js';
import {createTerminalPrompt} from './prompt.js';
import {inFreshLab, rehearse} from './rehearse.js';
import {createRunContext} from './run-context.js';

/** How challenges are proven or judged on an engine. */
type EngineOptions = Pick<ProofContext, 'builder' | 'say'> & Pick<RunContext, 'demandConsent' | 'signal'>;

/**
 * Proves every challenge of a valid workshop on the engine, with its own lab folders and its own ledger: removes all
 * that it creates, and leaves the author's objects alone. Rejects with a `UserError` without an engine.
 */
export const lintOnEngine = async (open: OpenWorkshop, options: EngineOptions): Promise<Problem[]> =>
	withOwnObjects(open, {...options, name: 'lint'}, async proving => {
		const {sources} = parseWorkshop(readWorkshopFiles(open.folder)).draft;
		const places = new Map([...sources].map(([step, source]) => [step.id, source]));
		const steps = open.workshop.chapters.flatMap(chapter => chapter.steps);
		const challenges = steps.filter(isChallenge);
		const {problems, start} = await prepareChallenges(challenges, proving);
		if (!start) return problems;
		const {cli} = await proving.runContext.engine.identity();
		for (const step of challenges) {
			const source = places.get(step.id);
			if (cli.buildx === null && needsBuildx(step)) options.say(messages.app.proof.needsBuildx(step.id));
			else if (source && !options.signal.aborted)
				problems.push(...(await proveAnswers(step, source, {...proving, start})));
		}
		return problems;
	});

/** Whether a challenge is judged by commands of buildx, which the docker of version 20 comes without. */
const needsBuildx = ({judge}: Step): boolean =>
	judge.some(({run}) => parseDockerCommand(parseArgsStringToArgv(run))?.isBuildx);

/**
 * Runs an action with a lab folder and a ledger of its own, and removes from the engine what it created. `name`: of the
 * folder in the state folder, which is the same each time, so that what an interrupted run left is removed by the next.
 */
export const withOwnObjects = async <Result>(
	open: OpenWorkshop,
	{name, builder, say, demandConsent, signal}: EngineOptions & {name: string},
	action: (proving: Omit<ProofContext, 'start'>) => Promise<Result>,
): Promise<Result> =>
	inFreshLab(open, async lab => {
		const apart: OpenWorkshop = {...open, lab};
		const keeping = {state: path.join(stateFolder(), name), owner: null, needsDocker: true};
		const backend = createLiveBackend(apart, keeping);
		const {id} = await backend.engine.identity();
		// Remove what an earlier, interrupted run left.
		await backend.cleaner.clean();
		const count = backend.ledger.entries(id).length;
		lab.ensure();
		try {
			const runContext = createRunContext(apart, backend, {
				demandConsent,
				// A taken name is given back at the end.
				ask: createTerminalPrompt(true),
				signal,
			});
			return await action({open: apart, runContext, builder, say});
		} finally {
			await backend.cleaner.cleanSince(count);
			await backend.cleaner.clean();
		}
	});

/** Runs the steps that challenges need, once each. `start`: null if one does not pass, which `problems` then names. */
export const prepareChallenges = async (
	challenges: Step[],
	{open, runContext, builder, say}: Omit<ProofContext, 'start'>,
): Promise<{problems: Problem[]; start: StartState | null}> => {
	const steps = open.workshop.chapters.flatMap(chapter => chapter.steps);
	const needed = includeNeeds(steps, challenges).filter(step => !isChallenge(step));
	let captured: Record<string, string> = {};
	const makeStart = async (): Promise<Problem[]> => {
		const reports = await rehearse(needed, open, runContext, {
			builder,
			async onReport({step, verdict}) {
				say(messages.app.proof.neededStep(step.id, verdict.verdict));
			},
		});
		captured = Object.assign({}, ...reports.map(({performed}) => performed?.captured));
		return reports.flatMap(({step: {file, line}, verdict: {verdict, reason}}) =>
			verdict === 'passed'
				? []
				: [{file, line, column: 1, message: messages.app.proof.neededStepFails(reason)}],
		);
	};
	const problems = await makeStart();
	if (problems.length > 0) return {problems, start: null};
	const remake = async () => (await makeStart())[0]?.message ?? null;
	return {
		problems,
		start: await createStartState(open, runContext, {makeAgain: remake, captured: () => captured}),
	};
};

/** The context for proving a challenge. */
export type ProofContext = {
	open: OpenWorkshop;
	runContext: RunContext;
	builder: Builder;
	start: StartState;
	/** Called with one sentence for each state that was judged. */
	say(sentence: string): void;
};

/**
 * Proves one challenge on the engine: its start state fails, its solution passes, and every attempt gets its finding.
 * Returns the problems, with their positions. Rejects with a `UserError` if the engine can't be used.
 */
const proveAnswers = async (step: Step, source: StepSource, proving: ProofContext): Promise<Problem[]> => {
	const problems: Problem[] = [];
	const {builder, runContext} = proving;
	const start = await proving.start.tryOut(async lab => {
		const apart: RunContext = {...runContext, captured: proving.start.captured(), lab};
		await beginStep(step, {builder}, apart);
		const {verdict} = await proveChallenge(step, {builder}, apart);
		return assertEngineAnswered(verdict);
	});
	proving.say(messages.app.proof.startGets(step.id, start.finding));
	if (start.verdict === 'passed') {
		const place = source.locate(step.judge.length > 0 ? 'judge' : 'checks');
		problems.push({file: step.file, ...place, message: messages.workshop.check.startPasses});
	}
	for (const {overlay, locate} of readAnswers(step.id, proving.open.folder)) {
		if (runContext.signal.aborted) break;
		const {verdict, views} = await judgeAnswer(step, overlay, proving);
		proving.say(messages.app.proof.answerGets(overlay.overlay, verdict.finding));
		if (verdict.finding === overlay.finding) continue;
		const message = messages.app.proof.getsOther(verdict.finding, overlay.finding, verdict.reason);
		problems.push({...locateMistake(overlay, {locate, views}, proving.open.folder), message});
	}
	return problems;
};

/**
 * Judges one answer. `prepare`: returns the lab folder whose `applyOverlay` puts the files of the answer in place.
 * Rejects with a `UserError` if the engine is gone.
 */
export const judgeAnswer = async (
	step: Step,
	overlay: Pick<Overlay, 'overlay' | 'commands'>,
	{runContext, builder, start}: ProofContext,
	prepare: (lab: LabFolderOnDisk) => LabFolderOnDisk = lab => lab,
) => {
	const views = new Map<string, RunView>();
	return start.tryOut(async fresh => {
		await beginStep(step, {builder}, {...runContext, lab: fresh});
		const lab = prepare(fresh);
		const apart: RunContext = {
			...runContext,
			captured: start.captured(),
			lab,
			onView: view => void views.set(view.runId, view),
		};
		const performed = await runSolution(step, overlay, {builder}, apart);
		const verdict = await judgeUntilSettled(step, performed, apart);
		return {
			verdict: runContext.signal.aborted ? verdict : assertEngineAnswered(verdict),
			views: [...views.values()],
		};
	});
};

/** Throws a `UserError` if the engine is gone: that proves nothing about a workshop. */
const assertEngineAnswered = (verdict: Verdict): Verdict => {
	if (verdict.verdict === 'unknown') throw new UserError(verdict.reason, {next: verdict.next});
	return verdict;
};

/** The position of a mistake in an answer: the Dockerfile line or the command that failed, or else its `finding`. */
const locateMistake = (
	{overlay, commands}: Overlay,
	{locate, views}: {locate: Locate; views: RunView[]},
	folder: string,
): Omit<Problem, 'message'> => {
	const failed = views.findIndex(({outcome}) => outcome?.ended !== 'exited' || outcome.exitCode !== 0);
	const line = views[failed]?.build?.failure?.line ?? null;
	const dockerfile = views[failed]?.source?.dockerfile ?? null;
	if (line !== null && dockerfile !== null) {
		const file = `${overlay}/${dockerfile}`;
		if (readWorkshopFile(folder, file) !== null) return {file, line, column: 1};
	}
	const isOwn = failed >= 0 && failed < commands.length;
	return {file: `${overlay}/run.yaml`, ...(isOwn ? locate('commands', failed) : locate('finding'))};
};

/** The engine and the lab folder after the steps that challenges need. */
type StartState = Awaited<ReturnType<typeof createStartState>>;

/**
 * `makeAgain`: runs the needed steps from the beginning; resolves with the reason if one doesn't pass, else with null.
 * `captured`: returns the values that these steps captured the last time.
 */
const createStartState = async (
	open: OpenWorkshop,
	{engine, ledger, cleaner, signal}: Pick<RunContext, 'engine' | 'ledger' | 'cleaner' | 'signal'>,
	{makeAgain, captured}: {makeAgain: () => Promise<string | null>; captured: () => Record<string, string>},
) => {
	const {id} = await engine.identity();
	const entries = () => ledger.entries(id);
	const look = () => describeOwned(entries(), engine);
	let start = await look();
	const restore = async (): Promise<void> => {
		if ((await look()) === start) return;
		await cleaner.clean();
		const trouble = await makeAgain();
		if (trouble !== null && !signal.aborted) throw new UserError(messages.app.proof.startLost(trouble));
		start = await look();
	};
	return {
		captured,
		/**
		 * Tries an answer in a copy of the lab folder, removes what it created, and restores what it removed or changed.
		 * Rejects with a `UserError` if the engine can't be used, or the state can't be restored.
		 */
		async tryOut<Result>(action: (lab: LabFolderOnDisk) => Promise<Result>): Promise<Result> {
			const count = entries().length;
			const result = await inFreshLab(open, action, open.lab.path);
			// After an abort or a failure, `lintOnEngine` removes everything at once.
			if (signal.aborted) return result;
			await cleaner.cleanSince(count);
			await restore();
			return result;
		},
	};
};

/** Describes all objects of ours on the engine. Two equal texts mean that none of them has changed. */
const describeOwned = async (entries: LedgerEntry[], engine: RunContext['engine']): Promise<string> => {
	const [facts, {names}, {volumes, networks}] = await Promise.all([
		engine.facts({probePorts: false, allImages: true, stepId: null}),
		engine.images(),
		engine.things(),
	]);
	const known = (kind: LedgerEntry['kind']) =>
		new Set(entries.flatMap(entry => (entry.kind === kind ? [entry.id] : [])));
	const ours = {container: known('container'), image: known('image'), network: known('network')};
	const given = new Set(entries.flatMap(entry => (entry.kind === 'name' ? [entry.name] : [])));
	const volumeNames = known('volume');
	const lines = [
		...facts.flatMap(fact => {
			if (fact.fact === 'container' && ours.container.has(fact.id)) return [`${fact.id} ${fact.state}`];
			return fact.fact === 'image' && ours.image.has(fact.id) ? [fact.id] : [];
		}),
		...Object.entries(names).flatMap(([name, imageId]) => (given.has(name) ? [`${name} ${imageId}`] : [])),
		...Object.entries(volumes).flatMap(([name, at]) => (volumeNames.has(name) ? [`${name} ${at}`] : [])),
		...Object.entries(networks).flatMap(([name, one]) => (ours.network.has(one) ? [`${name} ${one}`] : [])),
	];
	return lines.sort().join('\n');
};
