import {randomBytes} from 'node:crypto';
import {appendFileSync, chmodSync, constants, cpSync, mkdirSync, symlinkSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {setTimeout as pause} from 'node:timers/promises';
import {normalizeImageName} from '../docker/image-ref.js';
import {listBuildCache, restoreBuildCache} from '../engine/build-cache.js';
import {createLiveEngine} from '../engine/live-engine.js';
import type {ContextEntry} from '../explain/context.js';
import {
	countBytes,
	type Figures,
	type HistoryEntry,
	listMeasuredStages,
	listParts,
	type Measurement,
	parseHistory,
} from '../explain/measurement.js';
import type {Project, ProjectTexts} from '../explain/project.js';
import {freeStageName, replaceLines, rewriteFrom} from '../explain/suggestions/edit-dockerfile.js';
import {messages} from '../messages/index.js';
import type {EndedRun} from '../session/follow-run.js';
import {chooseFormat} from '../stages/builders.js';
import {acquireLock} from '../storage/process-locks.js';
import {UserError} from '../text/user-error.js';
import {describeError} from '../text/wording.js';
import {createTrialEngine, type TrialCommands} from './trial-engine.js';

/** A project to measure, which is only read: all that is built is a copy of it. */
export type MeasuredProject = {
	/** The absolute path of the build context. */
	context: string;
	/** The flags of `docker build` besides its files, with paths as seen from the current folder. */
	flags: string[];
	project: Project;
	/** Reads the project with other texts. */
	read(texts: ProjectTexts): Project;
	/** The files to change, relative to the build context; null if there is none. */
	source: string | null;
	manifest: string | null;
};

/** What builds projects on the engine, one after the other. */
export type Measurer = {
	/** Measures the project as it is. Rejects with a `UserError` if it can't be built. */
	measure(): Promise<Measurement>;
	/** Measures it with other texts; null if the build fails, or its image does something else. */
	measureWith(texts: ProjectTexts): Promise<Figures | null>;
};

/** Milliseconds for one command: a build may download and compile for long. */
const timeoutMs = 60 * 60_000;

/** Milliseconds for which a container of the image runs, to see what it does. */
const trialRunMs = 2000;

/** How often the build after a change is measured: the fastest counts. A build of more seconds differs less, and is measured once. */
const repetitions = 2;
const longSeconds = 3;

/**
 * Measures a project on the engine that `docker` would use. Resolves with what `work` resolves with, once all that was
 * made is removed again. `state`: the folder for the ledger, and for the copy. Rejects with a `UserError` without a
 * fitting engine. `signal`: ends what is under way.
 */
export const measureProject = async <Result>(
	measured: MeasuredProject,
	work: (measurer: Measurer) => Promise<Result>,
	{env, state, signal}: {env: Record<string, string>; state: string; signal: AbortSignal},
): Promise<Result> => {
	const engine = createLiveEngine({env, ledgerImageIds: () => [], stepContainerIds: () => []});
	const identity = await engine.identity();
	const say = messages.explain.measured;
	if (identity.cli.podman !== undefined) throw new UserError(say.noPodman, {exitCode: 3});
	if (!acquireLock(path.join(state, 'explain-engine.lock')))
		throw new UserError(say.otherMeasures, {next: say.otherMeasuresNext, exitCode: 3});
	const baseImages = measured.project.stages.flatMap(({image}) => image ?? []);
	const trialEngine = createTrialEngine({kind: 'explain', baseImages, timeoutMs, engine, identity, state});
	const end = () => void trialEngine.close();
	signal.addEventListener('abort', end);
	await trialEngine.removeLeftovers();
	const cacheBefore = await listBuildCache(env);
	try {
		return await trialEngine.use(async commands => {
			const result = await work(createMeasurer(measured, commands));
			signal.throwIfAborted();
			return result;
		});
	} catch (error) {
		const isOfFile = error instanceof Error && 'syscall' in error;
		throw isOfFile ? new UserError(say.noCopy(describeError(error)), {cause: error}) : error;
	} finally {
		signal.removeEventListener('abort', end);
		await trialEngine.close();
		if (cacheBefore) await restoreBuildCache(env, cacheBefore);
	}
};

const createMeasurer = (measured: MeasuredProject, commands: TrialCommands): Measurer => {
	const {project, source, manifest} = measured;
	const context = path.join(commands.folder, 'context');
	copyContext(measured.context, context, project.entries);
	const builder = createBuilder(measured, context, commands);
	let behaviour: Behaviour | null = null;

	const measureChanges = async (): Promise<Omit<Figures, 'imageBytes'>> => ({
		afterSource: source === null ? null : await builder.timeAfterChange(source),
		afterPackages: manifest === null ? null : await builder.timeAfterChange(manifest),
	});

	return {
		async measure() {
			builder.write(project);
			const run = await builder.build(project, {flags: ['--no-cache']});
			if (!run.build || !hasPassed(run)) throw buildError(run);
			behaviour = await observe(builder.image, commands);
			const histories = new Map<string, HistoryEntry[]>();
			for (const {name} of project.stages) histories.set(name, await builder.readStageHistory(name));
			const history = histories.get(project.graph.target) ?? [];
			return {
				seconds: run.outcome.seconds,
				stages: listMeasuredStages(run.build, project.stages, histories),
				parts: listParts(history, project.stages, project.graph.target),
				figures: {imageBytes: countBytes(history), ...(await measureChanges())},
				source,
				manifest,
			};
		},
		async measureWith(texts) {
			const changed = measured.read(texts);
			builder.write(changed);
			const run = await builder.build(changed, {flags: []});
			if (!hasPassed(run)) return null;
			if (behaviour !== null && !isSameBehaviour(behaviour, await observe(builder.image, commands)))
				return null;
			const imageBytes = countBytes(await readHistory(builder.image, commands));
			return {imageBytes, ...(await measureChanges())};
		},
	};
};

/** Copies what a build reads. The copy shares its blocks with the original where the file system can do that. */
const copyContext = (from: string, to: string, entries: ContextEntry[]): void => {
	mkdirSync(to, {recursive: true});
	for (const {path: file, kind, mode, target} of entries) {
		const copy = path.join(to, file);
		if (kind === 'folder') mkdirSync(copy, {recursive: true});
		else if (kind === 'link') symlinkSync(target, copy);
		else if (kind === 'file') {
			cpSync(path.join(from, file), copy, {mode: constants.COPYFILE_FICLONE});
			chmodSync(copy, mode | 0o600);
		}
	}
	for (const {path: file, kind, mode} of entries)
		if (kind === 'folder') chmodSync(path.join(to, file), mode | 0o700);
};

const hasPassed = ({outcome}: EndedRun): boolean => outcome.ended === 'exited' && outcome.exitCode === 0;

/** How many of the last lines that the failed instruction printed are repeated. */
const saidLines = 10;

const buildError = ({build, stderr, outcome}: EndedRun): UserError => {
	const say = messages.explain.measured;
	const failure = build?.failure ?? null;
	const lastLine = stderr.trimEnd().split('\n').at(-1) ?? '';
	const message = outcome.ended === 'could-not-start' ? outcome.message : (failure?.message ?? lastLine);
	const said = failure?.said.slice(-saidLines).map(({text}) => `\n  ${text}`) ?? [];
	return new UserError(`${say.failed(message, failure?.line ?? null)}${said.join('')}`, {
		next: say.failedNext,
	});
};

/** Builds copies of a project. */
const createBuilder = ({flags, project}: MeasuredProject, context: string, commands: TrialCommands) => {
	const dockerfile = path.join(commands.folder, 'Dockerfile');
	const image = `multistage-workshop-explain:${randomBytes(4).toString('hex')}`;
	const format = chooseFormat('buildkit', commands.cli, true, null);
	let current = project;

	const build = (
		project: Project,
		{image: tag = image, flags: more}: {image?: string; flags: string[]},
	): Promise<EndedRun> =>
		commands.run(['docker', 'build', '-f', dockerfile, '-t', tag, ...flags, ...more, context], {
			builder: 'buildkit',
			format,
			tags: [normalizeImageName(tag)],
			graph: project.graph,
			cwd: process.cwd(),
		});

	return {
		build,
		image,
		/** Also where BuildKit looks for what to ignore. */
		write(written: Project): void {
			current = written;
			writeFileSync(dockerfile, written.dockerfile);
			writeFileSync(`${dockerfile}.dockerignore`, written.ignore);
		},
		/** Seconds of the build after a change of a file that has never been there before. */
		async timeAfterChange(file: string): Promise<number | null> {
			let best: number | null = null;
			for (let count = 0; count < repetitions; count++) {
				appendFileSync(path.join(context, file), randomSpace());
				const run = await build(current, {flags: []});
				if (!hasPassed(run)) return null;
				best = Math.min(best ?? Number.POSITIVE_INFINITY, run.outcome.seconds);
				if (best > longSeconds) break;
			}
			return best;
		},
		/** The history of a stage's image, which is made from the cache. */
		async readStageHistory(name: string): Promise<HistoryEntry[]> {
			const {graph, dockerfile: text} = current;
			const stage = graph.stages.find(one => one.name === name);
			const isTarget = name === graph.target;
			const target = stage?.alias ?? freeStageName(graph, 'measured');
			const from = stage && stage.alias === null && !isTarget && rewriteFrom(text, stage, {alias: target});
			// Without a name, BuildKit builds a stage only as part of another.
			if (from) writeFileSync(dockerfile, replaceLines(text, stage.line, stage.line, [from]));
			const run = await build(current, {
				image: `${image}-stage`,
				flags: isTarget ? [] : ['--target', target],
			});
			writeFileSync(dockerfile, text);
			return hasPassed(run) ? readHistory(`${image}-stage`, commands) : [];
		},
	};
};

/** White space at the end of a text, which no language minds: other than any before. */
const randomSpace = (): string =>
	`\n${[...randomBytes(6)].map(byte => byte.toString(2).replaceAll('0', '\n').replaceAll('1', ' \n')).join('')}`;

const readHistory = async (image: string, commands: TrialCommands): Promise<HistoryEntry[]> => {
	const {stdout, exitCode} = await commands.read([
		...['history', '--no-trunc', '--human=false', '--format', '{{json .}}', image],
	]);
	return exitCode === 0 ? parseHistory(stdout) : [];
};

/** What a container of an image does in its first seconds. `exitCode`: null while it runs. */
type Behaviour = {hasStarted: boolean; exitCode: number | null};

const isSameBehaviour = (one: Behaviour, other: Behaviour): boolean =>
	one.hasStarted === other.hasStarted && one.exitCode === other.exitCode;

/** Runs a container of the image without a network, and looks whether it goes on. */
const observe = async (image: string, commands: TrialCommands): Promise<Behaviour> => {
	// Unlike `docker run`, it also tells the ID of a container that can't be started.
	const created = await commands.run(['docker', 'create', '--network', 'none', image], null);
	if (!hasPassed(created)) return {hasStarted: false, exitCode: null};
	const container = created.stdout.trim();
	try {
		const started = await commands.read(['start', container]);
		return started.exitCode === 0
			? {hasStarted: true, exitCode: await waitForExit(container, commands)}
			: {hasStarted: false, exitCode: null};
	} finally {
		await commands.read(['rm', '-f', '-v', container]);
	}
};

/** Null if it still runs after a while. */
const waitForExit = async (container: string, commands: TrialCommands): Promise<number | null> => {
	const until = Date.now() + trialRunMs;
	while (Date.now() < until) {
		await pause(100);
		const {stdout} = await commands.read([
			...['inspect', '--format', '{{.State.Running}} {{.State.ExitCode}}', container],
		]);
		const [isRunning, code] = stdout.trim().split(' ');
		if (isRunning === 'false') return Number(code);
	}
	return null;
};
