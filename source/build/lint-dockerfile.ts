import {validate} from 'dockerfile-utils';
import type {StageGraph} from './model.js';
import {parseDockerfile} from './parse-dockerfile.js';

/** A mistake in a Dockerfile; its place from 1. */
export type DockerfileProblem = {line: number; column: number; message: string};

/** What the language server calls an error; the rest is taste. */
const isError = 1;

/** What no builder would take in a Dockerfile, and its stages when there is nothing. */
export const lintDockerfile = (text: string): {problems: DockerfileProblem[]; graph: StageGraph | null} => {
	const problems = validate(text)
		.filter(({severity}) => severity === isError)
		.map(({message, range: {start}}) => ({
			line: start.line + 1,
			column: start.character + 1,
			message: typeof message === 'string' ? message : message.value,
		}));
	return {problems, graph: problems.length === 0 ? parseDockerfile(text) : null};
};
