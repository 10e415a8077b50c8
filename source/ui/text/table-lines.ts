import type {Table} from 'mdast';
import type {Symbols} from '../symbols.js';
import {inlineSpans} from './inline-spans.js';
import {cutLine, type Line, span, widthOfLine} from './line.js';

/** Columns between two cells. */
const gap = 2;

/** A table, one line a row; its widest columns give way when it is wider than the room. */
export const tableLines = ({children}: Table, columns: number, symbols: Symbols): Line[] => {
	const rows = children.map(row => row.children.map(cell => inlineSpans(cell.children, symbols)));
	const [head, ...body] = rows;
	if (!head) return [];
	const widths = fitWidths(
		head.map((_, column) => Math.max(...rows.map(row => widthOfLine(row[column] ?? [])))),
		columns - gap * (head.length - 1),
	);
	const bold = head.map(cell => cell.map(({text}) => span(text, 'strong')));
	const rule = widths.map(width => symbols.rule.horizontal.repeat(width)).join(' '.repeat(gap));
	return [rowLine(bold, widths), [span(rule, 'muted')], ...body.map(row => rowLine(row, widths))];
};

const rowLine = (cells: Line[], widths: number[]): Line =>
	widths.flatMap((width, index) => {
		const cell = cutLine(cells[index] ?? [], width);
		const isLast = index === widths.length - 1;
		return isLast ? cell : [...cell, span(' '.repeat(width - widthOfLine(cell) + gap))];
	});

/** Takes columns from the widest one until all fit; none gets narrower than 3. */
const fitWidths = (widths: number[], room: number): number[] => {
	const fitted = [...widths];
	const total = () => fitted.reduce((sum, width) => sum + width, 0);
	while (total() > room) {
		const widest = Math.max(...fitted);
		if (widest <= 3) return fitted;
		fitted[fitted.indexOf(widest)] = widest - 1;
	}
	return fitted;
};
