import type {ExecutionContext} from 'ava';
import type {DoctorFinding} from '../../source/doctor/registry.js';
import {doctorIds} from '../../source/doctor/registry.js';
import {type CliOptions, type CliResult, runCli} from '../tools/run-cli.js';

/** What the doctor has to say of one ID. */
export type Diagnosis = {
	id: (typeof doctorIds)[number];
	verdict: DoctorFinding['verdict'];
	/** Matches reason and next, with a space between. */
	says: RegExp;
};

/** Reads what `doctor --json` printed: every ID once and in order, and the exit code that fits. */
export const readFindings = (t: ExecutionContext, stdout: string, exitCode: number): DoctorFinding[] => {
	const {format, passed, findings}: {format: number; passed: boolean; findings: DoctorFinding[]} =
		JSON.parse(stdout);
	t.is(format, 1);
	t.deepEqual(
		findings.map(({id}) => id),
		[...doctorIds],
	);
	for (const {reason, next} of findings) {
		t.regex(reason, /^[A-Z`c][^\n]+[.?]$/);
		t.true(next === null || next.length > 0);
	}
	t.is(exitCode, passed ? 0 : 3);
	return findings;
};

/** Runs `doctor --json` and compares: the finding, and an exit code of 3 exactly when it failed. */
export const isDiagnosed = async (
	t: ExecutionContext,
	{args = [], ...options}: CliOptions & {args?: string[]},
	{id, verdict, says}: Diagnosis,
	run: (args: string[], options: CliOptions) => Promise<CliResult> = runCli,
): Promise<DoctorFinding[]> => {
	const {stdout, exitCode} = await run(['doctor', '--json', ...args], options);
	const findings = readFindings(t, stdout, exitCode);
	const found = findings.find(finding => finding.id === id);
	t.is(found?.verdict, verdict, found?.reason);
	t.regex(`${found?.reason} ${found?.next}`, says);
	if (verdict === 'failed') t.is(exitCode, 3);
	return findings;
};

/** All that fails. */
export const failedIds = (findings: DoctorFinding[]): string[] =>
	findings.filter(({verdict}) => verdict === 'failed').map(({id}) => id);
