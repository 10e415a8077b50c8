import parseArgsStringToArgv from 'string-argv';
import type {Builder} from '../../build/model.js';
import type {Workshop} from '../../workshop/model.js';
import type {EngineIdentity} from '../ports.js';
import {type BuildPlan, planBuild} from './plan-build.js';

/** What one command line will do, as far as the program must know before it runs. */
export type RunPlan = {
	argv: string[];
	/** Null for commands that are no `docker build`. */
	build: BuildPlan | null;
	/** Null for commands that are no `docker run`. */
	container: {name: string | null; detached: boolean} | null;
};

const placeholder = /\{\{([\w-]+)\}\}/g;

/** Fills `{{name}}` with what earlier steps captured; null when one is still missing. */
export const fillPlaceholders = (command: string, captured: Record<string, string>): string | null => {
	const filled = command.replace(placeholder, (whole, name: string) => captured[name] ?? whole);
	return filled.includes('{{') ? null : filled;
};

/** The same to be read, with `<name>` for what is still missing. */
export const showPlaceholders = (command: string, captured: Record<string, string>): string =>
	command.replace(placeholder, (_, name: string) => captured[name] ?? `<${name}>`);

/** The names of the placeholders of a command for which nothing is captured yet. */
export const missingPlaceholders = (command: string, captured: Record<string, string>): string[] => [
	...new Set(
		[...command.matchAll(placeholder)].flatMap(([, name = '']) =>
			captured[name] === undefined ? [name] : [],
		),
	),
];

/** Where a value that is not known yet comes from, in a sentence. */
export const describePlaceholder = (name: string, {chapters}: Workshop): string => {
	const source = chapters.flatMap(({steps}) => steps).findLast(({capture}) => Object.hasOwn(capture, name));
	return source ? `\`<${name}>\` comes from the step “${source.title}”.` : `\`<${name}>\` is not known yet.`;
};

/** Plans a command line that a workshop ships: quotes are understood, nothing else of a shell is. */
export const planRun = (line: string, builder: Builder, cli: EngineIdentity['cli']): RunPlan =>
	planArgv(parseArgsStringToArgv(line), builder, cli);

/** The same for a command that is already split. */
export const planArgv = (argv: string[], builder: Builder, cli: EngineIdentity['cli']): RunPlan => {
	const [program, verb, ...rest] = argv;
	const isDocker = program === 'docker';
	return {
		argv,
		build: isDocker && verb === 'build' ? planBuild(rest, {builder, cli}) : null,
		container: isDocker && verb === 'run' ? planContainer(rest) : null,
	};
};

const planContainer = (args: string[]): RunPlan['container'] => {
	const name = args.indexOf('--name');
	return {
		name: name >= 0 ? (args[name + 1] ?? null) : null,
		detached: args.some(arg => arg === '-d' || arg === '--detach'),
	};
};

/**
 * The whole environment of a run. `rawjson` is asked for by environment and only for builds: with the flag the legacy
 * builder fails, and a redirected build would write JSON into the learner's file.
 */
export const environmentFor = (
	environment: Record<string, string>,
	builder: Builder,
	plan: RunPlan,
): Record<string, string> => ({
	...environment,
	DOCKER_BUILDKIT: builder === 'buildkit' ? '1' : '0',
	BUILDX_BUILDER: 'default',
	DOCKER_CLI_HINTS: 'false',
	...(plan.build && plan.build.format !== 'legacy' ? {BUILDKIT_PROGRESS: plan.build.format} : {}),
});

/**
 * What is really started for a shown command: an attached `docker run` leaves its container's ID in a file, so that
 * clean-up knows it for ours; curl keeps to itself the progress that it would not print on a terminal either.
 */
export const argvToStart = ({argv, container}: RunPlan, cidFile: string): string[] => {
	const [program = '', verb = '', ...rest] = argv;
	if (container && !container.detached) return [program, verb, '--cidfile', cidFile, ...rest];
	return program === 'curl' ? [program, '--silent', '--show-error', verb, ...rest] : argv;
};
