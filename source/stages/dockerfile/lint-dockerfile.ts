import {ValidationCode, validate} from 'dockerfile-utils';
import type {StageGraph} from '../model.js';
import {parseDockerfile} from './parse-dockerfile.js';

/** A mistake in a Dockerfile; line and column count from 1. */
export type DockerfileProblem = {line: number; column: number; message: string};

/** The severity of errors; anything less is a matter of taste. */
const errorSeverity = 1;

/**
 * Errors to the language server, but not to the newest BuildKit: newer flags, names of signals without `SIG`, and what
 * only the legacy builder rejects.
 */
const acceptedByBuildKit = new Set<unknown>([
	ValidationCode.UNKNOWN_ADD_FLAG,
	ValidationCode.UNKNOWN_COPY_FLAG,
	ValidationCode.UNKNOWN_FROM_FLAG,
	ValidationCode.UNKNOWN_HEALTHCHECK_FLAG,
	ValidationCode.INVALID_SIGNAL,
	ValidationCode.INVALID_DESTINATION,
	ValidationCode.DUPLICATE_BUILD_STAGE_NAME,
	ValidationCode.FLAG_LESS_THAN_1MS,
]);

/** Messages about a zero duration, which `HEALTHCHECK` accepts as the default. */
const zeroDuration = /(?:duration 0|\(not 0\))$/;

/** Returns what the newest BuildKit would reject in a Dockerfile, and its stages if there is nothing. */
export const lintDockerfile = (text: string): {problems: DockerfileProblem[]; graph: StageGraph | null} => {
	const problems = findDockerfileProblems(text);
	return {problems, graph: problems.length === 0 ? parseDockerfile(text) : null};
};

/** Returns what the newest BuildKit would reject in a Dockerfile. */
export const findDockerfileProblems = (text: string): DockerfileProblem[] => {
	const lines = text.split(/\r?\n/);
	return (
		validate(text)
			.filter(({severity, code}) => severity === errorSeverity && !acceptedByBuildKit.has(code))
			.map(({message, range: {start}}) => ({
				line: start.line + 1,
				column: start.character + 1,
				message: typeof message === 'string' ? message : message.value,
			}))
			// `ENTRYPOINT` alone resets that of the base image.
			.filter(
				({line, message}) =>
					!zeroDuration.test(message) && !/^\s*ENTRYPOINT\s*$/i.test(lines[line - 1] ?? ''),
			)
	);
};
