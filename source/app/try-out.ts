import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {setTimeout as pause} from 'node:timers/promises';
import {type DockerCommand, parseDockerCommand} from '../docker/command.js';
import {engineUnreachable, imageNotFound, networkFailure} from '../docker/error-patterns.js';
import {normalizeImageName} from '../docker/image-ref.js';
import {type DockerOutput, runDocker} from '../engine/docker-cli.js';
import {createLiveEngine} from '../engine/live-engine.js';
import {messages} from '../messages/index.js';
import {baseImage} from '../review/build-model.js';
import {reviewImage} from '../review/kinds/kind.js';
import type {TryOut} from '../review/round.js';
import {simulateTrial} from '../review/simulate-trial.js';
import {nothingObserved, type Observation, type Trial, type TrialFailure} from '../review/trial.js';
import {planBuild} from '../session/plan/build-plan.js';
import type {EngineIdentity} from '../session/ports.js';
import {environmentFor} from '../stages/builders.js';
import {parseStageGraph} from '../stages/dockerfile/parse-dockerfile.js';
import type {Build, BuildEvent, StageGraph} from '../stages/model.js';
import {createBuildParser} from '../stages/parsers/build-parser.js';
import {createStageTracker} from '../stages/tracker/stage-tracker.js';
import {UserError} from '../text/user-error.js';

/** Milliseconds for one command: with the base image there, a build takes seconds. */
const timeoutMs = 120_000;

/**
 * Tries out on the learner's engine what can be built there; null without a Docker engine on this machine that has the
 * base image, because a review pulls nothing.
 */
export const openEngineTryOut = async (
	env: Record<string, string>,
): Promise<{tryOut: TryOut; version: string} | null> => {
	const engine = createLiveEngine({env, ledgerImageIds: () => [], stepContainerIds: () => []});
	const look = async () => ({identity: await engine.identity(), names: (await engine.images()).names});
	const found = await Promise.race([look(), pause(patienceMs, null, {ref: false})]).catch(error => {
		if (error instanceof UserError) return null;
		throw error;
	});
	if (!found) return null;
	const {identity, names} = found;
	const isFit = identity.local && identity.cli.podman === undefined && names[baseImage] !== undefined;
	return isFit
		? {tryOut: createEngineTryOut(env, identity, Object.keys(names)), version: identity.version}
		: null;
};

/** Milliseconds: nobody waits longer for an engine that does not answer, as a review does without it. */
const patienceMs = 5000;

/** `taken`: names of images that there are already. A trial that would move one of them is only read. */
const createEngineTryOut =
	(env: Record<string, string>, identity: EngineIdentity, taken: string[]): TryOut =>
	async trial => {
		const commands = trial.commands.map(({argv}) => parseDockerCommand(argv));
		const isOurs = (command: DockerCommand | null): boolean => {
			if (command?.verb !== 'build' || command.namesEngine) return false;
			const {tags} = planBuild(command, {builder: trial.builder, cli: identity.cli});
			const isKnown = command.flags.given.every(({name}) => name === 'tag' || name === 'target');
			return (
				isKnown &&
				tags.every(tag => tag.startsWith(reviewImage('')) && !taken.includes(normalizeImageName(tag)))
			);
		};
		return commands.every(isOurs) ? runTrial(trial, {env, identity}) : simulateTrial(trial);
	};

/** Runs a trial in a folder of its own, and removes the folder and the images that it has made. */
export const runTrial = async (
	{builder, files, commands, look}: Trial,
	{
		env,
		identity,
	}: {env: Record<string, string>; identity: Pick<EngineIdentity, 'cli' | 'context' | 'environment'>},
): Promise<Observation> => {
	const folder = mkdtempSync(path.join(tmpdir(), 'multistage-workshop-review-'));
	const made = new Set<string>();
	let current = files;
	let seen: Observation = nothingObserved;
	try {
		writeFiles(folder, files);
		for (const {argv, changes = {}} of commands) {
			current = {...current, ...changes};
			writeFiles(folder, changes);
			const {build, output, tags} = await runBuild(argv, {builder, env, identity, folder, files: current});
			for (const name of tags.length > 0 ? tags : build.imageId ? [build.imageId] : []) made.add(name);
			if (output.exitCode === null || engineUnreachable.test(output.stderr))
				return {...seen, unclear: messages.stages.causes.named.noEngine()};
			seen = {...seen, ...observeBuild(build), failure: findFailure(output)};
			if (seen.failure !== null) break;
		}
		return {...seen, paths: look && (await findPaths(look, env))};
	} finally {
		rmSync(folder, {recursive: true, force: true});
		if (made.size > 0) await runDocker(['rmi', ...made], {env, timeoutMs});
	}
};

const writeFiles = (folder: string, files: Record<string, string>): void => {
	for (const [name, text] of Object.entries(files)) {
		const file = path.join(folder, name);
		mkdirSync(path.dirname(file), {recursive: true});
		writeFileSync(file, text);
	}
};

const runBuild = async (
	argv: string[],
	{
		builder,
		env,
		identity,
		folder,
		files,
	}: Pick<Trial, 'builder' | 'files'> & Parameters<typeof runTrial>[1] & {folder: string},
) => {
	const command = parseDockerCommand(argv);
	const plan = command && planBuild(command, {builder, cli: identity.cli});
	const text = files[plan?.dockerfile ?? ''] ?? null;
	const build = {builder, format: builder === 'legacy' ? 'legacy' : 'plain'} as const;
	const environment = environmentFor(env, {builder, plan: {build}, engine: identity});
	const output = await runDocker(argv.slice(1), {env: environment, timeoutMs, cwd: folder});
	const graph = parseStageGraph(text, {target: plan?.target});
	return {build: followOutput(graph, output, build.format), output, tags: plan?.tags ?? []};
};

/** Reads the whole output of a build at once. */
const followOutput = (
	graph: StageGraph,
	{stdout, stderr, exitCode}: DockerOutput,
	format: 'legacy' | 'plain',
): Build => {
	const parser = createBuildParser(format);
	const tracker = createStageTracker(graph, format);
	const fold = (events: BuildEvent[]) => events.forEach(tracker.fold);
	fold(parser.push('stdout', new TextEncoder().encode(`${stdout}\n`), 0));
	fold(parser.push('stderr', new TextEncoder().encode(`${stderr}\n`), 0));
	fold(parser.end());
	tracker.end(exitCode, false);
	return tracker.snapshot();
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

const findFailure = ({stdout, stderr, exitCode}: DockerOutput): TrialFailure | null =>
	exitCode === 0
		? null
		: (failures.find(({pattern}) => pattern.test(`${stdout}\n${stderr}`))?.failure ?? 'other');

/** Where the archive that `docker cp` writes tells the type of its first entry: `5` is a folder. */
const typeAt = 156;

/** Which of the paths are files of an image; null if there is no such image. */
const findPaths = async (
	{image, paths}: NonNullable<Trial['look']>,
	env: Record<string, string>,
): Promise<string[] | null> => {
	const created = await runDocker(['create', '--pull', 'never', image, '/none'], {env, timeoutMs});
	if (created.exitCode !== 0) return null;
	const container = created.stdout.trim();
	try {
		const found: string[] = [];
		for (const one of paths) {
			const {stdout, exitCode} = await runDocker(['cp', `${container}:${one}`, '-'], {env, timeoutMs});
			if (exitCode === 0 && stdout[typeAt] !== '5') found.push(one);
		}
		return found;
	} finally {
		await runDocker(['rm', container], {env, timeoutMs});
	}
};
