import path from 'node:path';
import * as v from 'valibot';
import type {DockerCommand} from './command.js';

/** A build of the targets that a file defines: those of `docker buildx bake`, or the services of a Compose file. */
export type DefinedBuild = {
	tool: 'bake' | 'compose';
	/** The arguments with which docker prints the definition as JSON, and builds nothing. */
	print: string[];
	/** The services to build, with those that they depend on if `withDependencies`; all if empty. Empty for `bake`. */
	services: string[];
	withDependencies: boolean;
	/** Each `NAME=value` that the command adds to those of the file. `bake` prints them as those of the file. */
	buildArgs: string[];
	/** Whether it asks for a kind of progress itself. */
	hasOwnProgress: boolean;
};

/** One image that such a build makes. Paths are absolute, or relative to where the command runs. */
export type BuildTarget = {
	name: string;
	/** Null if it is not a file on this machine. */
	dockerfile: string | null;
	/** The text of a Dockerfile inside the definition; null if it is a file. */
	inline: string | null;
	/** The stage to build; undefined for the last one. */
	target?: string | undefined;
	/** Each `NAME=value`. */
	buildArgs: string[];
	/** Each `name=location`. */
	contexts: string[];
	platforms: string[];
};

/**
 * Reads a `docker buildx bake` or `docker compose build`; null for any other command, and if it only prints or checks
 * something. `words`: the command line that `command` was parsed from.
 */
export const readDefinedBuild = (command: DockerCommand, words: readonly string[]): DefinedBuild | null => {
	const {verb, flags, args, operands, argsAt} = command;
	const before = words.slice(1, argsAt);
	const isOnlyRead =
		['print', 'check', 'dry-run'].some(name => flags.isOn(name)) || flags.last('list') !== null;
	// `sudo` has an environment of its own.
	if (words[0] === 'sudo' || isOnlyRead || (flags.last('call') ?? 'build') !== 'build') return null;
	const hasOwnProgress =
		flags.last('progress') !== null || before.some(word => /^--(?:progress|ansi)\b/.test(word));
	const common = {
		hasOwnProgress,
		withDependencies: flags.isOn('with-dependencies'),
		buildArgs: flags.all('build-arg'),
	};
	if (verb === 'buildx bake')
		return {tool: 'bake', print: [...before, '--print', ...args], services: [], ...common};
	if (verb !== 'compose build' || before.includes('--dry-run')) return null;
	const print = [...before.slice(0, -1), 'config', '--format', 'json', ...operands];
	return {tool: 'compose', print, services: operands, ...common};
};

const texts = v.optional(v.record(v.string(), v.nullable(v.string())), {});
const list = v.optional(v.array(v.string()), []);
const optionalText = v.optional(v.string());

const bakeSchema = v.object({
	target: v.record(
		v.string(),
		v.object({
			context: v.optional(v.string(), '.'),
			dockerfile: v.optional(v.string(), 'Dockerfile'),
			'dockerfile-inline': optionalText,
			target: optionalText,
			args: texts,
			contexts: texts,
			platforms: list,
		}),
	),
});

const composeSchema = v.object({
	services: v.record(
		v.string(),
		v.object({
			build: v.optional(
				v.object({
					context: v.optional(v.string(), '.'),
					dockerfile: v.optional(v.string(), 'Dockerfile'),
					dockerfile_inline: optionalText,
					target: optionalText,
					args: texts,
					additional_contexts: texts,
					platforms: list,
				}),
			),
			depends_on: v.optional(v.record(v.string(), v.unknown()), {}),
		}),
	),
});

/** The targets in a printed definition, in its order; null if it is none, or defines nothing to build. */
export const parseDefinition = (json: string, build: DefinedBuild): BuildTarget[] | null => {
	try {
		const printed: unknown = JSON.parse(json);
		const targets =
			build.tool === 'bake'
				? readBake(v.parse(bakeSchema, printed))
				: readCompose(v.parse(composeSchema, printed), build);
		return targets.length > 0 ? targets : null;
	} catch {
		return null;
	}
};

const readBake = ({target: targets}: v.InferOutput<typeof bakeSchema>): BuildTarget[] =>
	Object.entries(targets).map(([name, one]) => ({
		name,
		...locateDockerfile({...one, inline: one['dockerfile-inline']}),
		target: one.target,
		buildArgs: formatPairs(one.args),
		contexts: formatPairs(one.contexts),
		platforms: one.platforms,
	}));

const readCompose = (
	{services}: v.InferOutput<typeof composeSchema>,
	{services: asked, withDependencies, buildArgs}: DefinedBuild,
): BuildTarget[] => {
	const wanted = new Set(asked.length > 0 ? asked : Object.keys(services));
	// Iterating over a set also visits the items added meanwhile.
	if (withDependencies)
		for (const name of wanted)
			for (const other of Object.keys(services[name]?.depends_on ?? {})) wanted.add(other);
	return Object.entries(services).flatMap(([name, {build}]): BuildTarget[] =>
		build && wanted.has(name)
			? [
					{
						name,
						...locateDockerfile({...build, inline: build.dockerfile_inline}),
						target: build.target,
						buildArgs: [...formatPairs(build.args), ...buildArgs],
						contexts: formatPairs(build.additional_contexts),
						platforms: build.platforms,
					},
				]
			: [],
	);
};

/** A Dockerfile is in its build context, unless its path is absolute. */
const locateDockerfile = ({
	context,
	dockerfile,
	inline = null,
}: {
	context: string;
	dockerfile: string;
	inline?: string | null | undefined;
}): Pick<BuildTarget, 'dockerfile' | 'inline'> => {
	const isAway = /^(?:\w+:\/\/|git@|github\.com\/|-$)/.test(context);
	if (inline !== null || isAway) return {dockerfile: null, inline};
	const isWhole = path.posix.isAbsolute(dockerfile) || path.win32.isAbsolute(dockerfile);
	const file = isWhole ? dockerfile : `${context}/${dockerfile}`;
	return {dockerfile: path.posix.normalize(file.replaceAll('\\', '/')), inline: null};
};

const formatPairs = (pairs: Record<string, string | null>): string[] =>
	Object.entries(pairs).map(([name, value]) => (value === null ? name : `${name}=${value}`));
