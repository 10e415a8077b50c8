import {ValidationCode, validate} from 'dockerfile-utils';
import type {StageGraph} from '../model.js';
import {parseDockerfile} from './parse-dockerfile.js';

/** A mistake in a Dockerfile; its place from 1. */
export type DockerfileProblem = {line: number; column: number; message: string};

/** What the language server calls an error; the rest is taste. */
const errorSeverity = 1;

/**
 * Errors for the language server, which the newest BuildKit builds: flags that came later than it, names of signals
 * without `SIG`, and what only the legacy builder refuses.
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

/** A `HEALTHCHECK` takes 0 for what is usual. */
const zeroDuration = /(?:duration 0|\(not 0\))$/;

/** What the newest BuildKit would not take in a Dockerfile, and its stages when there is nothing. */
export const lintDockerfile = (text: string): {problems: DockerfileProblem[]; graph: StageGraph | null} => {
	const lines = text.split(/\r?\n/);
	const problems = validate(text)
		.filter(({severity, code}) => severity === errorSeverity && !acceptedByBuildKit.has(code))
		.map(({message, range: {start}}) => ({
			line: start.line + 1,
			column: start.character + 1,
			message: typeof message === 'string' ? message : message.value,
		}))
		// `ENTRYPOINT` alone takes away that of the base image.
		.filter(
			({line, message}) => !zeroDuration.test(message) && !/^\s*ENTRYPOINT\s*$/i.test(lines[line - 1] ?? ''),
		);
	return {problems, graph: problems.length === 0 ? parseDockerfile(text) : null};
};
