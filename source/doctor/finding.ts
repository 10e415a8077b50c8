import type {Machine} from './machine.js';

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

/** One thing that the doctor looks at: how it is read, and what is said about what was read. */
export const defineFinding = <Id extends string, Reading>(finding: {
	id: Id;
	/** The workshop can be done without an answer about it. */
	isOptional?: true;
	probe(machine: Machine): Reading | Promise<Reading>;
	judge(reading: Reading): Judgement;
}) => ({
	...finding,
	examine: async (machine: Machine): Promise<Judgement> => finding.judge(await finding.probe(machine)),
});
