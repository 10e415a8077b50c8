import path from 'node:path';
import type {Builder, BuildFormat} from '../../build/model.js';
import type {DockerCommand} from '../../docker/command.js';
import {readMakes} from '../../docker/makes.js';
import type {EngineIdentity} from '../ports.js';

/** What a `docker build` will do, as far as its arguments tell. */
export type BuildPlan = {
	/** The Dockerfile, relative to the lab folder; null when it comes from elsewhere: a pipe, an address. */
	dockerfile: string | null;
	target: string | undefined;
	/** `name:tag` each. */
	tags: string[];
	builder: Builder;
	format: BuildFormat;
};

/**
 * Plans a `docker build`. `folder`: where it runs, relative to the lab folder. `isOnlyCommand`: false when its output may
 * be mixed with that of others, or goes to a file: then no format that only a program can read is asked for.
 */
export const planBuild = (
	command: DockerCommand,
	{builder, cli, folder = '', isOnlyCommand = true}: BuildSurroundings,
): BuildPlan => {
	const {flags, operands, isBuildx} = command;
	const used = isBuildx ? 'buildkit' : builder;
	const progress = flags.last('progress');
	return {
		dockerfile: findDockerfile(operands.at(-1) ?? '.', flags.last('file') ?? undefined, folder),
		target: flags.last('target') ?? undefined,
		tags: readMakes(command).names,
		builder: used,
		format: formatFor(used, cli, isOnlyCommand && progress === null, progress),
	};
};

export type BuildSurroundings = {
	builder: Builder;
	cli: EngineIdentity['cli'];
	folder?: string;
	isOnlyCommand?: boolean;
};

/** The Dockerfile stands in the context unless `-f` says where it is, as seen from where the command runs. */
const findDockerfile = (context: string, file: string | undefined, folder: string): string | null => {
	if (file === '-' || context === '-' || /^(?:\w+:\/\/|git@|github\.com\/)/.test(context)) return null;
	const given = (file ?? `${context}/Dockerfile`).replaceAll('\\', '/');
	return path.posix.join(path.isAbsolute(given) ? '' : folder, given);
};

/** rawjson needs buildx 0.13; the CLI of 20.10 has BuildKit inside and knows plain only. */
const formatFor = (
	builder: Builder,
	{buildx}: EngineIdentity['cli'],
	mayChoose: boolean,
	progress: string | null,
): BuildFormat => {
	if (builder === 'legacy') return 'legacy';
	if (progress === 'rawjson') return 'rawjson';
	const [major = 0, minor = 0] = buildx?.split('.').map(Number) ?? [];
	return mayChoose && (major > 0 || minor >= 13) ? 'rawjson' : 'plain';
};
