import prettyBytes from 'pretty-bytes';
import type {CheckWarning} from '../explain/check-output.js';
import type {Figures, ImagePart, Measurement} from '../explain/measurement.js';
import type {MeasuredProof} from '../explain/outline.js';
import {listDifferences, type Proof, type ProvenSuggestion} from '../explain/prove.js';
import {messages} from '../messages/index.js';
import {cutToWidth, padToWidth, widthOf} from '../text/width.js';
import {type Line, sentenceSpans, span, wrapLine} from './line.js';
import type {Symbols} from './symbols.js';
import {formatSeconds} from './wording.js';

/** What BuildKit's own checks say. */
export const checkLines = (warnings: CheckWarning[], columns: number, symbols: Symbols): Line[] => {
	const say = messages.explain.checks;
	return [
		[span(say.heading, 'heading')],
		...(warnings.length === 0 ? [[span(`  ${say.none}`, 'muted')] as Line] : []),
		...warnings.flatMap(({rule, detail, line}) => [
			[span(`  ${say.place(line, rule)}`, 'strong')] as Line,
			...indent(wrapLine(sentenceSpans(detail, symbols.code), columns - 4), 4),
		]),
	];
};

/** What a build took, what its image consists of, and what would make both better. */
export const measuredLines = (
	{measurement, proof}: MeasuredProof,
	columns: number,
	symbols: Symbols,
): Line[] => [
	...timeLines(measurement, columns, symbols),
	[],
	...partLines(measurement, columns, symbols),
	[],
	...suggestionLines(measurement, proof, columns, symbols),
];

const indent = (lines: Line[], by: number): Line[] => lines.map(line => [span(' '.repeat(by)), ...line]);

/** The seconds of the build without its cache, and of those after a change. */
export const describeTimes = ({seconds, figures, source, manifest}: Measurement): string[] => {
	const say = messages.explain.measured;
	const changes = [
		{file: source, took: figures.afterSource},
		{file: manifest, took: figures.afterPackages},
	];
	return [
		say.without(formatSeconds(seconds)),
		...changes.flatMap(({file, took}) =>
			file === null || took === null ? [] : [say.after(file, formatSeconds(took))],
		),
	];
};

const timeLines = (measurement: Measurement, columns: number, symbols: Symbols): Line[] => {
	const say = messages.explain.measured;
	const {stages} = measurement;
	const rows = stages.flatMap(({instructions}) => instructions);
	const longest = Math.max(0.1, ...rows.map(row => row.seconds ?? 0));
	const texts = textColumns(columns);
	return [
		[span(say.heading, 'heading')],
		...describeTimes(measurement).map((time): Line => [span(`  ${time}`)]),
		...stages.flatMap(({name, seconds: took, ownBytes, instructions}): Line[] => [
			[
				span(
					`  ${say.stage(name, took === null ? null : formatSeconds(took), ownBytes === null ? null : prettyBytes(ownBytes))}`,
					'strong',
				),
			],
			...instructions.map(
				({text, seconds: own, bytes}): Line => [
					span(`    ${column(text, texts)}  `),
					span(`${(own === null ? '' : formatSeconds(own)).padStart(timeColumns)} `, 'strong'),
					span(`${(bytes === null ? '' : prettyBytes(bytes)).padStart(sizeColumns)}  `),
					span(bar((own ?? 0) / longest, barColumns(columns), symbols), 'cached'),
				],
			),
		]),
	];
};

const timeColumns = 8;
const sizeColumns = 8;

/** Columns for an instruction: half of the line, but not more than it can use. */
const textColumns = (columns: number): number => Math.max(20, Math.min(60, Math.floor(columns / 2) - 4));

/** Columns for the longest bar: what the other columns leave. */
const barColumns = (columns: number): number =>
	Math.max(4, Math.min(30, columns - textColumns(columns) - timeColumns - sizeColumns - 10));

const column = (text: string, columns: number): string =>
	padToWidth(cutToWidth(text.replace(/\s+/g, ' '), columns), columns);

