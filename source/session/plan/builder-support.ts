import {failed, passed, unknown} from '../../checks/facts.js';
import type {Verdict} from '../../checks/model.js';
import type {DockerCommand} from '../../docker/command.js';
import {messages} from '../../messages/index.js';
import {explainMissingBuildKit, usesBuildKit} from '../../stages/builders.js';
import {type Builder, nameBuilder} from '../../stages/model.js';
import type {Step} from '../../workshop/model.js';
import type {EngineIdentity} from '../ports.js';

/**
 * Judges whether the CLI supports a builder. CLI 20.10 includes BuildKit, later ones need the buildx plugin, and all
 * include the legacy builder. Podman has only one builder.
 */
export const judgeBuilderSupport = (builder: Builder, cli: EngineIdentity['cli']): Verdict => {
	const {podman, chosen, thenRunAgain} = messages.session.builder;
	if (cli.podman !== undefined) return passed(podman);
	const missing = builder === 'buildkit' ? explainMissingBuildKit(cli) : null;
	return missing
		? failed('no-buildx', missing.reason, thenRunAgain(missing.next))
		: passed(chosen(nameBuilder(builder)));
};

/** The builder that `DOCKER_BUILDKIT` selects; null: it is unset, and the CLI decides. */
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

/** Flags of `docker build` that only BuildKit supports. */
const buildKitOnlyFlags = [
	...['progress', 'output', 'secret', 'ssh', 'cache-to', 'metadata-file', 'provenance', 'sbom', 'attest'],
	...['allow', 'build-context', 'builder', 'annotation', 'call', 'check', 'load', 'push'],
];

/** The builder of Docker's that a step requires; null if any will do. */
const requiredBuilder = (step: Step, docker: DockerCommand | null): Step['builder'] => {
	if (step.builder !== null) return step.builder;
	if (docker?.isBuildx) return 'buildkit';
	return docker?.verb === 'build' && buildKitOnlyFlags.some(flag => docker.flags.all(flag).length > 0)
		? 'buildkit'
		: null;
};

/** The verdict of a step that needs one of Docker's builders and can't run with Podman; null if the step can run. */
export const unsupportedBuilderVerdict = (
	step: Step,
	docker: DockerCommand | null,
	{podman}: EngineIdentity['cli'],
): Verdict | null => {
	const builder = podman === undefined ? null : requiredBuilder(step, docker);
	const {stepNeeds, seeRecording} = messages.session.builder;
	return builder && unknown('needs-docker', stepNeeds[builder], seeRecording);
};
