import {parseArgs} from 'node:util';
import parseArgsStringToArgv from 'string-argv';
import type {Builder, BuildFormat} from '../../build/model.js';
import {withTag} from '../../text/with-tag.js';
import type {EngineIdentity} from '../ports.js';

/** What one command line will do, as far as the program must know before it runs. */
export type RunPlan = {
	argv: string[];
	/** Null for commands that are no `docker build`. */
	build: {
		/** The Dockerfile, relative to the lab folder. */
		dockerfile: string;
		target: string | undefined;
		/** `name:tag` each. */
		tags: string[];
		builder: Builder;
		format: BuildFormat;
	} | null;
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
		build: isDocker && verb === 'build' ? planBuild(rest, builder, cli) : null,
		container: isDocker && verb === 'run' ? planContainer(rest) : null,
	};
};

const planBuild = (args: string[], builder: Builder, cli: EngineIdentity['cli']): RunPlan['build'] => {
	const {values, positionals} = parseArgs({
		args,
		strict: false,
		allowPositionals: true,
		options: {
			tag: {type: 'string', short: 't', multiple: true},
			file: {type: 'string', short: 'f'},
			target: {type: 'string'},
			'build-arg': {type: 'string', multiple: true},
		},
	});
	const context = (positionals.at(-1) ?? '.').replace(/^\.\//, '').replace(/\/$/, '');
	const tags = Array.isArray(values.tag) ? values.tag.filter(tag => typeof tag === 'string') : [];
	return {
		dockerfile:
			typeof values.file === 'string'
				? values.file
				: context === '.'
					? 'Dockerfile'
					: `${context}/Dockerfile`,
		target: typeof values.target === 'string' ? values.target : undefined,
		tags: tags.map(withTag),
		builder,
		format: formatFor(builder, cli),
	};
};

/** rawjson needs buildx 0.13; the CLI of 20.10 has BuildKit inside and knows plain only. */
const formatFor = (builder: Builder, {buildx}: EngineIdentity['cli']): BuildFormat => {
	if (builder === 'legacy') return 'legacy';
	const [major = 0, minor = 0] = buildx?.split('.').map(Number) ?? [];
	return major > 0 || minor >= 13 ? 'rawjson' : 'plain';
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
