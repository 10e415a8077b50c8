import prettyBytes from 'pretty-bytes';
import type {CheckWarning} from '../explain/check-output.js';
import type {MeasuredStage} from '../explain/measurement.js';
import type {Explanation, MeasuredProof} from '../explain/outline.js';
import {messages} from '../messages/index.js';
import {cleanLine, stripColours} from '../text/terminal-text.js';
import {explainLines} from '../view/explain-lines.js';
import type {Line} from '../view/line.js';
import {describeDifferences, describeTimes} from '../view/measured-lines.js';
import {formatSeconds} from '../view/wording.js';
import type {Block, Document} from './document.js';
import type {ReportChart} from './report.js';

/** All that `explain` has found out. `checks`, `measured`: null if unknown. */
export type ExplainedAll = {
	explanation: Explanation;
	checks: CheckWarning[] | null;
	measured: MeasuredProof | null;
};

/** The report of an `explain`. `at`: when it ran. */
export const createExplainReport = ({explanation, checks, measured}: ExplainedAll, at: Date): Document => {
	const say = messages.explain;
	return cleanAll({
		title: say.title(explanation.dockerfile, explanation.graph.target),
		made: messages.report.made(at.toISOString().slice(0, 16).replace('T', ' ')),
		sections: [
			...(measured ? measuredSections(measured) : []),
			...textSections(explainLines(explanation)),
			...(checks ? [{heading: say.checks.heading, level: 2 as const, blocks: [checkBlock(checks)]}] : []),
		],
	});
};

/** The same without control characters in any of its texts. */
const cleanAll = <Value>(value: Value): Value => {
	if (typeof value === 'string') return value.split('\n').map(clean).join('\n') as Value;
	if (Array.isArray(value)) return value.map(cleanAll) as Value;
	if (value === null || typeof value !== 'object') return value;
	return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, cleanAll(one)])) as Value;
};

const clean = (line: string): string => stripColours(cleanLine(line));

const checkBlock = (checks: CheckWarning[]): Block => {
	const say = messages.explain.checks;
	if (checks.length === 0) return {block: 'paragraph', text: say.none};
	return {
		block: 'sentences',
		sentences: checks.map(({line, rule, detail}) => `${say.place(line, rule)}: ${detail}`),
	};
};

/** What stands below each heading, as it is on the screen. */
const textSections = (lines: Line[]): Document['sections'] => {
	const sections: Document['sections'] = [];
	let rows: string[] = [];
	for (const line of lines.slice(1)) {
		if (line[0]?.style === 'heading') {
			rows = [];
			sections.push({
				heading: line.map(({text}) => text).join(''),
				level: 2,
				blocks: [{block: 'code', language: 'text', text: ''}],
			});
		} else if (line.length > 0) rows.push(line.map(({text}) => text).join(''));
		const [block] = sections.at(-1)?.blocks ?? [];
		if (block?.block === 'code') block.text = rows.join('\n');
	}
	return sections;
};

const measuredSections = ({measurement, proof}: MeasuredProof): Document['sections'] => {
	const {measured: say, suggestions} = messages.explain;
	const {parts, figures, stages} = measurement;
	const totals = [...describeTimes(measurement), say.image(prettyBytes(figures.imageBytes))];
	const percent = (bytes: number) => `${Math.round((bytes / Math.max(1, figures.imageBytes)) * 100)} %`;
	const changes = (differences: ReturnType<typeof describeDifferences>): Block => ({
		block: 'table',
		columns: say.differenceColumns,
		rows: differences.map(({what, was, is, change}) => [what, was, is, change]),
	});
	return [
		{
			heading: say.heading,
			level: 2,
			blocks: [
				{block: 'sentences', sentences: totals},
				{block: 'chart', chart: stageChart(stages)},
				{
					block: 'table',
					columns: say.instructionColumns,
					rows: stages.flatMap(stage =>
						stage.instructions.map(({line, text, seconds: took, bytes}) => [
							stage.name,
							String(line),
							`\`${text}\``,
							took === null ? '' : formatSeconds(took),
							bytes === null ? '' : prettyBytes(bytes),
						]),
					),
				},
			],
		},
		{
			heading: say.parts,
			level: 2,
			blocks: [
				{
					block: 'table',
					columns: say.partColumns,
					rows: parts.map(({text, from, bytes}) => [
						`\`${text}\``,
						from.join(', '),
						prettyBytes(bytes),
						percent(bytes),
					]),
				},
			],
		},
		{
			heading: suggestions.heading,
			level: 2,
			blocks: [
				...(proof.proven.length === 0
					? [{block: 'paragraph' as const, text: suggestions.none(proof.rejected)}]
					: []),
				...proof.proven.flatMap(({line, says, because, before, after}): Block[] => [
					{block: 'paragraph', text: `${suggestions.place(line)}: ${says} ${because}`},
					changes(describeDifferences(measurement, before, after)),
				]),
				...(proof.proven.length > 0
					? [
							{block: 'paragraph' as const, text: suggestions.together},
							changes(describeDifferences(measurement, figures, proof.figures)),
							{block: 'code' as const, language: 'dockerfile', text: proof.texts.dockerfile.trimEnd()},
						]
					: []),
			],
		},
	];
};

/** The instructions of all stages on one time axis. */
const stageChart = (stages: MeasuredStage[]): ReportChart => ({
	title: messages.explain.measured.chart,
	of: 'instructions',
	says: null,
	builds: stages.map(({name, seconds, instructions}) => ({
		title: seconds === null ? name : messages.report.build(name, formatSeconds(seconds)),
		bars: instructions.map(({text, began, seconds: took}) => ({
			name: text,
			status: 'done' as const,
			began,
			ended: began === null || took === null ? null : began + took,
			took: took === null ? '' : formatSeconds(took),
		})),
	})),
});
