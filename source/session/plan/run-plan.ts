import parseArgsStringToArgv from 'string-argv';
import {type DockerCommand, isBuild, parseDockerCommand} from '../../docker/command.js';
import type {CommandEffects} from '../../docker/effects.js';
import {messages} from '../../messages/index.js';
import type {Builder} from '../../stages/model.js';
import type {Workshop} from '../../workshop/model.js';
import type {EngineIdentity} from '../ports.js';
import {type BuildPlan, planBuild, readMakesForEngine} from './build-plan.js';

/** What one command line will do, as far as the program must know before it runs. */
export type RunPlan = {
	argv: string[];
	/** Null for other programs, and for a line that the shell runs. */
	docker: DockerCommand | null;
	/** Null for commands that are no `docker build`. */
	build: BuildPlan | null;
	/** Null for commands that make no container. */
	container: CommandEffects['container'];
	/** What its docker commands make: one of a shipped command, several of a typed line. */
	makes: CommandEffects[];
};

const placeholder = /\{\{([\w-]+)\}\}/g;

/** Own properties only: `constructor` was not captured. */
const capturedValue = (captured: Record<string, string>, name: string): string | undefined =>
	Object.hasOwn(captured, name) ? captured[name] : undefined;

/**
 * Fills `{{name}}` with what earlier steps captured; null when one is still missing. A value never becomes more than a
 * part of the argument in which its placeholder stands, whatever is in it.
 */
export const fillCommand = (
	command: string,
	captured: Record<string, string>,
): {line: string; argv: string[]} | null => {
	if (missingPlaceholders(command, captured).length > 0) return null;
	const fill = (text: string) => text.replace(placeholder, (_, name: string) => captured[name] ?? '');
	const argv = parseArgsStringToArgv(command).map(fill);
	const isPlain = [...command.matchAll(placeholder)].every(([written]) => isPlainWord(fill(written)));
	return {line: isPlain ? fill(command) : argv.map(quoteWord).join(' '), argv};
};

/** The filled command as a line; null when a value is still missing. */
export const fillPlaceholders = (command: string, captured: Record<string, string>): string | null =>
	fillCommand(command, captured)?.line ?? null;

/** The command as a line, with `<name>` for each missing value. */
export const showPlaceholders = (command: string, captured: Record<string, string>): string =>
	fillPlaceholders(command, captured) ??
	command.replace(placeholder, (_, name: string) => capturedValue(captured, name) ?? `<${name}>`);

/** The names of the placeholders of a command for which nothing is captured yet. */
export const missingPlaceholders = (command: string, captured: Record<string, string>): string[] => [
	...new Set(
		[...command.matchAll(placeholder)].flatMap(([, name = '']) =>
			capturedValue(captured, name) === undefined ? [name] : [],
		),
	),
];

/** Where a value that is not known yet comes from, in a sentence. */
export const describePlaceholder = (name: string, {chapters}: Workshop): string => {
	const source = chapters.flatMap(({steps}) => steps).findLast(({capture}) => Object.hasOwn(capture, name));
	const {valueComesFrom, valueUnknown} = messages.session.step;
	return source ? valueComesFrom(name, source.title) : valueUnknown(name);
};

/** Why a captured value can't stand in a command: it would be another thing than a value there. Null when all can. */
export const findUnfitValue = (command: string, captured: Record<string, string>): string | null => {
	for (const word of parseArgsStringToArgv(command)) {
		const values = [...word.matchAll(placeholder)].map(
			([, name = '']) => capturedValue(captured, name) ?? '',
		);
		if (values.some(value => /\p{Cc}/u.test(value))) return messages.session.step.controlCharacter(word);
		const filled = word.replace(placeholder, () => values.shift() ?? '');
		if (filled.startsWith('-') && !word.startsWith('-'))
			return messages.session.step.leadingDash(word, filled);
	}
	return null;
};

const isPlainWord = (word: string): boolean => /^[\w./:@%+=,-]+$/.test(word);

const quoteWord = (word: string): string => (isPlainWord(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

/**
 * A command with the address of the engine's published ports in the place of `localhost`. Docker commands stay as they
 * are: their addresses are those of the engine.
 */
export const replaceLocalhost = (command: string, address: string): string => {
	if (isLocalhost(address) || /^docker\b/.test(command)) return command;
	const host = address.includes(':') ? `[${address}]` : address;
	return command.replace(/(?<![\w.-])(?:localhost|127\.0\.0\.1)(?=[:/]|$)/g, () => host);
};

const isLocalhost = (host: string): boolean => host === 'localhost' || host === '127.0.0.1';

/** Plans a command line that a workshop ships: quotes are understood, nothing else of a shell is. */
export const planRun = (line: string, builder: Builder, cli: EngineIdentity['cli']): RunPlan =>
	planArgv(parseArgsStringToArgv(line), builder, cli);

/** The same for a command that is already split. */
export const planArgv = (argv: string[], builder: Builder, cli: EngineIdentity['cli']): RunPlan => {
	const docker = parseDockerCommand(argv);
	const makes = docker && readMakesForEngine(docker, cli);
	return {
		argv,
		docker,
		build: docker && isBuild(docker) ? planBuild(docker, {builder, cli}) : null,
		container: makes?.container ?? null,
		makes: makes ? [makes] : [],
	};
};

/** What a shipped command builds, whichever engine runs it; null when it builds nothing. */
export const planStepBuild = (command: string | null): BuildPlan | null =>
	command === null ? null : planRun(command, 'buildkit', {version: '', buildx: null}).build;

/** curl would print a progress meter, which it does not on a terminal. */
const quietFlags = ['--silent', '--show-error'];

/** Proxies don't reach the learner's own engine, and settings in `.curlrc` like `output` would hide the answer. */
const directFlags = ['--disable', '--noproxy', '*', '--connect-timeout', '10'];

/**
 * What is really started for a shown command: a `docker run` or `docker create` that does not print its container's ID
 * leaves it in a file, so that clean-up knows it for ours; a curl that asks the engine's published ports, at `address`,
 * asks them directly.
 */
export const argvToStart = (
	{argv, docker, container}: RunPlan,
	{cidFile, address}: {cidFile: string; address: string},
): string[] => {
	if (docker && container && !container.detached) {
		return [...argv.slice(0, docker.argsAt), '--cidfile', cidFile, ...docker.args];
	}
	const [program = '', ...rest] = argv;
	if (program !== 'curl') return argv;
	// curl takes `--disable` in the first place only.
	return [program, ...(callsPublishedPort(rest, address) ? directFlags : []), ...quietFlags, ...rest];
};

/** The command as it is shown, without what `argvToStart` adds. */
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
