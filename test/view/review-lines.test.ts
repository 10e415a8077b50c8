import test from 'ava';
import {createRound, type RoundState} from '../../source/review/round.js';
import {simulateTrial} from '../../source/review/simulate-trial.js';
import {generatedItems} from '../../source/review/sources.js';
import {lineWidth} from '../../source/view/line.js';
import {itemLines, judgedLines} from '../../source/view/review-lines.js';
import {selectSymbols} from '../../source/view/symbols.js';

const symbols = selectSymbols({LANG: 'en_GB.UTF-8'}, 'linux');

/** Before and after each of the answers. */
const statesOf = (kind: string): RoundState[] => {
	const item = generatedItems.create(kind, 3);
	return ['', item.right, ...item.wrong.map(({answer}) => answer)].flatMap(answer => {
		const round = createRound([item], {tryOut: simulateTrial, onJudged() {}});
		const before = round.getState();
		round.answer(item.choices?.find(choice => choice.answer === answer)?.label ?? answer);
		return [before, round.getState()];
	});
};

for (const kind of generatedItems.kinds) {
	test(`no line of an item of the kind ${kind} is too long, and what is right is told in the end`, t => {
		for (const columns of [40, 76]) {
			for (const state of statesOf(kind)) {
				const judged = judgedLines(state, {columns, symbols});
				const lines = [...itemLines(state, {columns, symbols}), ...judged];
				t.deepEqual(
					lines.filter(line => lineWidth(line) > columns),
					[],
				);
				const words = judged.map(line => line.map(({text}) => text).join('')).join(' ');
				if (state.answered.length > 0) t.regex(words, /Right\.|The right answer:/);
			}
		}
	});
}
