import type {BuildOptions, StageGraph} from './model.js';
import {DockerfileError, parseDockerfile} from './parse-dockerfile.js';

/**
 * The stages of a Dockerfile, as far as they can be told: none when it can't be understood or is not there (null), all
 * of them when it lacks the target. The builder will say why it can't build.
 */
export const readGraph = (text: string | null, options: BuildOptions = {}): StageGraph => {
	const {target} = options;
	const none: StageGraph = {stages: [], target: target || 'final', reachable: []};
	if (text === null) return none;
	try {
		return parseDockerfile(text, options);
	} catch (error) {
		if (!(error instanceof DockerfileError)) throw error;
		if (!target) return none;
		const {stages} = readGraph(text, {...options, target: undefined});
		// Nothing will be built, so nothing is skipped.
		return {stages, target, reachable: stages.map(({name}) => name)};
	}
};
