import type {Root} from 'mdast';
import type {Step} from '../../workshop/model.js';
import type {SessionState} from '../state.js';

/** What is revealed of a step, in the order in which it was: hints, in the end the solution. */
export const selectHints = (state: SessionState, step: Step): Array<{title: string; content: Root}> => {
	const {hints, solution} = step;
	const revealed = state.hints[step.id] ?? 0;
	const fitting = (state.hintsFor[step.id] ?? []).flatMap(({finding, behind}) => {
		const content = fittingHint(step, finding);
		return content ? [{title: 'Hint for what was found', content, behind}] : [];
	});
	const ladder = hints.slice(0, revealed).map((content, index) => ({
		title: hints.length > 1 ? `Hint ${index + 1} of ${hints.length}` : 'Hint',
		content,
	}));
	if (solution && revealed > hints.length) ladder.push({title: 'Solution', content: solution});
	return [null, ...ladder].flatMap((hint, index) => [
		...(hint ? [hint] : []),
		...fitting.filter(({behind}) => behind === index),
	]);
};

/** The finding of a step's latest verdict, when it has a hint of its own that is not revealed yet; else null. */
export const selectFittingFinding = (state: SessionState, step: Step): string | null => {
	const finding = (state.challenges[step.id] ?? state.runs[step.id]?.verdict)?.finding;
	const content = finding === undefined ? null : fittingHint(step, finding);
	if (finding === undefined || content === null) return null;
	// Several findings may have the same hint.
	const isKnown = (state.hintsFor[step.id] ?? []).some(one => fittingHint(step, one.finding) === content);
	return isKnown ? null : finding;
};

/** What the next hint is; null when all is revealed that helps now. */
export const selectNextHelp = (state: SessionState, step: Step): 'hint' | 'solution' | null => {
	const {hints, solution} = step;
	const revealed = state.hints[step.id] ?? 0;
	if (selectFittingFinding(state, step) !== null || revealed < hints.length) return 'hint';
	return solution && revealed === hints.length ? 'solution' : null;
};

/** Whether a challenge's solution may be run: once it, or without a text of it the last hint, is revealed. */
export const selectMayBeSolved = (state: SessionState, {id, hints, solution}: Step): boolean =>
	(state.hints[id] ?? 0) >= hints.length + (solution ? 1 : 0);

const fittingHint = ({fittingHints}: Step, finding: string): Root | null =>
	fittingHints.find(({findings}) => findings.includes(finding))?.content ?? null;
