import type {ChangedLine} from '../../session/files/model.js';
import {cleanLine} from '../../text/clean-line.js';
import {cutLine, type Line, span} from '../text/line.js';

/** So many changed lines are shown; whoever has changed more knows it. */
const mostLines = 14;

/** The lines that a save has taken out of a file and put in, each with its number. */
export const changedLines = (changed: ChangedLine[], columns: number): Line[] => {
	const shown = changed.slice(0, mostLines);
	const digits = String(Math.max(...shown.map(({line}) => line))).length;
	const rest = changed.length - shown.length;
	return [
		...shown.map(({sign, line, text}) =>
			cutLine(
				[
					span(`  ${String(line).padStart(digits)} `, 'muted'),
					span(`${sign} ${cleanLine(text)}`, sign === '+' ? 'passed' : 'failed'),
				],
				columns,
			),
		),
		...(rest > 0 ? [[span(`  and ${rest} more`, 'muted')]] : []),
	];
};
