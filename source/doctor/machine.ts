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

/** A machine to examine, and the workshop that it is to run. */
export type DoctorTarget = {
	workshop: Workshop;
	/** The shipped solution of a challenge; a `UserError` when there is none. */
	solutionOf(stepId: string): Overlay;
	stateFolder: string;
	labFolder: string;
	env: Record<string, string>;
	ledger: Ledger;
	/** Checks the pack that the images are to come from; null when they come from a registry. */
	inspectPack: (() => Promise<PackInspection>) | null;
};

/**
 * A pack in which nothing is wrong. `state`: what the engine has of it; null without an engine. `unchecked`: what
 * could not be checked, as a sentence; null when everything was.
 */
export type PackInspection = {state: PackState | null; unchecked: string | null};

/** The target with what several findings need of it; none of the promises rejects. Null: that takes an engine. */
export type Machine = ReturnType<typeof createMachine>;

/** Begins to read what several findings need, all at the same time as far as one thing does not follow from another. */
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
		/** Whether the CLI works with the engine that has answered us. */
		cliOnEngine,
		objects: withEngine(({things}) => things()),
		/** The entries of the ledger for the engine. */
		ledgerEntries: engine.then(({value}) => (value ? ledger.entries(value.id) : [])),
		/** The output of `docker buildx inspect` for the builder that the workshop's builds use. */
		ownBuilder: withWorkingCli(({podman, context, environment}) =>
			podman === null ? inspectBuilder([context], environment) : null,
		),
		/** The same for the builder that is selected in other terminals. */
		selectedBuilder: settleProbe(inspectBuilder([], {})),
		/** Builds as a step does, and leaves nothing. Null too where the engine has no such builder. */
		tryBuild: (builder: Builder) =>
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

/** Milliseconds that one question may take at most: a docker command may be slow at its first start. */
export const probeTimeoutMs = 8000;

/** Something that was read on this machine, or why it could not be. */
export type ProbeResult<Value> =
	| {value: Value; trouble: null}
	| {value: null; trouble: {finding: EngineProblemFinding; reason: string; next: string | null}};

/** Waits for what is read. Never rejects. */
export const settleProbe = async <Value>(reading: Promise<Value>): Promise<ProbeResult<Value>> => {
	try {
		return {value: await reading, trouble: null};
	} catch (error) {
		const known = error instanceof UserError;
		const {finding} = explainEngineError(known ? (error.cause ?? error) : error, '');
		return {value: null, trouble: {finding, reason: describeError(error), next: known ? error.next : null}};
	}
};
