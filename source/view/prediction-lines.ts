import {messages} from '../messages/index.js';
import {selectAsking} from '../session/asking.js';
import {judgeRun, maxOptions, type PredictionResult} from '../session/predictions.js';
import {selectStep, selectSteps} from '../session/select.js';
import type {PredictedStage} from '../session/select-builds.js';
import type {RunView, SessionState} from '../session/state.js';
import type {Builder, Stage} from '../stages/model.js';
import {padToWidth, widthOf} from '../text/width.js';
import type {Prediction} from '../workshop/model.js';
import {
	hangingLines,
	keySpans,
	type Line,
	lineWidth,
	type Span,
	sentenceSpans,
	span,
	wrapLine,
} from './line.js';
import {type Symbols, statusStyles} from './symbols.js';
import {formatSeconds} from './wording.js';

/** What the learner may predict before a run; empty if there is nothing to predict. `isBrief`: without the question. */
export const predictLines = (state: SessionState, columns: number, isBrief: boolean): Line[] => {
	const asking = selectAsking(state);
	const {predict} = selectStep(state);
	if (asking?.kind !== 'prediction' || !predict) return [];
	const {options, given} = asking;
	const cells = options.slice(0, maxOptions).map((option, index) => optionSpans(index, option, given));
	const rest = options.length - cells.length;
	const more: Line[] = rest > 0 ? [[span(messages.view.prediction.withoutKey(rest), 'muted')]] : [];
	const question = keySpans(messages.view.prediction.questions[predict.about](cells.length));
	const said = options.length === 0 && given.length > 0 ? wrapLine(saidSpans(given), columns) : [];
	return [
		...(isBrief && cells.length > 0 ? [] : wrapLine(question, columns)),
		...flowLines([...cells, ...more], columns),
		...said,
	];
};

const saidSpans = (given: string[]): Line => [
	span(`${messages.view.prediction.expected}  `, 'strong'),
	span(given.join(', '), 'typed'),
];

/** An option with its number and its box. */
const optionSpans = (index: number, option: string, given: string[]): Line => {
	const isTicked = given.includes(option);
	return [
		span(`${index + 1} `, 'strong'),
		span(`${isTicked ? '[x]' : '[ ]'} ${option}`, isTicked ? 'typed' : 'plain'),
	];
};

/** Cells side by side, in as many lines as they need; below each other if one is longer than a line. */
const flowLines = (cells: Line[], columns: number): Line[] => {
	if (cells.some(cell => lineWidth(cell) > columns)) return cells.flatMap(cell => wrapLine(cell, columns));
	const lines: Line[] = [];
	for (const cell of cells) {
		const line = lines.at(-1);
		if (line && lineWidth(line) + 3 + lineWidth(cell) <= columns) line.push(span('   '), ...cell);
		else lines.push([...cell]);
	}
	return lines;
};

/**
 * Compares what the learner expected of a run with what really happened, and resolves a surprise. Empty if nothing was
 * expected, or if the run does not answer it. `isBrief`: in sentences only.
 */
export const predictionLines = (
	state: SessionState,
	run: RunView,
	columns: number,
	options: {symbols: Symbols; isBrief: boolean},
): Line[] => {
	const step = selectSteps(state).find(({id}) => id === run.stepId);
	const given = state.predictions[run.stepId] ?? [];
	const result = step && judgeRun(step, given, run);
	if (!step?.predict || !result) return [];
	const {about, resolves} = step.predict;
	const {ticks, isRight} = result;
	const compared =
		ticks.length > 0
			? tickedLines(about === 'cached' ? 'cached' : 'stages', ticks, columns, {
					...options,
					stages: run.build?.stages ?? [],
					builder: run.build?.builder ?? run.builder,
				})
			: saidLines(describeSaid(about, given), describeReal(about, result), columns, {
					...options,
					isRight: isRight === true,
				});
	if (isRight !== false || resolves === null) return compared;
	const isNamed = ticks.length > 0 || options.isBrief;
	const surprise = isNamed ? [] : [span(`${messages.view.prediction.surprised} `, 'strong')];
	return [...compared, ...wrapLine([...surprise, ...sentenceSpans(resolves)], columns)];
};

