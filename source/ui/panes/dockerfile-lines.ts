import type {Build, InstructionStatus, PlannedStage, StageStatus} from '../../build/model.js';
import type {Plan} from '../../session/perform/read-plan.js';
import {cleanLine} from '../../text/clean-line.js';
import {statusStyles, statusSymbol} from '../status-style.js';
import type {Symbols} from '../symbols.js';
import {type Line, type Span, span} from '../text/line.js';
import {syntaxSpans} from '../text/syntax-spans.js';
import {stageMark} from './stage-mark.js';

type Means = {symbols: Symbols; frame: number};

/** Where an instruction stands, in lines from 1, and how far it is. */
type Place = {line: number; endLine: number; status: InstructionStatus | StageStatus};

/**
 * A Dockerfile line by line: the mark of its stage, its number, how far the instruction is that begins there, and its
 * text. `here`: the line, from 0, that runs or has failed; null when none does.
 */
export const dockerfileLines = (
	{text, graph}: Pick<Plan, 'text' | 'graph'>,
	build: Build | null,
	{symbols, frame}: Means,
): {lines: Line[]; here: number | null} => {
	const rows = (text ?? '').replace(/\n$/, '').split(/\r?\n/);
	const places = graph.stages.flatMap(stage => placesOf(stage, build));
	const failedLine = build?.failure?.line ?? null;
	const digits = String(rows.length).length;
	const markWidth = stageMark(Math.max(0, graph.stages.length - 1)).text.length;
	const lines = rows.map((row, index): Line => {
		const number = index + 1;
		const stage = graph.stages.find(({line, endLine}) => number >= line && number <= endLine);
		const place = places.find(({line, endLine}) => number >= line && number <= endLine);
		const status = number === failedLine ? 'failed' : (place?.status ?? 'waiting');
		const isFirst = place?.line === number || number === failedLine;
		const mark = stage ? stageMark(stage.index) : null;
		const isNow = status === 'running';
		return [
			mark ? {...mark, text: mark.text.padEnd(markWidth)} : span(' '.repeat(markWidth)),
			gutter(mark, isNow, symbols),
			span(`${String(number).padStart(digits)} `, 'muted'),
			isFirst && status !== 'waiting'
				? span(`${statusSymbol(status, symbols, frame)} `, statusStyles[status])
				: span('  '),
			...textOf(cleanLine(row), {
				isContinued: place !== undefined && place.line !== number,
				isNow,
				style: mark?.style ?? 'strong',
			}),
		];
	});
	return {lines, here: hereOf(places, failedLine)};
};

/** Where a stage's `FROM` and instructions stand. A skipped stage is so from its first line to its last. */
const placesOf = ({name, line, instructions}: PlannedStage, build: Build | null): Place[] => {
	const stage = build?.stages.find(candidate => candidate.name === name);
	const statusAt = (at: number): Place['status'] => {
		if (stage?.status === 'skipped') return 'skipped';
		return stage?.instructions.find(one => one.line === at)?.status ?? 'waiting';
	};
	return [
		{line, endLine: line, status: statusAt(line)},
		...instructions.map(one => ({
			line: one.line,
			endLine: one.endLine,
			status: statusAt(one.line),
		})),
	];
};

/** What runs has an arrow in the place of its stage's bar. */
const gutter = (mark: Span | null, isNow: boolean, symbols: Symbols): Span => {
	if (isNow) return span(` ${symbols.here} `, 'running');
	return mark ? {...mark, text: ` ${symbols.gutter} `} : span('   ');
};

const textOf = (
	row: string,
	{isContinued, isNow, style}: {isContinued: boolean; isNow: boolean; style: Span['style']},
): Line => (isNow ? [span(row, 'now')] : syntaxSpans(row, {isContinued, keyword: style}));

const hereOf = (places: Place[], failedLine: number | null): number | null => {
	if (failedLine !== null) return failedLine - 1;
	const place =
		places.find(({status}) => status === 'failed') ?? places.find(({status}) => status === 'running');
	return place ? place.line - 1 : null;
};
