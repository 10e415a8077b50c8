import type {DockerAnswer} from '../../engine/run-docker.js';
import {failed, type Judgement, passed, unknown} from './judgement.js';
import {lastLine} from './last-line.js';
import type {Reading} from './reading.js';

/**
 * Does the legacy builder still build? `attempt`: what it said to a Dockerfile that is none, null without an engine. To
 * complain of it, it has to be there, and it makes nothing.
 */
export const judgeLegacyBuilder = (attempt: Reading<DockerAnswer> | null): Judgement => {
	if (!attempt?.value) return unknown('There is no engine that the docker command could build on.');
	const {stdout, stderr, exitCode} = attempt.value;
	if (exitCode === null) return unknown('The legacy builder does not answer.', 'look again in a while');
	if (/^Error response from daemon: .*dockerfile parse error/m.test(stderr))
		return passed('The legacy builder is there.');
	if (/^#\d+ \[internal\]|^ERROR: failed to (?:solve|build)|"vertexes":/m.test(`${stdout}\n${stderr}`)) {
		return failed(
			'The legacy builder is gone: the docker command builds with BuildKit even with `DOCKER_BUILDKIT=0`.',
			recording,
		);
	}
	const words = lastLine(stderr) ?? lastLine(stdout) ?? `it ended with exit code ${exitCode}`;
	return failed(
		`The legacy builder is not there; with \`DOCKER_BUILDKIT=0\` the docker command says: ${words.replace(/\.$/, '')}.`,
		recording,
	);
};

const recording = 'play the recording of its steps: `multistage-workshop --replay`';
