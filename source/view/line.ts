import wrapAnsi from 'wrap-ansi';
import {messages} from '../messages/index.js';
import {rewriteOwnCommands} from '../text/shell-commands.js';
import {cleanLine, stripColours} from '../text/terminal-text.js';
import {cutToWidth, widthOf} from '../text/width.js';
import type {Style} from './theme.js';

/** A piece of text of one meaning. `turns`: a spinner's first frame, which Ink goes on with. */
export type Span = {text: string; style: Style; turns?: true};

/** One row of text. Screens are made of lines that are cut before Ink sees them, so that nothing wraps by accident. */
export type Line = Span[];

/** A span, plain by default. */
export const span = (text: string, style: Style = 'plain'): Span => ({text, style});

/** Columns that a line takes. */
export const lineWidth = (line: Line): number => line.reduce((sum, {text}) => sum + widthOf(text), 0);

/** The line, at most so many columns wide; what was cut off is marked with `…`. */
export const cutLine = (line: Line, columns: number): Line => {
	if (lineWidth(line) <= columns) return line;
	const cut: Line = [];
	let left = columns;
	for (const {text, style} of line) {
		const width = widthOf(text);
		if (width >= left) {
			// One column more than fits, so that a span that just fits is cut and marked as well.
			cut.push({text: cutToWidth(width > left ? text : `${text}  `, left), style});
			break;
		}
		cut.push({text, style});
		left -= width;
	}
	return cut;
};

/** Two lines as one that fills so many columns: the second one ends at the right edge, the first one is cut. */
export const justifyLine = (start: Line, end: Line, columns: number): Line => {
	const right = cutLine(end, columns);
	const left = cutLine(start, Math.max(0, columns - lineWidth(right) - 1));
	const gap = Math.max(0, columns - lineWidth(left) - lineWidth(right));
	return [...left, span(' '.repeat(gap)), ...right];
};

/** The line in as many lines as it needs, none wider than so many columns. Breaks between words, in words only if it must. */
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

/** Without the spaces at both ends, which are left over from breaking the line. */
const trimBlanks = (characters: Line): Line => {
	const from = characters.findIndex(({text}) => text !== ' ');
	const to = characters.findLastIndex(({text}) => text !== ' ');
	return from < 0 ? [] : characters.slice(from, to + 1);
};

/** Adjacent spans of one style as one span. */
export const joinSpans = (spans: Line): Line => {
	const line: Line = [];
	for (const {text, style} of spans) {
		const last = line.at(-1);
		if (last?.style === style) last.text += text;
		else line.push({text, style});
	}
	return line;
};

/** A text with styled parts, in ascending order; a part that overlaps the one before it is left out. */
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

/** The line in at most so many lines; where it goes on, the last one ends with `…`. */
export const wrapToRows = (line: Line, columns: number, rows: number): Line[] => {
	const lines = wrapLine(line, columns);
	const last = lines[rows - 1];
	if (lines.length <= rows || !last) return lines.slice(0, rows);
	const marked =
		lineWidth(last) < columns ? [...last, span('…', last.at(-1)?.style)] : cutLine(last, columns - 1);
	return [...lines.slice(0, rows - 1), marked];
};

/** A label and text beside it; the text goes on under its own beginning. */
export const hangingLines = (label: Line, text: Line, columns: number): Line[] => {
	const width = lineWidth(label);
	const blank = span(' '.repeat(width));
	return wrapLine(text, columns - width).map((line, index) => [...(index === 0 ? label : [blank]), ...line]);
};

/** At most so many of the lines; of more, the last one counts what is left out. `say`: what it says of so many. */
export const limitLines = (lines: Line[], rows: number, say = messages.view.moreLines): Line[] => {
	if (lines.length <= rows) return lines;
	const shown = lines.slice(0, Math.max(0, rows - 1));
	return [...shown, [span(say(lines.length - shown.length), 'muted')]].slice(0, rows);
};

/** Sentences, each of which begins a line. */
export const sentenceLines = (sentences: string[], columns: number): Line[] =>
	sentences.flatMap(sentence => wrapLine([span(sentence)], columns));

/** The parts of a sentence; backticks enclose code. */
export const splitCode = (sentence: string): Array<{value: string; isCode: boolean}> =>
	sentence
		.split('`')
		.map((value, index) => ({value, isCode: index % 2 === 1}))
		.filter(({value}) => value !== '');

/** One of our sentences as spans. `code`: what encloses code in place of the backticks. */
export const sentenceSpans = (sentence: string, code = ''): Line =>
	splitCode(rewriteOwnCommands(sentence)).map(({value, isCode}) =>
		isCode ? span(`${code}${value}${code}`, 'typed') : span(value),
	);

/** A message in which keys stand between `**`. */
export const keySpans = (message: string): Line =>
	message
		.split('**')
		.flatMap((part, index) => (index % 2 === 1 ? [span(part, 'strong')] : sentenceSpans(part)));
