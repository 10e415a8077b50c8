import {messages} from '../messages/index.js';
import {selectMayPredict, selectPlan} from '../session/select.js';
import {judgePrediction, type PredictedStage} from '../session/select-builds.js';
import type {SessionState} from '../session/state.js';
import type {Stage} from '../stages/model.js';
import {padToWidth, widthOf} from '../text/width.js';
import {maxPredicted} from './keymap.js';
import {keySpans, type Line, lineWidth, span, wrapLine} from './line.js';
import {type Symbols, statusStyles} from './symbols.js';

/** The stages to tick before a build; empty if there is nothing to predict. `isBrief`: without the question. */
export const predictLines = (state: SessionState, columns: number, isBrief: boolean): Line[] => {
	const stages = selectMayPredict(state) ? (selectPlan(state)?.graph.stages ?? []) : [];
	if (stages.length === 0) return [];
	const expected = state.predictions[state.stepId] ?? [];
	const cells = stages.slice(0, maxPredicted).map(({name}, index): Line => {
		const isTicked = expected.includes(name);
		return [
			span(`${index + 1} `, 'strong'),
			span(`${isTicked ? '[x]' : '[ ]'} ${name}`, isTicked ? 'typed' : 'plain'),
		];
	});
	const rest = stages.length - cells.length;
	const more: Line[] = rest > 0 ? [[span(messages.view.prediction.withoutKey(rest), 'muted')]] : [];
	const question = keySpans(messages.view.prediction.question(cells.length));
	return [...(isBrief ? [] : wrapLine(question, columns)), ...flowLines([...cells, ...more], columns)];
};

/** Cells side by side, in as many lines as they need. */
const flowLines = (cells: Line[], columns: number): Line[] => {
	const lines: Line[] = [];
	for (const cell of cells) {
		const line = lines.at(-1);
		if (line && lineWidth(line) + 3 + lineWidth(cell) <= columns) line.push(span('   '), ...cell);
		else lines.push([...cell]);
	}
	return lines;
};

/** Compares a prediction with the build: a table if it fits, then a sentence. Empty if no stage can be compared. */
export const predictionLines = (
	predicted: string[],
	stages: Stage[],
	columns: number,
	/** `isBrief`: only the sentence. */
	{symbols, isBrief}: {symbols: Symbols; isBrief: boolean},
): Line[] => {
	const judged = judgePrediction(predicted, stages);
	const known = judged.filter(({isRight}) => isRight !== null);
	const cached = judged.filter(({status}) => status === 'cached').map(({name}) => name);
	if (known.length + cached.length === 0) return [];
	const table = isBrief ? [] : tableLines(judged, symbols);
	const fits = table.every(line => lineWidth(line) <= columns);
	return [...(fits ? table : []), ...wrapLine(sentence(known, {cached, stages, symbols}), columns)];
};

const tableLines = (judged: PredictedStage[], symbols: Symbols): Line[] => {
	const cells = judged.map(({name, isExpected, status}) => {
		const expected = `${isExpected ? '[x]' : '[ ]'} ${name}`;
		const real = ` ${symbols.status[status]}  ${messages.view.statuses[status]}`;
		const width = Math.max(widthOf(expected), widthOf(real)) + 2;
		return {
			expected: span(padToWidth(expected, width), isExpected ? 'typed' : 'plain'),
			real: span(padToWidth(real, width), statusStyles[status]),
		};
	});
	const said = messages.view.prediction;
	const labelColumns = Math.max(widthOf(said.expected), widthOf(said.real)) + 2;
	const label = (words: string) => span(padToWidth(words, labelColumns), 'strong');
	return [
		[label(said.expected), ...cells.map(({expected}) => expected)],
		[label(said.real), ...cells.map(({real}) => real)],
	];
};

const sentence = (
	known: PredictedStage[],
	{cached, stages, symbols}: {cached: string[]; stages: Stage[]; symbols: Symbols},
): Line => {
	const say = messages.view.prediction;
	const cache = cached.length > 0 ? [say.cached(cached)] : [];
	const wrong = known.filter(({isRight}) => !isRight);
	const [first] = known;
	if (!first) return [span(cache.join(' '))];
	if (wrong.length === 0) {
		const severalRight = cached.length > 0 ? say.allOthersRight : say.allRight;
		const right = known.length > 1 ? severalRight(known.length) : say.oneRight(first.name);
		return [span(`${symbols.verdict.passed} `, 'passed'), span([right, ...cache].join(' '))];
	}
	const idle = wrong.filter(({isExpected}) => isExpected).map(({name}) => name);
	const busy = wrong.filter(({isExpected}) => !isExpected).map(({name}) => name);
	const reason = stages.find(({name}) => name === idle[0])?.reason;
	const skipped = () => (reason ? say.skippedBecause(idle, reason) : say.skipped(idle));
	const sentences = [
		say.someRight(known.length - wrong.length, known.length),
		...(idle.length > 0 ? [skipped()] : []),
		...(busy.length > 0 ? [say.needed(busy)] : []),
		...cache,
	];
	return [span(sentences.join(' '))];
};
