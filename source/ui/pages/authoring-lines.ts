import type {SessionState} from '../../session/state.js';
import {hangLine} from '../text/hang-line.js';
import {type Line, span} from '../text/line.js';
import {sentenceSpans} from '../text/sentence-spans.js';
import {wrapLine} from '../text/wrap-line.js';

/** What lint says of the files that their author watches; nothing when all is well or nobody watches. */
export const authoringLines = ({authoring}: SessionState, columns: number): Line[] => {
	const problems = authoring?.problems ?? [];
	if (!authoring || problems.length === 0) return [];
	const count = problems.length === 1 ? 'One problem' : `${problems.length} problems`;
	const kept = authoring.isStale ? ' This is the page as it was before.' : '';
	return [
		...wrapLine([span(`${count} in the files.`, 'failed'), span(kept)], columns),
		...problems.flatMap(problem => hangLine([span('  ')], sentenceSpans(problem), columns)),
		[],
	];
};
