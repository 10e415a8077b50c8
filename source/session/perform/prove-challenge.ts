import type {Builder} from '../../build/model.js';
import type {RunFact, Verdict} from '../../checks/model.js';
import type {Proof, Step} from '../../workshop/model.js';
import {proofId} from '../../workshop/proof-id.js';
import type {Conduct, Performed} from '../conduct.js';
import {emptyView} from '../empty-view.js';
import type {RunView} from '../state.js';
import {judgeStep} from './judge-step.js';
import {passOver} from './pass-over.js';
import {performCommand} from './perform-command.js';
import {planRun, withAddress} from './plan-run.js';
import {withEdit} from './with-edit.js';

/**
 * Judges a challenge that only a run can show to be met: first its checks, by what is there, then one proof after the
 * other, up to the first that fails. Rejects with a `UserError` when a proof can't be run.
 */
export const proveChallenge = async (
	step: Step,
	{builder}: {builder: Builder},
	conduct: Conduct,
): Promise<Performed> => {
	const {engine, lab, signal, onView} = conduct;
	const passedOver = step.builder === null ? null : passOver(step, null, (await engine.identity()).cli);
	let verdict = passedOver ?? (await judgeStep(step, {engine, lab, run: null}));
	let view: RunView = emptyView(step, '');
	let run: RunFact | null = null;
	for (const [index, proof] of step.judge.entries()) {
		if (verdict.verdict !== 'passed') break;
		const recordedAs = proofId(step, index);
		({view, run} = await runProof(step, proof, {builder, recordedAs}, conduct));
		verdict = signal.aborted
			? cancelled
			: await judgeStep({...step, id: recordedAs, checks: proof.checks}, {engine, lab, run});
	}
	view = {...view, phase: 'over', verdict};
	onView(view);
	return {view, verdict, captured: {}, run, notice: run || signal.aborted ? null : describeNoRun(verdict)};
};

/** Without it, nothing on the screen would change: the verdict stands there already. */
const describeNoRun = ({verdict, reason}: Verdict): string | null => {
	if (verdict === 'passed') return null;
	return verdict === 'failed'
		? `Nothing was run, because a check fails already: ${reason}`
		: `Nothing was run: ${reason}`;
};

const runProof = async (
	step: Step,
	{run: command, edit}: Proof,
	{builder, recordedAs}: {builder: Builder; recordedAs: string},
	conduct: Conduct,
): Promise<{view: RunView; run: RunFact}> => {
	const identity = await conduct.engine.identity();
	const line = withAddress(command, identity.address);
	const plan = planRun(line, step.builder ?? builder, identity.cli);
	return withEdit(edit, conduct.lab, () =>
		performCommand({step, plan, commandLine: line, typed: null, identity, recordedAs}, conduct),
	);
};

const cancelled: Verdict = {
	verdict: 'failed',
	finding: 'cancelled',
	reason: 'The judging was cancelled before it ended.',
	next: 'have it judged again',
	evidence: null,
};
