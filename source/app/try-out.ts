import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {setTimeout as pause} from 'node:timers/promises';
import {type DockerCommand, parseDockerCommand} from '../docker/command.js';
import {engineUnreachable, imageNotFound, networkFailure} from '../docker/error-patterns.js';
import {normalizeImageName} from '../docker/image-ref.js';
import {createLiveEngine} from '../engine/live-engine.js';
import {messages} from '../messages/index.js';
import {baseImage} from '../review/build-model.js';
import {reviewImage} from '../review/kinds/kind.js';
import type {TryOut} from '../review/round.js';
import {simulateTrial} from '../review/simulate-trial.js';
import {nothingObserved, type Observation, type Trial, type TrialFailure} from '../review/trial.js';
import type {EndedRun} from '../session/follow-run.js';
import {planBuild} from '../session/plan/build-plan.js';
import {parseStageGraph} from '../stages/dockerfile/parse-dockerfile.js';
import type {Build} from '../stages/model.js';
import {acquireLock} from '../storage/process-locks.js';
import {UserError} from '../text/user-error.js';
import {createTrialEngine, type TrialCommands, type TrialEngine} from './trial-engine.js';

/** What tries out on an engine. `close` ends what is under way, and resolves once all that it made is removed. */
export type EngineTryOut = {tryOut: TryOut; version: string; close(): Promise<void>};

/**
 * Tries out on the learner's engine what can be built there; null without a Docker engine on this machine that has the
 * base image, because a review pulls nothing, and while another copy of the program tries out. `state`: the folder for
 * the ledger. First removes what a review that was killed has left.
 */
export const openEngineTryOut = async (
	env: Record<string, string>,
	state: string,
): Promise<EngineTryOut | null> => {
	const engine = createLiveEngine({env, ledgerImageIds: () => [], stepContainerIds: () => []});
	const look = async () => {
		const identity = await engine.identity();
		const isFit = identity.local && identity.cli.podman === undefined;
		if (!isFit || !acquireLock(path.join(state, 'review-engine.lock'))) return null;
		const trialEngine = createReviewEngine({engine, identity, state});
		await trialEngine.removeLeftovers();
		return {trialEngine, names: (await engine.images()).names};
	};
	const found = await Promise.race([look(), pause(patienceMs, null, {ref: false})]).catch(error => {
		if (error instanceof UserError) return null;
		throw error;
	});
	if (found?.names[baseImage] === undefined) return null;
	const {trialEngine, names} = found;
	return {
		tryOut: createEngineTryOut(trialEngine, Object.keys(names)),
		version: trialEngine.identity.version,
		close: trialEngine.close,
	};
};

/** Milliseconds for one command: with the base image there, a build takes seconds. */
const timeoutMs = 120_000;

/** The learner's engine for the trials of reviews. */
export const createReviewEngine = (
	place: Pick<Parameters<typeof createTrialEngine>[0], 'engine' | 'identity' | 'state'>,
): TrialEngine => createTrialEngine({kind: 'review', baseImages: [baseImage], timeoutMs, ...place});

/** Milliseconds: nobody waits longer for an engine that does not answer, as a review does without it. */
const patienceMs = 5000;

/** `taken`: names of images that there are already. A trial that would move one of them is only read. */
const createEngineTryOut =
	(trialEngine: TrialEngine, taken: string[]): TryOut =>
	async trial => {
		const {cli} = trialEngine.identity;
		const commands = trial.commands.map(({argv}) => parseDockerCommand(argv));
		const isOurs = (command: DockerCommand | null): boolean => {
			if (command?.verb !== 'build' || command.namesEngine) return false;
			const {tags} = planBuild(command, {builder: trial.builder, cli});
			const isKnown = command.flags.given.every(({name}) => name === 'tag' || name === 'target');
			return (
				isKnown &&
				tags.every(tag => tag.startsWith(reviewImage('')) && !taken.includes(normalizeImageName(tag)))
			);
		};
		return commands.every(isOurs) ? runTrial(trial, trialEngine) : simulateTrial(trial);
	};

/** Runs a trial in a folder of its own, and has what it makes removed. */
export const runTrial = async (trial: Trial, trialEngine: TrialEngine): Promise<Observation> => {
	try {
		return await trialEngine.use(commands => runCommands(trial, commands));
	} catch (error) {
		if (!(error instanceof UserError)) throw error;
		return {...nothingObserved, unclear: error.message};
	}
};

