import parseArgsStringToArgv from 'string-argv';
import {type DockerCommand, isBuild, parseDockerCommand} from '../../docker/command.js';
import type {CommandEffects} from '../../docker/effects.js';
import {messages} from '../../messages/index.js';
import type {Builder} from '../../stages/model.js';
import {listPlaceholders, replacePlaceholders} from '../../text/placeholders.js';
import type {Workshop} from '../../workshop/model.js';
import type {EngineIdentity} from '../ports.js';
import {type BuildPlan, planBuild, planDefinedBuild, readMakesForEngine} from './build-plan.js';

/** What the program must know about a command line before it runs. */
export type RunPlan = {
	argv: string[];
	/** Null for other programs, and for lines that a shell runs. */
	docker: DockerCommand | null;
	/** Null for commands that build nothing. */
	build: BuildPlan | null;
	/** Null for commands that create no container. */
	container: CommandEffects['container'];
	/** The objects that its docker commands create: at most one item for a shipped command, several for a typed line. */
	makes: CommandEffects[];
};

/** The captured value of a name. Reads own properties only, as every object inherits a `constructor`. */
const capturedValue = (captured: Record<string, string>, name: string): string | undefined =>
	Object.hasOwn(captured, name) ? captured[name] : undefined;

/**
 * Replaces each `{{name}}` with the value that an earlier step captured; null if one is missing. Arguments are split
 * before values are filled in, so a value never adds arguments.
 */
export const fillCommand = (
	command: string,
	captured: Record<string, string>,
): {line: string; argv: string[]} | null => {
	if (missingPlaceholders(command, captured).length > 0) return null;
	const fill = (text: string) => replacePlaceholders(text, name => captured[name] ?? '');
	const argv = parseArgsStringToArgv(command).map(fill);
	const isPlain = listPlaceholders(command).every(name => isPlainWord(captured[name] ?? ''));
	return {line: isPlain ? fill(command) : argv.map(quoteWord).join(' '), argv};
};

/** The filled command as a line; null if a value is missing. */
export const fillPlaceholders = (command: string, captured: Record<string, string>): string | null =>
	fillCommand(command, captured)?.line ?? null;

/** The command as a line, with `<name>` for each missing value. */
export const showPlaceholders = (command: string, captured: Record<string, string>): string =>
	fillPlaceholders(command, captured) ??
	replacePlaceholders(command, name => capturedValue(captured, name) ?? `<${name}>`);

/** The placeholders of a command that have no value yet. */
export const missingPlaceholders = (command: string, captured: Record<string, string>): string[] => [
	...new Set(listPlaceholders(command).filter(name => capturedValue(captured, name) === undefined)),
];

/** A sentence that says which step captures a missing value. */
export const describePlaceholder = (name: string, {chapters}: Workshop): string => {
	const source = chapters.flatMap(({steps}) => steps).findLast(({capture}) => Object.hasOwn(capture, name));
	const {valueComesFrom, valueUnknown} = messages.session.step;
	return source ? valueComesFrom(name, source.title) : valueUnknown(name);
};

/** Why a captured value can't be used in a command, e.g. because it would be read as an option; null if all can. */
export const findUnfitValue = (command: string, captured: Record<string, string>): string | null => {
	for (const word of parseArgsStringToArgv(command)) {
		const filled = replacePlaceholders(word, name => capturedValue(captured, name) ?? '');
		if (/\p{Cc}/u.test(filled)) return messages.session.step.controlCharacter(word);
		if (filled.startsWith('-') && !word.startsWith('-'))
			return messages.session.step.leadingDash(word, filled);
	}
	return null;
};

const isPlainWord = (word: string): boolean => /^[\w./:@%+=,-]+$/.test(word);

