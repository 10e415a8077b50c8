import wrapAnsi from 'wrap-ansi';
import {messages} from '../messages/index.js';
import {rewriteOwnCommands} from '../text/shell-commands.js';
import {cleanLine, stripColours} from '../text/terminal-text.js';
import {cutToWidth, widthOf} from '../text/width.js';
import type {Style} from './theme.js';

/** A piece of text in one style. `turns`: it is the first frame of a spinner, which Ink then animates. */
export type Span = {text: string; style: Style; turns?: true};

/** One row of text. Lines are cut before Ink gets them, so that nothing wraps by accident. */
export type Line = Span[];

/** A span, plain by default. */
export const span = (text: string, style: Style = 'plain'): Span => ({text, style});

/** The width of a line, in columns. */
export const lineWidth = (line: Line): number => line.reduce((sum, {text}) => sum + widthOf(text), 0);

/** Cuts a line to `columns`. A cut line ends with `…`. */
export const cutLine = (line: Line, columns: number): Line => {
	if (lineWidth(line) <= columns) return line;
	const cut: Line = [];
	let left = columns;
	for (const {text, style} of line) {
		const width = widthOf(text);
		if (width >= left) {
			// A span that fits exactly is followed by more: made too wide, it is cut and marked as well.
			cut.push({text: cutToWidth(width > left ? text : `${text}  `, left), style});
			break;
		}
		cut.push({text, style});
		left -= width;
	}
	return cut;
};

/** Joins two lines into one of `columns`: `end` is aligned right, and `start` is cut if there is no room for both. */
export const justifyLine = (start: Line, end: Line, columns: number): Line => {
	const right = cutLine(end, columns);
	const left = cutLine(start, Math.max(0, columns - lineWidth(right) - 1));
	const gap = Math.max(0, columns - lineWidth(left) - lineWidth(right));
	return [...left, span(' '.repeat(gap)), ...right];
};

/** Wraps a line at `columns`: between words, or inside a word that is longer than a line. */
export const wrapLine = (line: Line, columns: number): Line[] => {
	const characters = line.flatMap(({text, style}) =>
		[...stripColours(cleanLine(text.normalize().replaceAll('\n', ' ')))].map(one => span(one, style)),
	);
	const text = characters.map(one => one.text).join('');
	let next = 0;
	return wrapAnsi(text, Math.max(1, columns), {hard: true, trim: false})
		.split('\n')
		.map(row => {
			const from = next;
			next += [...row].length;
			return joinSpans(trimBlanks(characters.slice(from, next)));
		});
};

/** Wraps a line at `columns`, if it is longer: what goes on is indented by two columns more than its beginning. */
export const fitLine = (line: Line, columns: number): Line[] => {
	if (lineWidth(line) <= columns) return [line];
	const text = line.map(one => one.text).join('');
	const indentation = text.length - text.trimStart().length;
	const room = columns - indentation - 2;
	const [first = [], ...rest] = wrapLine(line, room);
	const blanks = (count: number) => span(' '.repeat(count));
	return [[blanks(indentation), ...first], ...rest.map(row => [blanks(indentation + 2), ...row])];
};

/** Removes the spaces that wrapping leaves at both ends of a line. */
const trimBlanks = (characters: Line): Line => {
	const from = characters.findIndex(({text}) => text !== ' ');
	const to = characters.findLastIndex(({text}) => text !== ' ');
	return from < 0 ? [] : characters.slice(from, to + 1);
};

/** Joins adjacent spans of the same style. */
export const joinSpans = (spans: Line): Line => {
	const line: Line = [];
	for (const {text, style} of spans) {
		const last = line.at(-1);
		if (last?.style === style) last.text += text;
		else line.push({text, style});
	}
	return line;
};

/** Styles parts of a text. `parts`: in ascending order; a part that overlaps the one before it is ignored. */
export const styleParts = (text: string, parts: Array<{index: number; text: string; style: Style}>): Line => {
	const line: Line = [];
	let from = 0;
	for (const part of parts) {
		if (part.index < from) continue;
		if (part.index > from) line.push(span(text.slice(from, part.index)));
		line.push(span(part.text, part.style));
		from = part.index + part.text.length;
	}
	return from < text.length ? [...line, span(text.slice(from))] : line;
};

/** Wraps a line into at most `rows` lines. If more would follow, the last one ends with `…`. */
export const wrapToRows = (line: Line, columns: number, rows: number): Line[] => {
	const lines = wrapLine(line, columns);
	const last = lines[rows - 1];
	if (lines.length <= rows || !last) return lines.slice(0, rows);
	const marked =
		lineWidth(last) < columns ? [...last, span('…', last.at(-1)?.style)] : cutLine(last, columns - 1);
	return [...lines.slice(0, rows - 1), marked];
};

/** A label with text beside it. If the text wraps, its lines begin below each other. */
export const hangingLines = (label: Line, text: Line, columns: number): Line[] => {
	const width = lineWidth(label);
	const blank = span(' '.repeat(width));
	return wrapLine(text, columns - width).map((line, index) => [...(index === 0 ? label : [blank]), ...line]);
};

/** Limits lines to `rows`; the last row then counts those left out. `say`: its words for a number of lines. */
export const limitLines = (lines: Line[], rows: number, say = messages.view.moreLines): Line[] => {
	if (lines.length <= rows) return lines;
	const shown = lines.slice(0, Math.max(0, rows - 1));
	return [...shown, [span(say(lines.length - shown.length), 'muted')]].slice(0, rows);
};

/** Wraps sentences, each of which begins a new line. */
export const sentenceLines = (sentences: string[], columns: number): Line[] =>
	sentences.flatMap(sentence => wrapLine([span(sentence)], columns));

/** Splits a sentence at its backticks, which enclose code. */
export const splitCode = (sentence: string): Array<{value: string; isCode: boolean}> =>
	sentence
		.split('`')
		.map((value, index) => ({value, isCode: index % 2 === 1}))
		.filter(({value}) => value !== '');

/** One of the program's own sentences as spans. `code`: what encloses code in place of the backticks. */
export const sentenceSpans = (sentence: string, code = ''): Line =>
	splitCode(rewriteOwnCommands(sentence)).map(({value, isCode}) =>
		isCode ? span(`${code}${value}${code}`, 'typed') : span(value),
	);

/**
 * A message in which keys stand between `**`, and code between backticks. `values`: what goes into the message; whatever
 * they contain is text, never markup.
 */
export const keySpans = <Values extends string[]>(
	message: string | ((...values: Values) => string),
	...values: Values
): Line => {
	if (typeof message === 'string') return markedSpans(message);
	const standIns = values.map((_, index) => String.fromCodePoint(firstStandIn + index)) as Values;
	return markedSpans(message(...standIns)).map(({text, style}) =>
		span(
			text.replace(/[\uFDD0-\uFDEF]/g, one => values[one.charCodeAt(0) - firstStandIn] ?? one),
			style,
		),
	);
};

/** The first of the characters that Unicode reserves for use within a program: no message contains them. */
const firstStandIn = 0xfdd0;

const markedSpans = (message: string): Line =>
	message
		.split('**')
		.flatMap((part, index) => (index % 2 === 1 ? [span(part, 'strong')] : sentenceSpans(part)));
