import {messages} from '../../../messages/index.js';
import type {DockerfilePlan} from '../../../session/plan/dockerfile-plan.js';
import {selectPlan, selectRun} from '../../../session/select.js';
import type {SessionState} from '../../../session/state.js';
import type {Build, InstructionStatus, PlannedStage, StageStatus} from '../../../stages/model.js';
import {cleanLine} from '../../../text/terminal-text.js';
import {type Line, type Span, span} from '../../../view/line.js';
import {type Symbols, statusStyles, statusSymbol} from '../../../view/symbols.js';
import type {Style} from '../../../view/theme.js';
import {dockerfileSpans} from '../../text/code-spans.js';
import type {Size} from '../../text/layout.js';
import {actionLines, scrollPart, type TextSide} from './text-side.js';

/** Below this height, only one line of the actions is shown. */
const lowRows = 12;

/**
 * The Dockerfile of the shown step in place of its text, scrolled to what runs; null if the step builds nothing or its
 * Dockerfile is missing.
 */
export const dockerfileSide = (
	state: SessionState,
	size: Size,
	options: {symbols: Symbols; frame: number; isAlone: boolean},
): TextSide | null => {
	const plan = selectPlan(state);
	if (plan?.text == null) return null;
	const {lines, here} = dockerfileLines(plan, selectRun(state)?.build ?? null, options);
	const isLow = size.rows < lowRows;
	const heading: Line = [
		span(plan.dockerfile, 'strong'),
		span(`  ${messages.tui.step.dockerfileLines(lines.length)}`, 'muted'),
	];
	const title = isLow ? [heading] : [heading, []];
	const allActions = actionLines(state, size.columns, options);
	// The last line says what is going on, or what enter does.
	const actions = allActions.slice(isLow ? -1 : -Math.floor(size.rows / 2));
	return {
		name: messages.tui.tabs.dockerfile,
		title,
		lines,
		actions,
		...scrollPart({...size, rows: size.rows - title.length - actions.length}, lines, {
			key: `${state.stepId}:dockerfile`,
			topIn: rows => (here === null ? 0 : Math.max(0, here - Math.floor(rows / 2))),
		}),
	};
};

type DockerfileOptions = {symbols: Symbols; frame: number};

/** The lines of an instruction, from 1, and its status. */
type InstructionPosition = {line: number; endLine: number; status: InstructionStatus | StageStatus};

/**
 * A Dockerfile line by line: the mark of its stage, its number, the status of the instruction that begins there, and
 * its text. `here`: the line, from 0, that runs or has failed; null if none does.
 */
export const dockerfileLines = (
	{text, graph}: Pick<DockerfilePlan, 'text' | 'graph'>,
	build: Build | null,
	{symbols, frame}: DockerfileOptions,
): {lines: Line[]; here: number | null} => {
	const rows = (text ?? '').replace(/\n$/, '').split(/\r?\n/);
	const places = graph.stages.flatMap(stage => instructionPositions(stage, build));
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
			...rowSpans(cleanLine(row), {
				isContinued: place !== undefined && place.line !== number,
				isNow,
				style: mark?.style ?? 'strong',
			}),
		];
	});
	return {lines, here: currentLine(places, failedLine)};
};

/** The lines of a stage's `FROM` and of its instructions. If the stage is skipped, all of them are. */
const instructionPositions = (
	{name, line, instructions}: PlannedStage,
	build: Build | null,
): InstructionPosition[] => {
	const stage = build?.stages.find(candidate => candidate.name === name);
	const statusAt = (at: number): InstructionPosition['status'] => {
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

/** A running instruction has an arrow in place of the bar of its stage. */
const gutter = (mark: Span | null, isNow: boolean, symbols: Symbols): Span => {
	if (isNow) return span(` ${symbols.here} `, 'running');
	return mark ? {...mark, text: ` ${symbols.gutter} `} : span('   ');
};

const rowSpans = (
	row: string,
	{isContinued, isNow, style}: {isContinued: boolean; isNow: boolean; style: Span['style']},
): Line => (isNow ? [span(row, 'now')] : dockerfileSpans(row, {isContinued, keyword: style}));

const currentLine = (places: InstructionPosition[], failedLine: number | null): number | null => {
	if (failedLine !== null) return failedLine - 1;
	const place =
		places.find(({status}) => status === 'failed') ?? places.find(({status}) => status === 'running');
	return place ? place.line - 1 : null;
};

const styles: Style[] = ['first-stage', 'second-stage', 'third-stage', 'fourth-stage'];
const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/** The letter and colour that mark a stage beside its Dockerfile. `index`: from 0; after Z comes AA. */
export const stageMark = (index: number): Span => {
	const [style = 'plain'] = styles.slice(index % styles.length);
	return span(letter(index), style);
};

const letter = (index: number): string => {
	const [last = ''] = letters.slice(index % letters.length);
	return index < letters.length ? last : letter(Math.floor(index / letters.length) - 1) + last;
};
