import {isCommand} from '../parse-chapter.js';
import type {Place} from '../problems.js';
import {startOf} from '../start-of.js';
import type {StepSubject} from './lint-subject.js';

/** Where the command of a step begins, or the first `piece` in it, in the file. */
export const placeInCommand = ({step, source}: StepSubject, piece = ''): Place => {
	const node = source.content.find(isCommand);
	const {line, column} = startOf(node);
	const rows = node?.value.split('\n') ?? [];
	const wanted = piece === '' ? (step.command?.split('\n')[0] ?? '') : piece;
	const row = Math.max(
		0,
		rows.findIndex(text => text.includes(wanted)),
	);
	return {line: line + 1 + row, column: column + Math.max(0, rows[row]?.indexOf(wanted) ?? 0)};
};