/** A word of a command line in POSIX syntax. */
export const quoteWord = (word: string): string =>
	isPlainWord(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

/**
 * Replaces `localhost` with the address of the engine's published ports. Docker commands stay unchanged: their
 * addresses are relative to the engine.
 */
export const replaceLocalhost = (command: string, address: string): string => {
	if (isLocalhost(address) || /^docker\b/.test(command)) return command;
	const host = address.includes(':') ? `[${address}]` : address;
	return command.replace(/(?<![\w.-])(?:localhost|127\.0\.0\.1)(?=[:/]|$)/g, () => host);
};

const isLocalhost = (host: string): boolean => host === 'localhost' || host === '127.0.0.1';

/** Plans a command line of a workshop: quotes are supported, other shell syntax is not. */
export const planRun = (line: string, builder: Builder, cli: EngineIdentity['cli']): RunPlan =>
	planArgv(parseArgsStringToArgv(line), builder, cli);

/** Plans a command that is already split into arguments. */
export const planArgv = (argv: string[], builder: Builder, cli: EngineIdentity['cli']): RunPlan => {
	const docker = parseDockerCommand(argv);
	const makes = docker && readMakesForEngine(docker, cli);
	return {
		argv,
		docker,
		build:
			docker && (isBuild(docker) ? planBuild(docker, {builder, cli}) : planDefinedBuild(docker, argv, {cli})),
		container: makes?.container ?? null,
		makes: makes ? [makes] : [],
	};
};

/** The build of a shipped command, independent of the engine; null if it builds nothing. */
export const planStepBuild = (command: string | null): BuildPlan | null =>
	command === null ? null : planRun(command, 'buildkit', {version: '', buildx: null}).build;

/** Without a terminal, curl prints a progress meter. */
const quietFlags = ['--silent', '--show-error'];

/** Proxies don't reach the learner's own engine, and `.curlrc` settings such as `output` would hide the answer. */
const directFlags = ['--disable', '--noproxy', '*', '--connect-timeout', '10'];

/**
 * The arguments to start for a shown command. `docker run` and `docker create` get `--cidfile` unless they print the
 * container's ID, so that clean-up knows the container as ours. A build by Podman gets `--force-rm`: else each failed one
 * leaves containers that only Podman's own commands list, and that keep its images from being removed. curl gets flags that make it quiet, and, for the
 * engine's published ports at `address`, independent of proxies and `.curlrc`.
 */
export const argvToStart = (
	{argv, docker, build, container}: RunPlan,
	{cidFile, address}: {cidFile(): string; address: string},
): string[] => {
	if (docker && container && !container.detached) {
		return [...argv.slice(0, docker.argsAt), '--cidfile', cidFile(), ...docker.args];
	}
	if (docker && build?.builder === 'buildah')
		return [...argv.slice(0, docker.argsAt), '--force-rm', ...docker.args];
	const [program = '', ...rest] = argv;
	if (program !== 'curl') return argv;
	// curl accepts `--disable` only as its first argument.
	return [program, ...(callsPublishedPort(rest, address) ? directFlags : []), ...quietFlags, ...rest];
};

/** The shown command, without the arguments that `argvToStart` adds. */
export const argvAsShown = (argv: string[]): string[] => {
	const [program = '', ...rest] = argv;
	if (program === 'curl') {
		const shown = startsWith(rest, directFlags) ? rest.slice(directFlags.length) : rest;
		return [program, ...(startsWith(shown, quietFlags) ? shown.slice(quietFlags.length) : shown)];
	}
	const at = argv.indexOf('--cidfile');
	return at < 0 ? argv : argv.toSpliced(at, 2);
};

const startsWith = (words: string[], beginning: string[]): boolean =>
	beginning.every((word, index) => words[index] === word);

const callsPublishedPort = (args: string[], address: string): boolean =>
	args.some(arg => {
		const url = arg.includes('://') ? arg : `http://${arg}`;
		if (arg.startsWith('-') || !URL.canParse(url)) return false;
		const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
		return isLocalhost(host) || host === '::1' || host === address;
	});
