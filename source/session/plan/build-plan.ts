import path from 'node:path';
import {type BuildTarget, type DefinedBuild, readDefinedBuild} from '../../docker/build-definition.js';
import type {DockerCommand} from '../../docker/command.js';
import {type CommandEffects, readEffects} from '../../docker/effects.js';
import {normalizePodmanImageName} from '../../docker/image-ref.js';
import {chooseFormat} from '../../stages/builders.js';
import type {Builder, BuildFormat, BuildOptions} from '../../stages/model.js';
import type {DescribedBuild, EngineIdentity} from '../ports.js';

/** The input of a `docker build`, according to its arguments. */
export type BuildSource = {
	/** The Dockerfile, relative to the lab folder; null if it comes from a pipe or a URL. */
	dockerfile: string | null;
	/** Whether `-f` is missing, so that the builder also accepts a file called `dockerfile`. */
	isUsualFile: boolean;
	target: string | undefined;
	/** Each `NAME=value`, or `NAME` to take the value from the environment. */
	buildArgs: string[];
	/** Each `name=location`. */
	contexts: string[];
	platforms: string[];
	/** What a definition builds instead, once it is known, with paths relative to the lab folder. */
	targets?: BuildTarget[];
};

/** What a `docker build` will do, according to its arguments. */
export type BuildPlan = BuildSource & {
	/** Each `name:tag`. */
	tags: string[];
	builder: Builder;
	format: BuildFormat;
	/** Where its targets are defined; without one, its own arguments describe the only target. */
	definition?: DefinedBuild;
};

/**
 * Plans a `docker build`. `folder`: where it runs, relative to the lab folder. `input`: the file redirected to its
 * standard input; null if none. `isOnlyCommand`: false if its output may be mixed with that of other commands or
 * redirected to a file, so that it must stay readable for people.
 */
export const planBuild = (
	command: DockerCommand,
	{builder, cli, folder = '', input = null, isOnlyCommand = true}: PlanBuildOptions,
): BuildPlan => {
	const {flags, operands, isBuildx} = command;
	const used = cli.podman !== undefined ? 'buildah' : isBuildx ? 'buildkit' : builder;
	const progress = flags.last('progress');
	const file = flags.last('file') || null;
	return {
		dockerfile: findDockerfile({context: operands.at(-1) ?? '.', file, input}, folder),
		isUsualFile: file === null,
		target: flags.last('target') || undefined,
		buildArgs: flags.all('build-arg'),
		contexts: flags.all('build-context'),
		platforms: flags.all('platform').flatMap(value => value.split(',').filter(Boolean)),
		tags: readMakesForEngine(command, cli).names,
		builder: used,
		format: chooseFormat(used, cli, isOnlyCommand && progress === null, progress),
	};
};

/**
 * Plans a build whose targets a file defines, before they are known; null for other commands, and with Podman. `words`:
 * the whole command line.
 */
export const planDefinedBuild = (
	command: DockerCommand,
	words: readonly string[],
	{cli, isOnlyCommand = true}: Pick<PlanBuildOptions, 'cli' | 'isOnlyCommand'>,
): BuildPlan | null => {
	const definition = cli.podman === undefined ? readDefinedBuild(command, words) : null;
	if (!definition) return null;
	const mayChoose = isOnlyCommand && !definition.hasOwnProgress;
	return {
		dockerfile: null,
		isUsualFile: false,
		target: undefined,
		buildArgs: [],
		contexts: [],
		platforms: [],
		tags: [],
		builder: 'buildkit',
		format: chooseFormat('buildkit', cli, mayChoose, command.flags.last('progress')),
		definition,
	};
};

/** The objects that a docker command creates, with image names as this engine stores them. */
export const readMakesForEngine = (
	command: DockerCommand,
	{podman}: EngineIdentity['cli'],
): CommandEffects => {
	const makes = readEffects(command);
	return podman === undefined ? makes : {...makes, names: makes.names.map(normalizePodmanImageName)};
};

export type PlanBuildOptions = {
	builder: Builder;
	cli: EngineIdentity['cli'];
	folder?: string;
	input?: string | null;
	isOnlyCommand?: boolean;
};

/**
 * The options of a build as the builder receives them. `environment`: of the command; `enginePlatform`: undefined until
 * the engine has answered.
 */
export const createBuildOptions = (
	{
		target,
		buildArgs,
		contexts,
		platforms,
	}: Pick<BuildSource, 'target' | 'buildArgs' | 'contexts' | 'platforms'>,
	{environment, enginePlatform}: {environment: Record<string, string>; enginePlatform?: string | undefined},
) => {
	const {DOCKER_DEFAULT_PLATFORM: usual} = environment;
	return {
		target,
		buildArgs: parsePairs(buildArgs, name => environment[name]),
		contexts: parsePairs(contexts, () => undefined),
		platforms: platforms.length === 0 && usual ? [usual] : platforms,
		enginePlatform,
	} satisfies BuildOptions;
};

const parsePairs = (
	words: string[],
	findValue: (name: string) => string | undefined,
): ReadonlyMap<string, string> =>
	new Map(
		words.flatMap(word => {
			const at = word.indexOf('=');
			const value = at < 0 ? findValue(word) : word.slice(at + 1);
			return value === undefined ? [] : [[at < 0 ? word : word.slice(0, at), value] as const];
		}),
	);

/** A build with the targets that docker has described. `cwd`: where it runs. Their paths become relative to the lab folder. */
export const withTargets = (
	build: BuildPlan,
	{targets, hasRawjson}: DescribedBuild,
	{cwd, labFolder}: {cwd: string; labFolder: string},
): BuildPlan => {
	const place = (file: string): string => fromLabFolder(path.resolve(cwd, file), labFolder);
	return {
		...build,
		targets: targets.map(target => ({
			...target,
			dockerfile: target.dockerfile && place(target.dockerfile),
			contexts: target.contexts.map(one => one.replace(/(?<==)\/.*$/, place)),
		})),
		format: hasRawjson ? build.format : 'plain',
	};
};

/** The path of a folder relative to the lab folder; absolute if it is outside. */
export const fromLabFolder = (folder: string, labFolder: string): string => {
	const relative = path.relative(labFolder, folder);
	return relative.startsWith('..') || path.isAbsolute(relative) ? folder : relative;
};

/** Finds the Dockerfile: in the build context, unless `-f` gives its path relative to where the command runs. */
const findDockerfile = (
	{context, file, input}: {context: string; file: string | null; input: string | null},
	folder: string,
): string | null => {
	const isPiped = file === '-' || (file === null && context === '-');
	const isAway = context === '-' || /^(?:\w+:\/\/|git@|github\.com\/)/.test(context);
	const named = isPiped ? input : (file ?? (isAway ? null : `${context}/Dockerfile`));
	if (named === null || (isAway && !isPiped)) return null;
	const given = named.replaceAll('\\', '/');
	return path.posix.join(path.isAbsolute(given) ? '' : folder, given);
};
