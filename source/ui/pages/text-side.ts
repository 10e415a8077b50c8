import {selectPlace, selectStep} from '../../session/select/select.js';
import {selectHints} from '../../session/select/select-hints.js';
import type {SessionState} from '../../session/state.js';
import type {Room} from '../layout.js';
import type {Symbols} from '../symbols.js';
import {type Line, span} from '../text/line.js';
import {textRows} from '../text/scroll-lines.js';
import {spacing} from '../theme.js';
import type {Region} from '../view.js';
import {actionLines, fewerActionLines} from './action-lines.js';
import {stepLines} from './step-lines.js';

/** The text side of a step: the name of its tab, its title, what scrolls, and what stays below: command, verdict, what enter does. */
export type TextSide = {
	name: string;
	title: Line[];
	lines: Line[];
	actions: Line[];
	scrollRoom: Room;
	region: Region;
};

/** Divides a room between them. The actions never take more than leaves some lines of text in sight. */
export const textSide = (
	state: SessionState,
	room: Room,
	means: {symbols: Symbols; isAlone: boolean},
): TextSide => {
	const {symbols} = means;
	const columns = Math.min(room.columns, spacing.textColumns);
	const {stepNumber, stepCount} = selectPlace(state);
	const heading: Line = [
		span(`${stepNumber === null ? 'extra' : `${stepNumber}/${stepCount}`}  `, 'muted'),
		span(selectStep(state).title, 'strong'),
	];
	if (state.passed[state.stepId]) heading.push(span(` ${symbols.verdict.passed}`, 'passed'));
	const title = room.rows < 12 ? [heading] : [heading, []];
	const {lines: text, newest} = stepLines(state, columns, symbols);
	const allActions = actionLines(state, columns, means);
	const most = Math.max(2, room.rows - title.length - Math.min(text.length, 4));
	const {pinned: actions, rest} =
		allActions.length > most
			? fewerActionLines(state, {columns, rows: most}, means)
			: {pinned: allActions, rest: []};
	const lines = [...text, ...rest];
	const scrollRoom = {columns, rows: Math.max(1, room.rows - title.length - actions.length)};
	return {
		name: 'text',
		title,
		lines,
		actions,
		scrollRoom,
		region: {
			key: `${state.stepId}:text:${selectHints(state, selectStep(state)).length}`,
			total: lines.length,
			rows: textRows(lines.length, scrollRoom),
			initial: newest,
		},
	};
};
