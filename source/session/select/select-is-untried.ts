import type {SessionState} from '../state.js';

/** Findings of a port chain that has no beginning: whatever was typed, there is nothing to judge yet. */
const nothingThere: ReadonlySet<string> = new Set(['no-container', 'no-image']);

/** Whether a challenge waits for its first try: until then it has not failed, it is just as it was given. */
export const selectIsUntried = ({challenges, passed, tried}: SessionState, stepId: string): boolean => {
	const verdict = challenges[stepId];
	if (verdict?.verdict !== 'failed' || passed[stepId]) return false;
	return verdict.evidence ? nothingThere.has(verdict.finding) : !tried[stepId];
};
