import {statSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import type {EngineLook} from '../engine/look-at-images.js';
import type {ContextEntry} from '../explain/context.js';
import {listReadEntries, printEntries} from '../explain/fingerprint.js';
import {foresee} from '../explain/foresee.js';
import {readIgnoreRules} from '../explain/ignore-patterns.js';
import {countFiles, type Explanation, groupParallelStages, listReads} from '../explain/outline.js';
import type {CacheableStage} from '../explain/plan-instructions.js';
import {type Project, type ProjectTexts, readProject} from '../explain/project.js';
import type {ExplainRecord, ImageState, KeptFile} from '../explain/record.js';
import {messages} from '../messages/index.js';
import {createBuildOptions} from '../session/plan/build-plan.js';
import {builderForVariable} from '../session/plan/builder-support.js';
import {hashContextFiles, readContextFiles} from '../storage/context-files.js';
import {createExplainStore, type ExplainKey} from '../storage/explain-store.js';
import {readTextFile, tryRead} from '../storage/files.js';
import {stateFolder} from '../storage/state-folder.js';
import {inheritedEnvironment} from '../system/processes.js';
import {UserError} from '../text/user-error.js';

/** What to explain: as with `docker build`. `buildArg`, `buildContext`: as written. */
export type ExplainedBuild = {
	folder: string;
	file: string | null;
	target: string | null;
	buildArg: string[];
	buildContext: string[];
};

/** What is known of a build without building it. */
export type ExplainedProject = {
	explanation: Explanation;
	/** Why the fingerprints could not be kept; null if they were. */
	problem: string | null;
	project: Project;
	/** Reads the project with other texts. Throws a `UserError` for those that can't be built. */
	read(texts: ProjectTexts): Project;
	isLegacy: boolean;
};

/** Reads a project, and foresees what the next build runs again. Writes only to the state folder. */
export const explainBuild = async ({
	folder,
	file,
	target,
	buildArg: written,
	buildContext,
}: ExplainedBuild): Promise<ExplainedProject> => {
	const context = path.resolve(folder);
	assertFolder(context, folder);
	const dockerfile = path.resolve(file ?? findDockerfile(context));
	const text = readDockerfile(dockerfile);
	const options = createBuildOptions(
		{target: target ?? undefined, buildArgs: written, contexts: buildContext, platforms: []},
		{environment: inheritedEnvironment(), enginePlatform: usualPlatform},
	);
	const ignoreFile = findIgnoreFile(dockerfile, context);
	const texts = {dockerfile: text, ignore: ignoreFile === null ? '' : readTextFile(ignoreFile)};
	const {entries, ignored} = readContextFiles(context, readIgnoreRules(texts.ignore));
	const project = readProject(texts, options, entries);
	const {graph, stages, tree} = project;
	const isLegacy = builderForVariable(process.env.DOCKER_BUILDKIT ?? 'true') === 'legacy';
	const {cache, sawImages, problem} = isLegacy
		? {cache: null, sawImages: null, problem: null}
		: await foreseeCache(
				{dockerfile, target: target ?? '', buildArgs: options.buildArgs, contexts: options.contexts},
				{context, stages, entries, tree},
			);
	return {
		explanation: {
			...{dockerfile, context, ignoreFile, graph, ignored, sawImages, cache},
			together: groupParallelStages(graph),
			whole: countFiles(entries),
			reads: listReads(stages, tree),
		},
		problem,
		project,
		isLegacy,
		read(other) {
			const isIgnored = createFilter(other.ignore);
			return readProject(
				other,
				options,
				other.ignore === texts.ignore ? entries : entries.filter(entry => !isIgnored(entry)),
			);
		},
	};
};

/** Whether a `.dockerignore` leaves out an entry, or a folder above it. */
const createFilter = (ignore: string): ((entry: ContextEntry) => boolean) => {
	const rules = readIgnoreRules(ignore);
	return ({path: file}) => {
		const parts = file.split('/');
		let match: ReturnType<typeof rules.match> | null = null;
		for (let count = 1; count <= parts.length; count++)
			match = rules.match(parts.slice(0, count).join('/'), match);
		return match?.isIgnored ?? false;
	};
};

/** The platform of an engine on this machine. */
const usualPlatform = `linux/${process.arch === 'x64' ? 'amd64' : process.arch}`;

const assertFolder = (context: string, written: string): void => {
	if (statSync(context, {throwIfNoEntry: false})?.isDirectory()) return;
	const {noFolder, noFolderNext} = messages.explain;
	throw new UserError(noFolder(written), {next: noFolderNext, exitCode: 2});
};

/** BuildKit also accepts the name in lower case. */
const findDockerfile = (context: string): string => {
	const [usual = '', lower = ''] = ['Dockerfile', 'dockerfile'].map(name => path.join(context, name));
	return !isFile(usual) && isFile(lower) ? lower : usual;
};

const isFile = (file: string): boolean => statSync(file, {throwIfNoEntry: false})?.isFile() ?? false;

const readDockerfile = (file: string): string => {
	const text = tryRead(() => readTextFile(file));
	if (text !== null) return text.replace(/^\uFEFF/, '');
	const {noDockerfile, noDockerfileNext} = messages.explain;
	throw new UserError(noDockerfile(file), {next: noDockerfileNext, exitCode: 2});
};

/** The one beside the Dockerfile counts instead of that of the build context. */
const findIgnoreFile = (dockerfile: string, context: string): string | null =>
	[`${dockerfile}.dockerignore`, path.join(context, '.dockerignore')].find(isFile) ?? null;

const foreseeCache = async (
	key: ExplainKey,
	{context, stages, entries, tree}: Pick<Project, 'stages' | 'entries' | 'tree'> & {context: string},
): Promise<Pick<Explanation, 'cache' | 'sawImages'> & {problem: string | null}> => {
	const at = Date.now();
	const store = createExplainStore(stateFolder());
	const loaded = store.load(key, tree.find);
	const record = loaded?.record ?? null;
	const looking = lookAtEngine(stages);
	const read = listReadEntries(stages, entries, tree);
	const files = await fingerprintEntries(read, {context, record});
	const look = await looking;
	const {images, mergesLayers} = look ?? {images: new Map<string, ImageState>(), mergesLayers: false};
	const observed = {stages, entries, tree, files, images, mergesLayers};
	const {foreseen, instructions} = foresee(observed, record);
	const problem = store.keep(key, {
		at,
		context,
		stages: stages.map(({name, image, base, platform}) => ({name, image, base, platform})),
		instructions,
		// What an engine has shown counts until one shows it again.
		images: {...record?.images, ...Object.fromEntries(observed.images)},
		files,
	});
	const sawImages = listImages(stages).length === 0 ? null : look !== null;
	const since = record?.at ?? null;
	return {cache: {since, isOther: loaded?.isOther ?? false, foreseen}, sawImages, problem};
};

/** The images of these stages, without `scratch`. */
const listImages = (stages: CacheableStage[]): string[] => {
	const names = stages.flatMap(({image, instructions}) => [
		...(image === null ? [] : [image]),
		...instructions.flatMap(({images}) => images),
	]);
	return [...new Set(names)].filter(name => name !== 'scratch');
};

/** Null if no engine answers, or nothing depends on it. */
const lookAtEngine = async (stages: CacheableStage[]): Promise<EngineLook | null> => {
	const names = listImages(stages);
	const isLinked = stages.some(({instructions}) => instructions.some(one => one.isLinked));
	if (names.length === 0 && !isLinked) return null;
	const engine = await import('../engine/look-at-images.js');
	return engine.lookAtImages(inheritedEnvironment(), names);
};

/** Fingerprints entries of the build context; hashes only the files that have changed since the record. */
const fingerprintEntries = async (
	entries: ContextEntry[],
	{context, record}: {context: string; record: ExplainRecord | null},
): Promise<Map<string, KeptFile>> => {
	const kept = record?.context === context ? record.files : null;
	const isUnchanged = ({path: file, stamp}: ContextEntry): boolean =>
		stamp !== '' && kept?.get(file)?.stamp === stamp;
	const changed = entries.filter(entry => entry.kind === 'file' && !isUnchanged(entry));
	const hashes = await hashContextFiles(context, changed);
	return printEntries(entries, hashes, kept);
};
