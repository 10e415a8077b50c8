import {type DockerOutput, readCliVersions, runDocker, verifyCli} from '../engine/docker-cli.js';
import {requireMatchingCli} from '../engine/endpoint.js';
import {type EngineProblemFinding, explainEngineError} from '../engine/errors.js';
import {type EngineInspection, inspectEngine} from '../engine/inspect-engine.js';
import type {Ledger} from '../ownership/ledger.js';
import type {PackState} from '../pack/load-pack.js';
import {chooseFormat, type DockerCli, environmentFor} from '../stages/builders.js';
import type {Builder} from '../stages/model.js';
import {UserError} from '../text/user-error.js';
import {describeError} from '../text/wording.js';
import type {Overlay, Workshop} from '../workshop/model.js';

/** The machine that the doctor examines, and the workshop to run on it. */
export type DoctorTarget = {
	workshop: Workshop;
	/** The shipped solution of a challenge. Throws a `UserError` if there is none. */
	solutionOf(stepId: string): Overlay;
	stateFolder: string;
	labFolder: string;
	env: Record<string, string>;
	ledger: Ledger;
	/** Verifies the pack that provides the images; null if they come from a registry. */
	inspectPack: (() => Promise<PackInspection>) | null;
};

/**
 * The result for a valid pack. `state`: which images the engine has; null without an engine. `unchecked`: a sentence on
 * what could not be verified; null if everything was.
 */
export type PackInspection = {state: PackState | null; unchecked: string | null};

/** The target, with the readings that several findings share. They never reject. Null: there is no engine to read. */
export type Machine = ReturnType<typeof createMachine>;

/** Starts all readings that several findings share, in parallel unless one depends on another. */
export const createMachine = (target: DoctorTarget) => {
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
		/** Whether the CLI works with the engine that answered us. */
		cliOnEngine,
		objects: withEngine(({things}) => things()),
		/** The ledger's entries for the engine. */
		ledgerEntries: engine.then(({value}) => (value ? ledger.entries(value.id) : [])),
		/** The output of `docker buildx inspect` for the builder that the workshop's builds use. */
		ownBuilder: withWorkingCli(({podman, context, environment}) =>
			podman === null ? inspectBuilder([context], environment) : null,
		),
		/** The same for the builder that is currently selected. */
		selectedBuilder: settleProbe(inspectBuilder([], {})),
		/** Builds as a step does, and leaves nothing behind. Also null if the engine lacks this builder. */
		tryBuild: (builder: Builder) =>
			withWorkingCli((inspection, known) =>
				(builder === 'buildah') === (inspection.podman !== null)
					? tryBuild(builder, {env, engine: inspection, cli: known})
					: null,
			),
	};

	/** Also null if the engine rejects the CLI, which then can't report on builders. */
	async function withWorkingCli(
		work: (engine: EngineInspection, cli: DockerCli) => Promise<DockerOutput> | null,
	) {
		const [{value: inspection}, works, {value: known}] = await Promise.all([engine, cliOnEngine, cli]);
		const output = inspection && works?.value && known ? work(inspection, known) : null;
		return output && settleProbe(output);
	}
};

/**
 * Runs a test build, as a step would. The legacy builder and Buildah prove that they work by rejecting an invalid
 * Dockerfile, from which they create nothing. BuildKit does build, from scratch, and keeps no image.
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

/** The Dockerfile that tests each builder. */
const probeDockerfiles: Record<Builder, string> = {
	legacy: 'THIS is no Dockerfile\n',
	buildkit: 'FROM scratch\nLABEL made-by=doctor\n',
	buildah: 'FROM scratch\nTHIS is no Dockerfile\n',
};

/**
 * A build from a pipe needs a temporary folder, and hangs with the experimental buildx (0.13). Builds of steps do
 * neither.
 */
const pipedBuildEnvironment = {TMPDIR: '', BUILDX_EXPERIMENTAL: ''};

/** Milliseconds for one query: the first docker command may start slowly. */
export const probeTimeoutMs = 8000;

/** A value read on this machine, or why it could not be read. */
export type ProbeResult<Value> =
	| {value: Value; trouble: null}
	| {value: null; trouble: {finding: EngineProblemFinding; reason: string; next: string | null}};

/** Waits for a reading. Never rejects. */
export const settleProbe = async <Value>(reading: Promise<Value>): Promise<ProbeResult<Value>> => {
	try {
		return {value: await reading, trouble: null};
	} catch (error) {
		const known = error instanceof UserError;
		const {finding} = explainEngineError(known ? (error.cause ?? error) : error, '');
		return {value: null, trouble: {finding, reason: describeError(error), next: known ? error.next : null}};
	}
};
