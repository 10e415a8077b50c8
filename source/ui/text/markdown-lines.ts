import type {Blockquote, List, ListItem, Paragraph, RootContent} from 'mdast';
import {toString as textOf} from 'mdast-util-to-string';
import {cleanLine} from '../../text/clean-line.js';
import type {Symbols} from '../symbols.js';
import {spacing} from '../theme.js';
import {inlineSpans} from './inline-spans.js';
import {type Line, span, widthOfLine} from './line.js';
import {tableLines} from './table-lines.js';
import {wrapLine} from './wrap-line.js';

type Page = {columns: number; symbols: Symbols};

/** Markdown set in lines, none wider than `columns` nor than prose should be. Blocks are set apart by an empty line. */
export const markdownLines = (nodes: RootContent[], {columns, symbols}: Page): Line[] =>
	blocks(nodes, {columns: Math.min(columns, spacing.textColumns), symbols}, true);

const blocks = (nodes: RootContent[], page: Page, isLoose: boolean): Line[] =>
	nodes
		.map(node => block(node, page))
		.filter(lines => lines.length > 0)
		.flatMap((lines, index) => (index > 0 && isLoose ? [[], ...lines] : lines));

const block = (node: RootContent, page: Page): Line[] => {
	const {columns, symbols} = page;
	switch (node.type) {
		case 'paragraph':
			return wrapLine(inlineSpans(node.children, symbols), columns);
		case 'heading':
			return wrapLine([span(textOf(node), 'heading')], columns);
		case 'code':
			return codeLines(node.value, page);
		case 'list':
			return listLines(node, page);
		case 'blockquote':
			return quoteLines(node, page);
		case 'table':
			return tableLines(node, columns, symbols);
		case 'thematicBreak':
			return [[span(symbols.rule.horizontal.repeat(columns), 'muted')]];
		case 'html':
		case 'definition':
			return [];
		default:
			return wrapLine([span(textOf(node))], columns);
	}
};

/** Behind a gutter. Lines that are too long go on below, under their own beginning. */
const codeLines = (code: string, {columns, symbols}: Page): Line[] =>
	code.split('\n').flatMap(row => {
		const text = cleanLine(row);
		const indent = /^ */.exec(text)?.[0] ?? '';
		const gutter = span(`${symbols.gutter} `, 'muted');
		const room = Math.max(8, columns - 2 - indent.length);
		return wrapLine([span(text.trimStart(), 'typed')], room).map(line => [gutter, span(indent), ...line]);
	});

const listLines = ({children, ordered, start, spread}: List, page: Page): Line[] =>
	children.flatMap((item, index) => {
		const mark = ordered ? `${(start ?? 1) + index}.` : page.symbols.bullet;
		const lines = itemLines(item, mark, page);
		return index > 0 && spread ? [[], ...lines] : lines;
	});

const itemLines = (item: ListItem, mark: string, page: Page): Line[] =>
	hang(
		blocks(item.children, {...page, columns: page.columns - mark.length - 1}, item.spread ?? false),
		[span(`${mark} `)],
		[span(' '.repeat(mark.length + 1))],
	);

/** A quotation behind a gutter; one that begins with `[!NOTE]`, `[!WARNING]`, … gets that word as its title. */
const quoteLines = ({children}: Blockquote, page: Page): Line[] => {
	const gutter = [span(`${page.symbols.gutter} `, 'muted')];
	const {title, content} = takeCallout(children);
	const lines = blocks(content, {...page, columns: page.columns - 2}, true);
	return hang(title ? [[span(title, 'strong')], ...lines] : lines, gutter, gutter);
};

const takeCallout = (nodes: Blockquote['children']): {title: string | null; content: RootContent[]} => {
	const [first, ...rest] = nodes;
	const [text, ...others] = first?.type === 'paragraph' ? first.children : [];
	const word = text?.type === 'text' ? /^\[!([A-Z]+)\]\s*/.exec(text.value) : null;
	if (!word || text?.type !== 'text') return {title: null, content: nodes};
	const value = text.value.slice(word[0].length);
	const paragraph: Paragraph = {type: 'paragraph', children: [{type: 'text', value}, ...others]};
	return {title: word[1] ?? null, content: value || others.length > 0 ? [paragraph, ...rest] : rest};
};

const hang = (lines: Line[], first: Line, rest: Line): Line[] =>
	lines.map((line, index) => {
		const lead = index === 0 ? first : rest;
		return widthOfLine(line) === 0 && lead.every(({text}) => text.trim() === '') ? [] : [...lead, ...line];
	});