const describeSaid = (about: Prediction['about'], given: string[]): string =>
	about === 'seconds' ? messages.view.seconds.whole(Number(given[0])) : given.join(', ');

const describeReal = (about: Prediction['about'], {real}: PredictionResult): string => {
	if (about === 'seconds') return formatSeconds(Number(real[0]));
	return real.length === 0 ? messages.view.prediction.noneOfThem : real.join(', ');
};

/** What was said and what it was, below each other or in one sentence. */
const saidLines = (
	said: string,
	real: string,
	columns: number,
	{symbols, isBrief, isRight}: {symbols: Symbols; isBrief: boolean; isRight: boolean},
): Line[] => {
	const say = messages.view.prediction;
	const foreseen = () => [span(`${symbols.verdict.passed} `, 'passed'), span(say.foreseen)];
	if (isBrief) {
		const sentence = isRight
			? [...foreseen(), span(` ${say.itWas(real)}`)]
			: [span(say.surprise(said, real))];
		return wrapLine(sentence, columns);
	}
	const width = Math.max(widthOf(say.expected), widthOf(say.real)) + 2;
	const row = (label: string, text: Span): Line[] =>
		hangingLines([span(padToWidth(label, width), 'strong')], [text], columns);
	return [
		...row(say.expected, span(said, 'typed')),
		...row(say.real, span(real, isRight ? 'passed' : 'strong')),
		...(isRight ? [foreseen()] : []),
	];
};

/** A table of what could be ticked if it fits, then a sentence. Empty if nothing of it can be compared. */
const tickedLines = (
	about: 'stages' | 'cached',
	judged: PredictedStage[],
	columns: number,
	/** `isBrief`: only the sentence. */
	{
		symbols,
		isBrief,
		stages,
		builder,
	}: {symbols: Symbols; isBrief: boolean; stages: Stage[]; builder: Builder | null},
): Line[] => {
	const known = judged.filter(({isRight}) => isRight !== null);
	const cached = judged.filter(({status, isRight}) => status === 'cached' && isRight === null);
	if (known.length + cached.length === 0) return [];
	const table = isBrief ? [] : tableLines(judged, symbols);
	const fits = table.every(line => lineWidth(line) <= columns);
	const words = {cached: cached.map(({name}) => name), stages, builder, symbols};
	const spans = about === 'stages' ? sentence(known, words) : cachedSentence(known, symbols);
	return [...(fits ? table : []), ...wrapLine(spans, columns)];
};

const cachedSentence = (known: PredictedStage[], {verdict}: Symbols): Line => {
	const say = messages.view.prediction;
	const wrong = known.filter(({isRight}) => !isRight);
	if (wrong.length === 0) return [span(`${verdict.passed} `, 'passed'), span(say.foreseen)];
	const built = wrong.filter(({isExpected}) => isExpected).map(({name}) => name);
	const cached = wrong.filter(({isExpected}) => !isExpected).map(({name}) => name);
	const sentences = [
		say.rightAbout(known.length - wrong.length, known.length),
		...(built.length > 0 ? [say.notCached(built)] : []),
		...(cached.length > 0 ? [say.cachedAfterAll(cached)] : []),
	];
	return [span(sentences.join(' '))];
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
	{
		cached,
		stages,
		builder,
		symbols,
	}: {cached: string[]; stages: Stage[]; builder: Builder | null; symbols: Symbols},
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
		...(busy.length > 0 ? [builder === 'legacy' ? say.ranAnyway(busy) : say.needed(busy)] : []),
		...cache,
	];
	return [span(sentences.join(' '))];
};
