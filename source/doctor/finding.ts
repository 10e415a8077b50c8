import type {DockerOutput} from '../engine/docker-cli.js';
import {type EngineProblemFinding, explainEngineError} from '../engine/errors.js';
import type {EngineInspection, ExistingObjects} from '../engine/inspect-engine.js';
import type {Ledger, LedgerEntry} from '../ownership/ledger.js';
import type {PackState} from '../pack/load-pack.js';
import type {DockerCli} from '../stages/builders.js';
import type {Builder} from '../stages/model.js';
import {UserError} from '../text/user-error.js';
import {describeError} from '../text/wording.js';
import type {Overlay, Workshop} from '../workshop/model.js';

/** What the doctor says about one thing. One that passed with something to do next is a warning. */
export type Judgement = {
	verdict: 'passed' | 'failed' | 'unknown';
	/** One sentence. */
	reason: string;
	/** What to run or do, without a full stop; null when there is nothing to do. */
	next: string | null;
};

type Said = string | Omit<Judgement, 'verdict'>;

const judgeAs =
	(verdict: Judgement['verdict']) =>
	(said: Said): Judgement => ({
		verdict,
		...(typeof said === 'string' ? {reason: said, next: null} : {reason: said.reason, next: said.next}),
	});

export const passed = judgeAs('passed');

export const failed = judgeAs('failed');

/** For what can't be determined; never for what is wrong. */
export const unknown = judgeAs('unknown');

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
export type Machine = DoctorTarget & {
	cli: Promise<ProbeResult<DockerCli>>;
	engine: Promise<ProbeResult<EngineInspection>>;
	/** Whether the CLI works with the engine that has answered us. */
	cliOnEngine: Promise<ProbeResult<true> | null>;
	objects: Promise<ProbeResult<ExistingObjects> | null>;
	/** The entries of the ledger for the engine. */
	ledgerEntries: Promise<LedgerEntry[]>;
	/** The output of `docker buildx inspect` for the builder that the workshop's builds use. */
	ownBuilder: Promise<ProbeResult<DockerOutput> | null>;
	/** The same for the builder that is selected in other terminals. */
	selectedBuilder: Promise<ProbeResult<DockerOutput>>;
	/** Builds as a step does, and leaves nothing. Null too where the engine has no such builder. */
	tryBuild(builder: Builder): Promise<ProbeResult<DockerOutput> | null>;
};

/** Milliseconds that one question may take at most: a docker command may be slow at its first start. */
export const probeTimeoutMs = 8000;

/** One thing that the doctor looks at: how it is read, and what is said about what was read. */
export type Finding<Id extends string, Reading> = {
	id: Id;
	/** The workshop can be done without an answer about it. */
	isOptional?: true;
	probe(machine: Machine): Reading | Promise<Reading>;
	judge(reading: Reading): Judgement;
};

/** Joins the two halves of a finding: what `probe` reads is what `judge` gets. */
export const defineFinding = <Id extends string, Reading>(finding: Finding<Id, Reading>) => ({
	...finding,
	examine: async (machine: Machine): Promise<Judgement> => finding.judge(await finding.probe(machine)),
});

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
