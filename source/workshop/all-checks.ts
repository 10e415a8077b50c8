import type {CheckDeclaration} from '../checks/model.js';
import type {Step} from './model.js';

/** The checks of a step and those of the runs that judge it. */
export const allChecks = ({checks, judge}: Step): CheckDeclaration[] => [
	...checks,
	...judge.flatMap(proof => proof.checks),
];
