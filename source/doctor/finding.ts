import {type EngineProblemFinding, explainEngineError} from '../engine/errors.js';
import type {EngineIdentity} from '../session/ports.js';
import {UserError} from '../text/user-error.js';
import {describeError} from '../text/wording.js';

/** What the doctor looks at, in the order in which it is told. */
export const doctorIds = [
	'node',
	'docker-cli',
	'engine',
	'permission',
	'legacy-builder',
	'buildkit',
	'builder',
	'images',
	'names',
	'ports',
	'curl',
	'terminal',
	'disk',
] as const;

export type DoctorId = (typeof doctorIds)[number];

/** A finding without the word for what was looked at. */
export type Judgement = Omit<DoctorFinding, 'id'>;

export const passed = (reason: string): Judgement => ({verdict: 'passed', reason, next: null});

/** For what the learner should know and the program copes with. `next`: what to run or do, without a full stop. */
export const warning = (reason: string, next: string): Judgement => ({verdict: 'passed', reason, next});

/** `next`: what to run or do, without a full stop. */
export const failed = (reason: string, next: string | null): Judgement => ({verdict: 'failed', reason, next});

/** For what can't be told; never for what is wrong. */
export const unknown = (reason: string, next: string | null = null): Judgement => ({
	verdict: 'unknown',
	reason,
	next,
});

export type Cli = EngineIdentity['cli'];

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

/** The last line that says something; null when there is none. */
export const lastLine = (text: string): string | null =>
	text
		.split('\n')
		.map(line => line.trim())
		.filter(Boolean)
		.at(-1) ?? null;

/** One thing the doctor looked at. One that passed with something to do next is a warning: nothing stands in the way. */
export type DoctorFinding = {
	id: DoctorId;
	verdict: 'passed' | 'failed' | 'unknown';
	reason: string;
	next: string | null;
};

/** What a finding is called where people read it: one that passed and still has something to do next is a warning. */
export const findingStatus = ({
	verdict,
	next,
}: Pick<DoctorFinding, 'verdict' | 'next'>): DoctorFinding['verdict'] | 'warning' =>
	verdict === 'passed' && next !== null ? 'warning' : verdict;

/** The workshop can be done without an answer about these. */
export const optionalFindings: ReadonlySet<DoctorId> = new Set(['ports', 'terminal', 'disk']);

export const blocksWorkshop = ({id, verdict}: DoctorFinding): boolean =>
	verdict === 'failed' || (verdict === 'unknown' && !optionalFindings.has(id));
