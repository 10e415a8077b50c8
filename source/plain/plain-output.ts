import {cleanLine, stripColours} from '../text/terminal-text.js';
import type {Line} from '../view/line.js';
import {type Symbols, selectSymbols, toAscii} from '../view/symbols.js';
import {spacing} from '../view/theme.js';

/** How to print text: how wide, with which symbols, and how a line of the screen becomes text. */
export type PlainPage = {
	columns: number;
	/** Without marks that only the eye understands, because words say the same. */
	symbols: Symbols;
	/** Between a stage's name and what it prints. */
	gutter: string;
	/** Lines as text, without colours, control characters, and characters that the locale can't show. */
	text(lines: Line[]): string[];
};

/** `columns`: of the terminal, undefined without one. */
export const createPlainPage = (
	environment: Record<string, string | undefined>,
	columns: number | undefined,
): PlainPage => {
	const symbols = selectSymbols(environment, process.platform);
	const isAscii = symbols.borderStyle === 'classic';
	const forLocale = (text: string) => (isAscii ? toAscii(text) : text);
	return {
		columns: Math.max(20, Math.min(columns ?? spacing.textColumns, spacing.textColumns)),
		symbols: {
			...symbols,
			gutter: '   ',
			bullet: '-',
			bar: '',
			code: '`',
			verdict: withoutMarks(symbols.verdict),
			status: withoutMarks(symbols.status),
		},
		gutter: symbols.gutter,
		text: lines =>
			lines.map(line => forLocale(stripColours(cleanLine(line.map(({text}) => text).join('')))).trimEnd()),
	};
};

/** The same names, each without a mark. */
const withoutMarks = <Name extends string>(marks: Record<Name, string>): Record<Name, string> => {
	const names = Object.keys(marks) as Name[];
	return Object.fromEntries(names.map(name => [name, ''])) as Record<Name, string>;
};

/** Writes lines, and a prompt where an answer is expected. */
export type PlainOutput = {
	print(lines: Line[]): void;
	/** Prints the prompt unless it is the last thing that was written. */
	prompt(): void;
	/**
	 * Prints the taken answer unless the terminal has shown it at the prompt. `isAhead`: it was typed before the prompt.
	 */
	echo(typed: string, isAhead: boolean): void;
};

const promptSequence = '> ';

/** `isEchoed`: the terminal itself shows what is typed at the prompt; otherwise, the answer is printed. */
export const createPlainOutput = (
	stdout: NodeJS.WritableStream,
	page: PlainPage,
	{isEchoed}: {isEchoed: boolean},
): PlainOutput => {
	let isPrompted = false;
	return {
		print(lines) {
			if (lines.length === 0) return;
			const text = page.text(lines).map(line => `${line}\n`);
			stdout.write(`${isPrompted ? '\n' : ''}${text.join('')}`);
			isPrompted = false;
		},
		prompt() {
			if (!isPrompted) stdout.write(promptSequence);
			isPrompted = true;
		},
		echo(typed, isAhead) {
			if (isAhead || !isEchoed) stdout.write(`${typed}\n`);
			isPrompted = false;
		},
	};
};
