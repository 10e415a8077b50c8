import path from 'node:path';
import {parseArgs} from 'node:util';
import type {Builder, BuildFormat} from '../../build/model.js';
import {withTag} from '../../text/with-tag.js';
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

/** Options whose value may stand behind them: otherwise it would be taken for the build context. */
const withValue = [
	...['add-host', 'allow', 'annotation', 'attest', 'build-arg', 'build-context', 'builder', 'cache-from'],
	...['cache-to', 'call', 'cgroup-parent', 'cpu-period', 'cpu-quota', 'cpu-shares', 'cpuset-cpus'],
	...['cpuset-mems', 'iidfile', 'isolation', 'label', 'memory', 'memory-swap', 'metadata-file', 'network'],
	...['no-cache-filter', 'platform', 'progress', 'provenance', 'sbom', 'secret', 'security-opt', 'shm-size'],
	...['ssh', 'ulimit'],
];

/**
 * Plans a build from the arguments behind `docker build`. `folder`: where it runs, relative to the lab folder.
 * `isOnlyCommand`: false when its output may be mixed with that of others, or goes to a file: then no format that only
 * a program can read is asked for.
 */
export const planBuild = (
	args: string[],
	{builder, cli, folder = '', isOnlyCommand = true}: BuildSurroundings,
): BuildPlan => {
	const {values, positionals} = parseArgs({
		args,
		strict: false,
		allowPositionals: true,
		options: {
			...Object.fromEntries(withValue.map(name => [name, {type: 'string', multiple: true} as const])),
			tag: {type: 'string', short: 't', multiple: true},
			file: {type: 'string', short: 'f'},
			target: {type: 'string'},
			output: {type: 'string', short: 'o', multiple: true},
		},
	});
	const tags = Array.isArray(values.tag) ? values.tag.filter(tag => typeof tag === 'string') : [];
	const progress = Array.isArray(values.progress) ? String(values.progress.at(-1)) : null;
	return {
		dockerfile: findDockerfile(positionals.at(-1) ?? '.', text(values.file), folder),
		target: text(values.target),
		tags: tags.map(withTag),
		builder,
		format: formatFor(builder, cli, isOnlyCommand && progress === null, progress),
	};
};

export type BuildSurroundings = {
	builder: Builder;
	cli: EngineIdentity['cli'];
	folder?: string;
	isOnlyCommand?: boolean;
};

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

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
