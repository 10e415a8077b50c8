import {listedTitle, selectPlace} from '../../session/select/select.js';
import type {SessionState} from '../../session/state.js';
import type {Symbols} from '../symbols.js';
import {type Line, span} from '../text/line.js';

/** The steps of the shown chapter: which are passed, where the learner is. */
export const overviewLines = (state: SessionState, symbols: Symbols): Line[] => {
	const {chapter} = selectPlace(state);
	return [
		[span(chapter.title, 'strong')],
		...chapter.steps.map((step): Line => {
			const {id} = step;
			const isHere = id === state.stepId;
			const mark = state.passed[id]
				? span(`${symbols.verdict.passed} `, 'passed')
				: span(`${symbols.status.waiting} `, 'muted');
			return [
				span(isHere ? `${symbols.here} ` : '  '),
				mark,
				span(listedTitle(step), isHere ? 'strong' : 'plain'),
			];
		}),
	];
};
