import type {Stage} from '../../build/model.js';
import {judgePrediction, type PredictedStage} from '../../session/select/judge-prediction.js';
import {padToWidth, widthOf} from '../../text/width.js';
import {statusStyles} from '../status-style.js';
import type {Symbols} from '../symbols.js';
import {type Line, span, widthOfLine} from '../text/line.js';
import {listNames} from '../text/list-names.js';
import {wrapLine} from '../text/wrap-line.js';

/** What the learner expected beside what became of it, where there is room for both, and a sentence about it. */
export const predictionLines = (
	predicted: string[],
	stages: Stage[],
	columns: number,
	/** `isBrief`: the sentence alone. */
	{symbols, isBrief}: {symbols: Symbols; isBrief: boolean},
): Line[] => {
	const judged = judgePrediction(predicted, stages);
	const known = judged.filter(({isRight}) => isRight !== null);
	const cached = judged.filter(({status}) => status === 'cached').map(({name}) => name);
	if (known.length + cached.length === 0) return [];
	const table = isBrief ? [] : tableLines(judged, symbols);
	const fits = table.every(line => widthOfLine(line) <= columns);
	return [...(fits ? table : []), ...wrapLine(sentence(known, {cached, stages, symbols}), columns)];
};

const tableLines = (judged: PredictedStage[], symbols: Symbols): Line[] => {
	const cells = judged.map(({name, isExpected, status}) => {
		const expected = `${isExpected ? '[x]' : '[ ]'} ${name}`;
		const real = ` ${symbols.status[status]}  ${status}`;
		const width = Math.max(widthOf(expected), widthOf(real)) + 2;
		return {
			expected: span(padToWidth(expected, width), isExpected ? 'typed' : 'plain'),
			real: span(padToWidth(real, width), statusStyles[status]),
		};
	});
	return [
		[span('you said  ', 'strong'), ...cells.map(({expected}) => expected)],
		[span('it was    ', 'strong'), ...cells.map(({real}) => real)],
	];
};

const sentence = (
	known: PredictedStage[],
	{cached, stages, symbols}: {cached: string[]; stages: Stage[]; symbols: Symbols},
): Line => {
	const wrong = known.filter(({isRight}) => !isRight);
	const [them, they] = cached.length > 1 ? ['them', 'they count'] : ['it', 'it counts'];
	const cache =
		cached.length > 0
			? `${listNames(cached)} came from the cache: the build needed ${them}, but did not run ${them} again, so ${they} neither way.`
			: '';
	if (known.length === 0) return [span(cache)];
	if (wrong.length === 0) {
		const all =
			known.length > 1
				? `all ${known.length}${cached.length > 0 ? ' other' : ''} stages are`
				: `${known[0]?.name} is`;
		return [
			span(`${symbols.verdict.passed} `, 'passed'),
			span([`You saw it coming: ${all} as you said.`, cache].join(' ').trimEnd()),
		];
	}
	const idle = wrong.filter(({isExpected}) => isExpected).map(({name}) => name);
	const busy = wrong.filter(({isExpected}) => !isExpected).map(({name}) => name);
	const reason = stages.find(({name}) => name === idle[0])?.reason;
	const parts = [
		`${known.length - wrong.length} of ${known.length} stages are as you said.`,
		...(idle.length > 0
			? [
					`You expected ${listNames(idle)}, but ${idle.length > 1 ? 'they were' : 'it was'} skipped${reason ? `: ${reason}` : ''}.`,
				]
			: []),
		...(busy.length > 0
			? [`You did not expect ${listNames(busy)}, but ${busy.length > 1 ? 'they were' : 'it was'} needed.`]
			: []),
	];
	return [span([...parts, cache].join(' ').trimEnd())];
};
