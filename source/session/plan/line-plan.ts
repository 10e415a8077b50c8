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

/** What a typed line will do, as far as the program must know before the shell runs it. */
export type LinePlan = {
	read: ShellLine;
	/** The one build in it; null when there is none, or more than one. */
	build: BuildPlan | null;
	/** What its docker commands make, in order. */
	makes: CommandEffects[];
	/** Files that output goes to, absolute. */
	outputs: Array<Redirection & {isOfBuild: boolean}>;
	/** It is interactive: it reads from the terminal itself. */
	needsTerminal: boolean;
};

/** `folder`: where the shell starts; `labFolder`: both absolute. `environment`: that of the shell. */
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
		if (!docker || !isOfBuild) continue;
		const {DOCKER_BUILDKIT: inline} = command.settings;
		const build = planBuild(docker, {
			// It may be set for one command: `DOCKER_BUILDKIT=0 docker build …`.
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

/** Programs that draw on the terminal or read from it. */
const interactivePrograms = new Set([
	...['vi', 'vim', 'nvim', 'nano', 'pico', 'emacs', 'micro', 'hx', 'helix', 'joe', 'mcedit'],
	...['less', 'more', 'man', 'top', 'htop', 'btop', 'ctop', 'dive', 'lazydocker', 'tmux', 'screen', 'ssh'],
]);

/** Interactive only when they get no arguments. */
const interactiveWithoutArguments = new Set([
	...['sh', 'bash', 'zsh', 'fish', 'dash', 'ash', 'pwsh', 'powershell', 'cmd', 'node', 'python', 'python3'],
]);

/** Whether a command needs the terminal for itself: `docker run -it`, an editor, a shell. */
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

/** What decides which engine the docker command reaches, and by which builder it builds. */
export const engineVariables: ReadonlySet<string> = new Set([
	...['DOCKER_HOST', 'DOCKER_CONTEXT', 'DOCKER_CONFIG', 'BUILDX_BUILDER'],
	...['DOCKER_TLS', 'DOCKER_TLS_VERIFY', 'DOCKER_CERT_PATH'],
]);

/** What to say about a line that reaches, or selects, another engine than the one that is judged; null for any other. */
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

/** What a line has printed into files. */
export type RedirectedOutput = Array<{text: string; streams: Array<'stdout' | 'stderr'>; isOfBuild: boolean}>;

/**
 * Looks at the files that a line will print into, before it runs; the function it returns reads what has come. So a
 * build whose output goes to a file is judged as any other.
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
