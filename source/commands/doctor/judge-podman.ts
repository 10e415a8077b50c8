import type {DockerAnswer} from '../../engine/run-docker.js';
import type {DoctorId} from '../../session/doctor-ids.js';
import {failed, type Judgement, passed, unknown, warning} from './judgement.js';
import {lastLine} from './last-line.js';
import type {Reading} from './reading.js';

/**
 * What there is instead of Docker's builders where Podman answers. `build`: what it said to a Dockerfile with an
 * instruction that does not exist; null when it could not be asked.
 */
export const judgePodman = (
	id: Extract<DoctorId, 'legacy-builder' | 'buildkit' | 'builder'>,
	version: string,
	build: Reading<DockerAnswer> | null,
): Judgement => {
	switch (id) {
		case 'legacy-builder':
			return warning(
				`Podman ${version} does not have the legacy builder: steps that need it are passed over.`,
				recording,
			);
		case 'buildkit':
			return warning(
				`Podman ${version} does not have BuildKit: steps that need it are passed over, and all others build with Buildah.`,
				recording,
			);
		case 'builder':
			return judgeBuildah(build);
	}
};

const judgeBuildah = (build: Reading<DockerAnswer> | null): Judgement => {
	if (!build?.value) return unknown('Podman could not be asked to build.');
	const {stdout, stderr, exitCode} = build.value;
	if (exitCode === null) return unknown('Podman’s Buildah does not answer.', 'look again in a while');
	// It reads the file, begins with its first step, and makes nothing of the second.
	if (/Unknown instruction: "THIS"/.test(stderr)) return passed('Podman builds with Buildah.');
	const words = lastLine(stderr) ?? lastLine(stdout) ?? `it ended with exit code ${exitCode}`;
	return failed(
		`Podman does not build; it says: ${words.replace(/^Error: /, '').replace(/\.$/, '')}.`,
		'see whether `docker build` works in another folder',
	);
};

const recording = 'see them in the recording: `multistage-workshop --replay`';