const bar = (part: number, columns: number, symbols: Symbols): string =>
	part <= 0 ? '' : symbols.bar.repeat(Math.max(1, Math.round(part * columns)));

const partLines = ({parts, figures}: Measurement, columns: number, symbols: Symbols): Line[] => {
	const say = messages.explain.measured;
	const texts = textColumns(columns);
	const largest = Math.max(1, ...parts.map(({bytes}) => bytes));
	const nameOf = ({text, from}: ImagePart) =>
		from.length === 0 ? text : `${text} (${say.fromStages(from)})`;
	return [
		[span(say.parts, 'heading'), span(` ${prettyBytes(figures.imageBytes)}`, 'strong')],
		...parts.map(
			(part): Line => [
				span(`  ${column(nameOf(part), texts + 2)}  `),
				span(`${prettyBytes(part.bytes).padStart(timeColumns + 1 + sizeColumns)}  `, 'strong'),
				span(bar(part.bytes / largest, barColumns(columns), symbols), 'cached'),
			],
		),
	];
};

const suggestionLines = (
	measurement: Measurement,
	{proven, figures, rejected}: Proof,
	columns: number,
	symbols: Symbols,
): Line[] => {
	const say = messages.explain.suggestions;
	const heading: Line = [span(say.heading, 'heading')];
	if (proven.length === 0) return [heading, [span(`  ${say.none(rejected)}`, 'muted')]];
	const text = (words: string, by: number): Line[] =>
		indent(wrapLine(sentenceSpans(words, symbols.code), columns - by), by);
	return [
		heading,
		...proven.flatMap((one, index): Line[] => [
			...hangingLines(`${index + 1}. `, one, columns, symbols),
			...text(one.because, 5),
			...differenceLines(describeDifferences(measurement, one.before, one.after), symbols),
		]),
		...(proven.length > 1
			? [
					[span(`  ${say.together}`, 'strong')] as Line,
					...differenceLines(describeDifferences(measurement, measurement.figures, figures), symbols),
				]
			: []),
		...(rejected > 0 ? [[span(`  ${say.rejected(rejected)}`, 'muted')] as Line] : []),
	];
};

const hangingLines = (
	number: string,
	{line, says}: ProvenSuggestion,
	columns: number,
	symbols: Symbols,
): Line[] => {
	const place = `${messages.explain.suggestions.place(line)}: `;
	const [first = [], ...rest] = wrapLine(
		[
			span(place, 'muted'),
			...sentenceSpans(says, symbols.code).map(one => ({...one, style: 'strong' as const})),
		],
		columns - 5,
	);
	return [[span(`  ${number}`), ...first], ...indent(rest, 5)];
};

const differenceLines = (differences: DescribedDifference[], {arrows}: Symbols): Line[] => {
	const width = Math.max(0, ...differences.map(({what}) => widthOf(what)));
	return differences.map(({what, was, is, change}) => [
		span(`     ${padToWidth(what, width)}  `),
		span(`${was} ${arrows.right} ${is}`, 'passed'),
		span(`  ${change}`, 'muted'),
	]);
};

/** A difference in words. `change`: a percentage with its sign. */
export type DescribedDifference = {what: string; was: string; is: string; change: string};

/** What differs between two builds, as far as it counts. */
export const describeDifferences = (
	{source, manifest}: Measurement,
	before: Figures,
	after: Figures,
): DescribedDifference[] => {
	const {figures: say} = messages.explain.suggestions;
	const names = {
		imageBytes: say.imageBytes(),
		afterSource: say.afterSource(source ?? ''),
		afterPackages: say.afterPackages(manifest ?? ''),
	};
	return listDifferences(before, after).map(({of, before: was, after: is}) => ({
		what: names[of],
		was: of === 'imageBytes' ? prettyBytes(was) : formatSeconds(was),
		is: of === 'imageBytes' ? prettyBytes(is) : formatSeconds(is),
		change: `${is > was ? '+' : '−'}${Math.round((Math.abs(is - was) / was) * 100)} %`,
	}));
};