const runCommands = async (
	{builder, files, commands, look}: Trial,
	engine: TrialCommands,
): Promise<Observation> => {
	let current = files;
	let seen: Observation = nothingObserved;
	writeFiles(engine.folder, files);
	for (const {argv, changes = {}} of commands) {
		current = {...current, ...changes};
		writeFiles(engine.folder, changes);
		const ended = await runBuild(argv, {builder, files: current}, engine);
		if (ended.outcome.ended !== 'exited' || engineUnreachable.test(ended.stderr))
			return {...seen, unclear: messages.stages.causes.named.noEngine()};
		seen = {...seen, ...(ended.build && observeBuild(ended.build)), failure: findFailure(ended)};
		if (seen.failure !== null) break;
	}
	return {...seen, paths: look && (await findPaths(look, engine))};
};

const writeFiles = (folder: string, files: Record<string, string>): void => {
	for (const [name, text] of Object.entries(files)) {
		const file = path.join(folder, name);
		mkdirSync(path.dirname(file), {recursive: true});
		writeFileSync(file, text);
	}
};

const runBuild = (
	argv: string[],
	{builder, files}: Pick<Trial, 'builder' | 'files'>,
	engine: TrialCommands,
): Promise<EndedRun> => {
	const command = parseDockerCommand(argv);
	const plan = command && planBuild(command, {builder, cli: engine.cli});
	const text = files[plan?.dockerfile ?? ''] ?? null;
	const graph = parseStageGraph(text, {target: plan?.target});
	const format = builder === 'legacy' ? 'legacy' : 'plain';
	return engine.run(argv, {builder, format, tags: plan?.tags ?? [], graph});
};

const observeBuild = ({stages}: Build): Pick<Observation, 'stages' | 'firstRun'> => {
	const lines = stages.flatMap(({instructions}) =>
		instructions.flatMap(({text, status, line}) =>
			status === 'done' && line !== null && !/^FROM\b/i.test(text) ? [line] : [],
		),
	);
	return {
		stages: stages.filter(({status}) => status === 'done' || status === 'cached').map(({name}) => name),
		firstRun: lines.length > 0 ? Math.min(...lines) : null,
	};
};

/** By the words of CLIs and builders from 20.10 on, in this order. */
const failures: Array<{failure: TrialFailure; pattern: RegExp}> = [
	{failure: 'no-context', pattern: /unable to prepare context: path/},
	{failure: 'no-dockerfile', pattern: /evaluate symlinks in Dockerfile path|failed to read dockerfile/i},
	{
		failure: 'refused',
		pattern:
			/unknown (?:shorthand )?flag|needs an argument|requires (?:exactly )?1 argument|^(?:ERROR: )?invalid (?:argument|tag)/m,
	},
	{failure: 'no-target', pattern: /target stage .* could not be found|failed to reach build target/},
	{
		failure: 'no-file',
		pattern: /failed to calculate checksum|failed to compute cache key|COPY failed|lstat [^:]*: no such file/,
	},
	{
		failure: 'no-image',
		pattern: new RegExp(`${imageNotFound.source}|${networkFailure.source}`, 'im'),
	},
	{failure: 'no-shell', pattern: /exec: "?\/bin\/sh|\/bin\/sh.*no such file/},
	{failure: 'command-failed', pattern: /did not complete successfully|returned a non-zero code/},
];

const findFailure = ({stdout, stderr, outcome}: EndedRun): TrialFailure | null =>
	outcome.ended === 'exited' && outcome.exitCode === 0
		? null
		: (failures.find(({pattern}) => pattern.test(`${stdout}\n${stderr}`))?.failure ?? 'other');

/** Where the archive that `docker cp` writes tells the type of its first entry: `5` is a folder. */
const typeAt = 156;

/** Which of the paths are files of an image; null if there is no such image. */
const findPaths = async (
	{image, paths}: NonNullable<Trial['look']>,
	engine: TrialCommands,
): Promise<string[] | null> => {
	const created = await engine.run(['docker', 'create', '--pull', 'never', image, '/none'], null);
	if (created.outcome.ended !== 'exited' || created.outcome.exitCode !== 0) return null;
	const container = created.stdout.trim();
	const found: string[] = [];
	for (const one of paths) {
		const {stdout, exitCode} = await engine.read(['cp', `${container}:${one}`, '-']);
		if (exitCode === 0 && stdout[typeAt] !== '5') found.push(one);
	}
	return found;
};
