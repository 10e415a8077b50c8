import {type DefinedBuild, parseDefinition} from '../docker/build-definition.js';
import type {DescribedBuild} from '../session/ports.js';
import {runDocker} from './docker-cli.js';

/** Milliseconds: a definition is read in a fraction of a second, and without it, the build runs all the same. */
const timeoutMs = 10_000;

/** The first version of Docker Compose that prints its progress as rawjson, minor version of 2. */
const rawjsonSince = 26;

/** Asks docker what a build will build; null if it can't say so. Rejects if there is no docker command. */
export const describeBuild = async (
	build: DefinedBuild,
	place: {cwd: string; env: Record<string, string>},
): Promise<DescribedBuild | null> => {
	const ask = (argv: string[]) => runDocker(argv, {...place, timeoutMs});
	const isCompose = build.tool === 'compose';
	const [printed, version] = await Promise.all([
		ask(build.print),
		isCompose ? ask(['compose', 'version', '--short']) : null,
	]);
	const targets = printed.exitCode === 0 ? parseDefinition(printed.stdout, build) : null;
	return targets && {targets, hasRawjson: version === null || printsRawjson(version.stdout)};
};

const printsRawjson = (version: string): boolean => {
	const [major = 0, minor = 0] = /(\d+)\.(\d+)/.exec(version)?.slice(1).map(Number) ?? [];
	return major > 2 || (major === 2 && minor >= rawjsonSince);
};
