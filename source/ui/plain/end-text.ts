import {selectMainSteps} from '../../session/select/select.js';
import {selectAllCompared} from '../../session/select/select-timelines.js';
import type {SessionState} from '../../session/state.js';
import {compareBuilders} from '../graph/compare-builders.js';
import {hintsUsed} from '../pages/hints-used.js';
import {type Line, span} from '../text/line.js';
import {wrapLine} from '../text/wrap-line.js';
import type {PlainPage} from './plain-page.js';

/** What was done in this workshop. */
export const endText = (state: SessionState, {columns}: PlainPage): Line[] => {
	const steps = selectMainSteps(state);
	const open = steps.filter(({id}) => !state.passed[id]);
	const sentences = [
		open.length === 0 ? 'Done: every step passed.' : 'The end of the workshop.',
		`${steps.length - open.length} of ${steps.length} steps passed; ${hintsUsed(state)}.`,
		...(open.length > 0 ? [`Not passed yet: ${open.map(({title}) => `“${title}”`).join(', ')}.`] : []),
		...selectAllCompared(state).map(
			({dockerfile, target, ...compared}) => `${dockerfile}, target ${target}: ${compareBuilders(compared)}`,
		),
	];
	return [[], ...sentences.flatMap(sentence => wrapLine([span(sentence)], columns))];
};
