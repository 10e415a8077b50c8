import {failed, passed, unknown} from '../../checks/facts.js';
import type {Verdict} from '../../checks/model.js';
import type {DockerCommand} from '../../docker/command.js';
import {explainMissingBuildKit, usesBuildKit} from '../../stages/builders.js';
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

/** The builder that `DOCKER_BUILDKIT` chooses; null: it is unset, and the CLI chooses. */
export const builderForVariable = (
	value: string | null,
	cli: Pick<EngineIdentity['cli'], 'version' | 'buildx'> | null = null,
): Builder => {
	const isLegacy =
		value === null
			? cli === null || cli.buildx === null || !usesBuildKit(cli.version)
			: value === '0' || value.toLowerCase() === 'false';
	return isLegacy ? 'legacy' : 'buildkit';
};

/** The builder that a builder step's command chooses; null when it is another command. */
export const builderChosenByStep = ({kind, command}: Step): Builder | null => {
	const [, value] = /^export DOCKER_BUILDKIT=([01])$/.exec(command ?? '') ?? [];
	return kind === 'builder' && value !== undefined ? builderForVariable(value) : null;
};

/** Flags of `docker build` that only BuildKit knows. */
const buildKitOnlyFlags = [
	...['progress', 'output', 'secret', 'ssh', 'cache-to', 'metadata-file', 'provenance', 'sbom', 'attest'],
	...['allow', 'build-context', 'builder', 'annotation', 'call', 'check', 'load', 'push'],
];

/** Docker's builder that a step requires; null when any will do. */
const requiredBuilder = (step: Step, docker: DockerCommand | null): Builder | null => {
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
		: unknown(
				'needs-docker',
				`This step needs ${builder === 'legacy' ? 'Docker’s legacy builder' : 'Docker’s BuildKit'}, and Podman builds with ${nameBuilder('buildah')}.`,
				'go on with the next step; what this one shows is in the recording: `multistage-workshop --replay`',
			);
};
