import {messages} from '../messages/index.js';
import type {Builder, BuildFormat} from './model.js';

/** What builds depend on: the docker command. */
export type DockerCli = {
	version: string;
	/** `0.13.1`; null without buildx. */
	buildx: string | null;
	/** The version of the Podman that runs and builds. Left out: Docker does. */
	podman?: string;
};

/** Whether a version of the CLI builds with BuildKit unless it is told otherwise, for which it needs buildx. */
export const usesBuildKit = (version: string): boolean => Number.parseInt(version, 10) >= 23;

/** The CLI of 20.10 contains BuildKit, later ones need the buildx plugin. Null when it can build with BuildKit. */
export const explainMissingBuildKit = ({
	version,
	buildx,
}: DockerCli): {reason: string; next: string} | null =>
	buildx || !usesBuildKit(version)
		? null
		: {
				reason: messages.stages.noBuildx(version),
				next: messages.stages.noBuildxNext,
			};

/**
 * The format in which a builder prints its progress. rawjson needs buildx 0.13; the CLI of 20.10 has BuildKit inside and
 * knows plain only. `mayChoose`: nobody but this program reads it.
 */
export const chooseFormat = (
	builder: Builder,
	{buildx}: DockerCli,
	mayChoose: boolean,
	progress: string | null,
): BuildFormat => {
	if (builder !== 'buildkit') return builder;
	if (progress === 'rawjson') return 'rawjson';
	const [major = 0, minor = 0] = buildx?.split('.').map(Number) ?? [];
	return mayChoose && (major > 0 || minor >= 13) ? 'rawjson' : 'plain';
};

/**
 * The whole environment of a run: what is inherited or set in the session, and on top of it what keeps the command on
 * the engine that is judged, and builds on that engine's own builder. `builder`: null for commands that build nothing.
 * `rawjson` is asked for by environment and only for builds: with the flag the legacy builder fails, and a redirected
 * build would write JSON into the learner's file.
 */
export const environmentFor = (
	environment: Record<string, string>,
	{
		builder,
		plan,
		engine,
	}: {
		builder: Builder | null;
		plan: {build: {builder: Builder; format: BuildFormat} | null};
		engine: {context: string; environment: Record<string, string>};
	},
): Record<string, string> => ({
	...environment,
	...engine.environment,
	// The engine's own builder: buildx calls it by the context's name, and refuses `default` under another context.
	BUILDX_BUILDER: engine.context,
	DOCKER_CLI_HINTS: 'false',
	...(builder && {DOCKER_BUILDKIT: builder === 'buildkit' ? '1' : '0'}),
	...(plan.build?.builder === 'buildkit' ? {BUILDKIT_PROGRESS: plan.build.format} : {}),
});
