import {cleanLine, stripColours} from '../../text/clean-line.js';
import {type Symbols, selectSymbols} from '../symbols.js';
import {inAscii} from '../text/in-ascii.js';
import type {Line} from '../text/line.js';
import {spacing} from '../theme.js';

/** Where plain text is set: how wide, with which symbols, and how a line of the screen becomes text. */
export type PlainPage = {
	columns: number;
	/** Without marks that only the eye understands: words say the same. */
	symbols: Symbols;
	/** Between a stage's name and what it prints. */
	gutter: string;
	/** Lines without colours, controls and what the locale can't show. */
	text(lines: Line[]): string[];
};

/** `columns`: of the terminal, undefined without one. */
export const createPlainPage = (
	environment: Record<string, string | undefined>,
	columns: number | undefined,
): PlainPage => {
	const symbols = selectSymbols(environment, process.platform);
	const isAscii = symbols.borderStyle === 'classic';
	const forLocale = (text: string) => (isAscii ? inAscii(text) : text);
	return {
		columns: Math.max(20, Math.min(columns ?? spacing.textColumns, spacing.textColumns)),
		symbols: {
			...symbols,
			gutter: '   ',
			bullet: '-',
			bar: '',
			code: '`',
			verdict: {passed: '', failed: '', unknown: ''},
			status: {
				waiting: '',
				running: '',
				cached: '',
				done: '',
				failed: '',
				skipped: '',
				cancelled: '',
				unknown: '',
			},
		},
		gutter: symbols.gutter,
		text: lines =>
			lines.map(line => forLocale(stripColours(cleanLine(line.map(({text}) => text).join('')))).trimEnd()),
	};
};
