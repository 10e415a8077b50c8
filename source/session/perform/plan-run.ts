import parseArgsStringToArgv from 'string-argv';
import type {Builder} from '../../build/model.js';
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

/** Fills `{{name}}` with what earlier steps captured; null when one is still missing. */
export const fillPlaceholders = (command: string, captured: Record<string, string>): string | null => {
	const filled = command.replace(/\{\{([\w-]+)\}\}/g, (whole, name: string) => captured[name] ?? whole);
	return filled.includes('{{') ? null : filled;
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
