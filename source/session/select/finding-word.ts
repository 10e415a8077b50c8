import type {DoctorFinding} from '../state.js';

/** What a finding is called where people read it: one that passed and still has something to do next is a warning. */
export const findingWord = ({
	verdict,
	next,
}: Pick<DoctorFinding, 'verdict' | 'next'>): DoctorFinding['verdict'] | 'warning' =>
	verdict === 'passed' && next !== null ? 'warning' : verdict;
