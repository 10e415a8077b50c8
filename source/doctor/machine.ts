import {type DockerOutput, readCliVersions, runDocker, verifyCli} from '../engine/docker-cli.js';
import {requireMatchingCli} from '../engine/endpoint.js';
import {type EngineInspection, inspectEngine} from '../engine/inspect-engine.js';
import {chooseFormat, type DockerCli, environmentFor} from '../stages/builders.js';
import type {Builder} from '../stages/model.js';
import {type DoctorTarget, type Machine, probeTimeoutMs, settleProbe} from './finding.js';

/** Begins to read what several findings need, all at the same time as far as one thing does not follow from another. */
export const createMachine = (target: DoctorTarget): Machine => {
	const {env, ledger} = target;
	const cli = settleProbe(readCliVersions(env, probeTimeoutMs));
	const engine = settleProbe(inspectEngine(env));
	const withEngine = async <Value>(work: (engine: EngineInspection) => Promise<Value>) => {
		const {value} = await engine;
		return value && settleProbe(work(value));
	};
	const cliOnEngine = withEngine(async inspection => {
		await verifyCli(env, inspection.endpoint, probeTimeoutMs);
		const {value} = await cli;
		if (value) requireMatchingCli(value, inspection);
		return true as const;
	});
	const inspectBuilder = (name: string[], environment: Record<string, string>) =>
		runDocker(['buildx', 'inspect', ...name], {env: {...env, ...environment}, timeoutMs: probeTimeoutMs});
	return {
		...target,
		cli,
		engine,
		cliOnEngine,
		objects: withEngine(({things}) => things()),
		ledgerEntries: engine.then(({value}) => (value ? ledger.entries(value.id) : [])),
		ownBuilder: withWorkingCli(({podman, context, environment}) =>
			podman === null ? inspectBuilder([context], environment) : null,
		),
		selectedBuilder: settleProbe(inspectBuilder([], {})),
		tryBuild: builder =>
			withWorkingCli((inspection, known) =>
				(builder === 'buildah') === (inspection.podman !== null)
					? tryBuild(builder, {env, engine: inspection, cli: known})
					: null,
			),
	};

	/** Null too where the engine refuses the CLI, which can't say anything about builders then. */
	async function withWorkingCli(
		work: (engine: EngineInspection, cli: DockerCli) => Promise<DockerOutput> | null,
	) {
		const [{value: inspection}, works, {value: known}] = await Promise.all([engine, cliOnEngine, cli]);
		const output = inspection && works?.value && known ? work(inspection, known) : null;
		return output && settleProbe(output);
	}
};

/**
 * Lets a builder build as it does for a step. To complain of a Dockerfile that is none, the legacy builder and Buildah
 * have to be there, and they make nothing of it; BuildKit really builds, from nothing, and keeps no image.
 */
const tryBuild = (
	builder: Builder,
	{env, engine, cli}: {env: Record<string, string>; engine: EngineInspection; cli: DockerCli},
): Promise<DockerOutput> => {
	const build = {builder, format: chooseFormat(builder, cli, true, null)};
	return runDocker(['build', ...(builder === 'buildkit' ? ['--output', 'type=cacheonly'] : []), '-'], {
		env: {...environmentFor(env, {builder, plan: {build}, engine}), ...pipedBuildEnvironment},
		timeoutMs: probeTimeoutMs,
		input: probeDockerfiles[builder],
	});
};

/** A Dockerfile for each builder to show that it is there. */
const probeDockerfiles: Record<Builder, string> = {
	legacy: 'THIS is no Dockerfile\n',
	buildkit: 'FROM scratch\nLABEL made-by=doctor\n',
	buildah: 'FROM scratch\nTHIS is no Dockerfile\n',
};

/**
 * A Dockerfile from a pipe takes a temporary folder, and hangs with the experimental buildx (0.13): the steps' builds do
 * neither.
 */
const pipedBuildEnvironment = {TMPDIR: '', BUILDX_EXPERIMENTAL: ''};
