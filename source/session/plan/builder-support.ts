import {failed, passed} from '../../checks/facts.js';
import type {Verdict} from '../../checks/model.js';
import type {DockerCommand} from '../../docker/command.js';
import {explainMissingBuildKit} from '../../stages/builders.js';
import {type Builder, nameBuilder} from '../../stages/model.js';
import type {Step} from '../../workshop/model.js';
import type {EngineIdentity} from '../ports.js';

/**
 * Whether the CLI can build with a builder at all. The CLI of 20.10 has BuildKit inside, later ones need the
 * buildx plugin; the legacy builder is still in every one of them. With Podman there is nothing to choose.
 */
export const judgeBuilderSupport = (builder: Builder, cli: EngineIdentity['cli']): Verdict => {
	if (cli.podman !== undefined) {
		return passed(
			'Podman builds with Buildah, whatever is chosen here: it has no builder of Docker’s. The recording shows both: `multistage-workshop --replay`.',
		);
	}
	const missing = builder === 'buildkit' ? explainMissingBuildKit(cli) : null;
	return missing
		? failed('no-buildx', missing.reason, `${missing.next}, then run this step again`)
		: passed(`Builds use ${nameBuilder(builder)} from here on.`);
};

/** Flags of `docker build` that only BuildKit knows. */
const buildKitOnlyFlags = [
	...['progress', 'output', 'secret', 'ssh', 'cache-to', 'metadata-file', 'provenance', 'sbom', 'attest'],
	...['allow', 'build-context', 'builder', 'annotation', 'call', 'check', 'load', 'push'],
];

/** The builder of Docker's that a step can't do without; null when any will do. */
export const requiredBuilder = (step: Step, docker: DockerCommand | null): Builder | null => {
	if (step.builder !== null) return step.builder;
	if (docker?.isBuildx) return 'buildkit';
	return docker?.verb === 'build' && buildKitOnlyFlags.some(flag => docker.flags.all(flag).length > 0)
		? 'buildkit'
		: null;
};

/** Why a step is not run on this engine: Podman has none of Docker's builders. Null: it is run. */
export const unsupportedBuilderVerdict = (
	step: Step,
	docker: DockerCommand | null,
	{podman}: EngineIdentity['cli'],
): Verdict | null => {
	const builder = podman === undefined ? null : requiredBuilder(step, docker);
	return builder === null
		? null
		: {
				verdict: 'unknown',
				finding: 'needs-docker',
				reason: `This step needs ${builder === 'legacy' ? 'Docker’s legacy builder' : 'Docker’s BuildKit'}, and Podman builds with ${nameBuilder('buildah')}.`,
				next: 'go on with the next step; what this one shows is in the recording: `multistage-workshop --replay`',
				evidence: null,
			};
};
