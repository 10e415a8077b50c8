import {messages} from '../messages/index.js';
import type {Builder, BuildFormat} from './model.js';

/** The versions of the Docker CLI and its builders. */
export type DockerCli = {
	version: string;
	/** `0.13.1`; null without buildx. */
	buildx: string | null;
	/** The version of Podman, if Podman runs and builds instead of Docker. */
	podman?: string;
};

/** Whether a version of the CLI builds with BuildKit by default; for that it needs buildx. */
export const usesBuildKit = (version: string): boolean => Number.parseInt(version, 10) >= 23;

/**
 * Explains why the CLI can't build with BuildKit: since 23 it needs buildx, while 20.10 contains BuildKit. Null if it
 * can.
 */
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
 * Returns the format in which a builder prints its progress. rawjson needs buildx 0.13; the CLI of 20.10 has BuildKit
 * built in and prints plain only. `mayChoose`: nobody but this program reads the output.
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
 * Returns the environment of a run: the variables that are inherited or set in the session, and those that keep the
 * command on the engine that is judged, and builds on that engine's own builder. `builder`: null for commands that
 * build nothing. A variable selects `rawjson`, and only for builds: the legacy builder fails on the flag, and a
 * redirected build would write JSON into the learner's file.
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
	// The engine's own builder: buildx names it after the context, and refuses `default` in another context.
	BUILDX_BUILDER: engine.context,
	DOCKER_CLI_HINTS: 'false',
	...(builder && {DOCKER_BUILDKIT: builder === 'buildkit' ? '1' : '0'}),
	...(plan.build?.builder === 'buildkit' ? {BUILDKIT_PROGRESS: plan.build.format} : {}),
});
