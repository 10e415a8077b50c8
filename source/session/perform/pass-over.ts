import type {Builder} from '../../build/model.js';
import type {Verdict} from '../../checks/model.js';
import type {DockerCommand} from '../../docker/command.js';
import {builderWords} from '../../text/builder-words.js';
import type {Step} from '../../workshop/model.js';
import type {EngineIdentity} from '../ports.js';

/** Flags of `docker build` that only BuildKit knows. */
const buildKitFlags = [
	...['progress', 'output', 'secret', 'ssh', 'cache-to', 'metadata-file', 'provenance', 'sbom', 'attest'],
	...['allow', 'build-context', 'builder', 'annotation', 'call', 'check', 'load', 'push'],
];

/** The builder of Docker's that a step can't do without; null when any will do. */
export const demandedBuilder = (step: Step, docker: DockerCommand | null): Builder | null => {
	if (step.builder !== null) return step.builder;
	if (docker?.isBuildx) return 'buildkit';
	return docker?.verb === 'build' && buildKitFlags.some(flag => docker.flags.all(flag).length > 0)
		? 'buildkit'
		: null;
};

/** Why a step is not run on this engine: Podman has none of Docker's builders. Null: it is run. */
export const passOver = (
	step: Step,
	docker: DockerCommand | null,
	{podman}: EngineIdentity['cli'],
): Verdict | null => {
	const builder = podman === undefined ? null : demandedBuilder(step, docker);
	return builder === null
		? null
		: {
				verdict: 'unknown',
				finding: 'needs-docker',
				reason: `This step needs ${builder === 'legacy' ? 'Docker’s legacy builder' : 'Docker’s BuildKit'}, and Podman builds with ${builderWords('buildah')}.`,
				next: 'go on with the next step; what this one shows is in the recording: `multistage-workshop --replay`',
				evidence: null,
			};
};
