import path from 'node:path';
import {type DockerCommand, isBuild, parseDockerCommand} from '../../docker/command.js';
import type {CommandEffects} from '../../docker/effects.js';
import {messages} from '../../messages/index.js';
import {normalizeVariableName} from '../../text/shell-commands.js';
import type {Dialect} from '../../workshop/model.js';
import type {LabFolder} from '../ports.js';
import {
	type BuildPlan,
	fromLabFolder,
	type PlanBuildOptions,
	planBuild,
	planDefinedBuild,
	readMakesForEngine,
} from './build-plan.js';
import {builderForVariable} from './builder-support.js';
import {
	parseShellLine,
	programName,
	type Redirection,
	type ShellLine,
	type SimpleCommand,
} from './shell-line.js';

/** What the program must know about a typed line before the shell runs it. */
export type LinePlan = {
	read: ShellLine;
	/** Its only build; null if it has none or several. */
	build: BuildPlan | null;
	/** The objects that its docker commands create, in order. */
	makes: CommandEffects[];
	/** Files that it redirects output to, as absolute paths. */
	outputs: Array<Redirection & {isOfBuild: boolean}>;
	/** Whether it is interactive and reads from the terminal. */
	needsTerminal: boolean;
};

/**
 * Plans a typed line. `folder`: the working directory of the shell; `environment`: its variables. All paths are
 * absolute.
 */
export const planTypedLine = (
	line: string,
	options: {dialect: Dialect; folder: string; labFolder: string; environment?: Record<string, string>} & Pick<
		PlanBuildOptions,
		'builder' | 'cli'
	>,
): LinePlan => {
	const {dialect, folder, labFolder, environment, builder, cli} = options;
	const read = parseShellLine(line, dialect, {...environment, PWD: folder});
	const builds: BuildPlan[] = [];
	const makes: CommandEffects[] = [];
	const outputs: LinePlan['outputs'] = [];
	let current = folder;
	for (const command of read.commands) {
		if (command.words[0] === 'cd') current = path.resolve(current, command.words[1] ?? labFolder);
		const docker = parseDockerCommand(command.words);
		const isOfBuild = docker !== null && isBuild(docker);
		for (const output of command.outputs)
			outputs.push({...output, file: path.resolve(current, output.file), isOfBuild});
		if (docker) makes.push(readMakesForEngine(docker, cli));
		const defined = docker && read.isPlain ? planDefinedBuild(docker, command.words, {cli}) : null;
		if (defined) builds.push(defined);
		if (!docker || !isOfBuild) continue;
		const {DOCKER_BUILDKIT: inline} = command.settings;
		const build = planBuild(docker, {
			// It can be set for a single command: `DOCKER_BUILDKIT=0 docker build …`.
			builder: inline === undefined ? builder : builderForVariable(inline),
			cli,
			folder: fromLabFolder(current, labFolder),
			input: command.input,
			isOnlyCommand: read.isPlain,
		});
		const {dockerfile} = build;
		const isAbsolute = dockerfile !== null && path.isAbsolute(dockerfile);
		builds.push(isAbsolute ? {...build, dockerfile: fromLabFolder(dockerfile, labFolder)} : build);
	}
	return {
		read,
		build: builds.length === 1 ? (builds[0] ?? null) : null,
		makes,
		outputs,
		needsTerminal: read.commands.some(needsTerminal),
	};
};

/** Programs that use the whole screen or read from the terminal. */
const interactivePrograms = new Set([
	...['vi', 'vim', 'nvim', 'nano', 'pico', 'emacs', 'micro', 'hx', 'helix', 'joe', 'mcedit'],
	...['less', 'more', 'man', 'top', 'htop', 'btop', 'ctop', 'dive', 'lazydocker', 'tmux', 'screen', 'ssh'],
]);

/** Programs that are interactive only without arguments. */
const interactiveWithoutArguments = new Set([
	...['sh', 'bash', 'zsh', 'fish', 'dash', 'ash', 'pwsh', 'powershell', 'cmd', 'node', 'python', 'python3'],
]);

/** Whether a command needs exclusive use of the terminal: `docker run -it`, an editor, a shell. */
export const needsTerminal = (command: SimpleCommand): boolean => {
	const docker = parseDockerCommand(command.words);
	if (docker) return dockerNeedsTerminal(docker);
	const name = programName(command.words);
	return (
		interactivePrograms.has(name) ||
		(interactiveWithoutArguments.has(name) && command.words.length === 1 && command.joinedBy !== '|')
	);
};

const dockerNeedsTerminal = ({verb, flags}: DockerCommand): boolean => {
	switch (verb) {
		case 'run':
		case 'exec':
			return flags.isOn('tty') && !flags.isOn('detach');
		case 'compose run':
		case 'compose exec':
			return !flags.isOn('no-tty') && !flags.isOn('no-TTY') && !flags.isOn('detach');
		case 'start':
			return flags.isOn('interactive');
		default:
			return verb === 'attach';
	}
};

/** Variables that select the engine or the builder of the docker command. */
export const engineVariables: ReadonlySet<string> = new Set([
	...['DOCKER_HOST', 'DOCKER_CONTEXT', 'DOCKER_CONFIG', 'BUILDX_BUILDER'],
	...['DOCKER_TLS', 'DOCKER_TLS_VERIFY', 'DOCKER_CERT_PATH'],
]);

/** Returns a warning if a line uses or selects another engine than the one that is judged, else null. */
export const warnAboutOtherEngine = ({commands}: ShellLine): string | null => {
	if (commands.some(reachesOtherEngine)) return messages.session.engine.otherForThisLine;
	const selectsContext = commands.some(({words}) => parseDockerCommand(words)?.verb === 'context use');
	return selectsContext ? messages.session.engine.contextSelected : null;
};

const reachesOtherEngine = ({words, settings}: SimpleCommand): boolean => {
	const isSetting = /^(?:export|unset|set|env)$/.test(words[0] ?? '');
	const named = [
		...Object.keys(settings),
		...(isSetting ? words.slice(1).map(word => word.replace(/=.*/s, '')) : []),
	];
	return (
		named.some(name => engineVariables.has(normalizeVariableName(name))) ||
		(parseDockerCommand(words)?.namesEngine ?? false)
	);
};

/** Output that a line redirected to files. */
export type RedirectedOutput = Array<{text: string; streams: Array<'stdout' | 'stderr'>; isOfBuild: boolean}>;

/**
 * Notes the state of the files that a line redirects output to, before it runs, and returns a function that reads what
 * was added. This lets a build be judged even if its output goes to a file.
 */
export const readRedirected = (
	{outputs}: Pick<LinePlan, 'outputs'>,
	lab: LabFolder,
): (() => RedirectedOutput) => {
	const files = outputs.map(output => ({
		...output,
		before: output.isAppended ? (lab.read(output.file) ?? '') : '',
	}));
	return () =>
		files.map(({file, before, streams, isOfBuild}) => ({
			text: (lab.read(file) ?? '').slice(before.length),
			streams,
			isOfBuild,
		}));
};
