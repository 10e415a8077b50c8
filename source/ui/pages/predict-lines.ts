import {selectMayPredict, selectPlan} from '../../session/select/select.js';
import type {SessionState} from '../../session/state.js';
import {mostPredicted} from '../keys/predict-bindings.js';
import {type Line, span, widthOfLine} from '../text/line.js';
import {wrapLine} from '../text/wrap-line.js';

/** The stages to tick before a build; empty where there is nothing to predict. `isBrief`: without the question. */
export const predictLines = (state: SessionState, columns: number, isBrief: boolean): Line[] => {
	const stages = selectMayPredict(state) ? (selectPlan(state)?.graph.stages ?? []) : [];
	if (stages.length === 0) return [];
	const expected = state.predictions[state.stepId] ?? [];
	const cells = stages.slice(0, mostPredicted).map(({name}, index): Line => {
		const isTicked = expected.includes(name);
		return [
			span(`${index + 1} `, 'strong'),
			span(`${isTicked ? '[x]' : '[ ]'} ${name}`, isTicked ? 'typed' : 'plain'),
		];
	});
	const rest = stages.length - cells.length;
	const more: Line[] = rest > 0 ? [[span(`and ${rest} more, which have no key`, 'muted')]] : [];
	const keys = `1 to ${cells.length}`;
	const question: Line = [
		span('Which stages will run? Tick them with '),
		span(keys, 'strong'),
		span(', if you like.'),
	];
	return [...(isBrief ? [] : wrapLine(question, columns)), ...flowLines([...cells, ...more], columns)];
};

/** Cells one after the other, in as many lines as they need. */
const flowLines = (cells: Line[], columns: number): Line[] => {
	const lines: Line[] = [];
	for (const cell of cells) {
		const line = lines.at(-1);
		if (line && widthOfLine(line) + 3 + widthOfLine(cell) <= columns) line.push(span('   '), ...cell);
		else lines.push([...cell]);
	}
	return lines;
};
