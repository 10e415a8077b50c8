import type {Machine} from './machine.js';

/** The judgement on one finding. One that passed but has a next step is a warning. */
export type Judgement = {
	verdict: 'passed' | 'failed' | 'unknown';
	/** One sentence. */
	reason: string;
	/** What to run or do, without a full stop; null if there is nothing to do. */
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

/** Defines a finding: how to read the machine, and how to judge the reading. */
export const defineFinding = <Id extends string, Reading>(finding: {
	id: Id;
	/** The workshop can be done even if this is unknown. */
	isOptional?: true;
	probe(machine: Machine): Reading | Promise<Reading>;
	judge(reading: Reading): Judgement;
}) => ({
	...finding,
	examine: async (machine: Machine): Promise<Judgement> => finding.judge(await finding.probe(machine)),
});
