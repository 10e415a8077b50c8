import type {Blockquote, Code, List, ListItem, Paragraph, PhrasingContent, RootContent, Table} from 'mdast';
import {toString as textOf} from 'mdast-util-to-string';
import {rewriteOwnCommands} from '../text/shell-commands.js';
import {cleanLine} from '../text/terminal-text.js';
import {cutLine, type Line, lineWidth, span, wrapLine} from './line.js';
import type {Symbols} from './symbols.js';
import {type Style, spacing} from './theme.js';

type MarkdownOptions = {columns: number; symbols: Symbols};

/**
 * Markdown as lines, at most `columns` wide and never wider than `spacing.textColumns`. Empty lines separate blocks.
 */
export const markdownLines = (nodes: RootContent[], {columns, symbols}: MarkdownOptions): Line[] =>
	blocks(nodes, {columns: Math.min(columns, spacing.textColumns), symbols}, true);

const blocks = (nodes: RootContent[], page: MarkdownOptions, isLoose: boolean): Line[] =>
	nodes
		.map(node => block(node, page))
		.filter(lines => lines.length > 0)
		.flatMap((lines, index) => (index > 0 && isLoose ? [[], ...lines] : lines));

const block = (node: RootContent, page: MarkdownOptions): Line[] => {
	const {columns, symbols} = page;
	switch (node.type) {
		case 'paragraph':
			return wrapLine(inlineSpans(node.children, symbols), columns);
		case 'heading':
			return wrapLine([span(textOf(node), 'heading')], columns);
		case 'code':
			return codeLines(node, page);
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

/**
 * Code after a gutter. Lines that are too long are wrapped and keep their indentation. In a diff, the sign of a line
 * gives its colour.
 */
const codeLines = ({value, lang}: Code, {columns, symbols}: MarkdownOptions): Line[] =>
	value.split('\n').flatMap(row => {
		const text = cleanLine(row);
		const isDiff = lang === 'diff';
		const style = isDiff ? diffStyle(text) : 'typed';
		const [lead = ''] = (isDiff ? /^[-+]? */ : /^ */).exec(text) ?? [];
		const gutter = span(`${symbols.gutter} `, 'muted');
		const size = Math.max(8, columns - 2 - lead.length);
		return wrapLine([span(text.slice(lead.length), style)], size).map((line, index) => [
			gutter,
			span(index === 0 ? lead : ' '.repeat(lead.length), isDiff ? style : 'plain'),
			...line,
		]);
	});

const diffStyle = (line: string): Style => {
	if (/^(?:---|\+\+\+) /.test(line)) return 'strong';
	if (/^(?:@@|diff |index )/.test(line)) return 'muted';
	return line.startsWith('+') ? 'passed' : line.startsWith('-') ? 'failed' : 'typed';
};

const listLines = ({children, ordered, start, spread}: List, page: MarkdownOptions): Line[] =>
	children.flatMap((item, index) => {
		const mark = ordered ? `${(start ?? 1) + index}.` : page.symbols.bullet;
		const lines = itemLines(item, mark, page);
		return index > 0 && spread ? [[], ...lines] : lines;
	});

const itemLines = (item: ListItem, mark: string, page: MarkdownOptions): Line[] =>
	prefixLines(
		blocks(item.children, {...page, columns: page.columns - mark.length - 1}, item.spread ?? false),
		[span(`${mark} `)],
		[span(' '.repeat(mark.length + 1))],
	);

/** A block quote after a gutter. If it begins with `[!NOTE]`, `[!WARNING]`, …, that word becomes its title. */
const quoteLines = ({children}: Blockquote, page: MarkdownOptions): Line[] => {
	const gutter = [span(`${page.symbols.gutter} `, 'muted')];
	const {title, content} = splitCallout(children);
	const lines = blocks(content, {...page, columns: page.columns - 2}, true);
	return prefixLines(title ? [[span(title, 'strong')], ...lines] : lines, gutter, gutter);
};

const splitCallout = (nodes: Blockquote['children']): {title: string | null; content: RootContent[]} => {
	const [first, ...rest] = nodes;
	const [text, ...others] = first?.type === 'paragraph' ? first.children : [];
	const word = text?.type === 'text' ? /^\[!([A-Z]+)\]\s*/.exec(text.value) : null;
	if (!word || text?.type !== 'text') return {title: null, content: nodes};
	const value = text.value.slice(word[0].length);
	const paragraph: Paragraph = {type: 'paragraph', children: [{type: 'text', value}, ...others]};
	return {title: word[1] ?? null, content: value || others.length > 0 ? [paragraph, ...rest] : rest};
};

const prefixLines = (lines: Line[], first: Line, rest: Line): Line[] =>
	lines.map((line, index) => {
		const lead = index === 0 ? first : rest;
		return lineWidth(line) === 0 && lead.every(({text}) => text.trim() === '') ? [] : [...lead, ...line];
	});

/**
 * A paragraph's text as spans. A link is followed by its address unless that is its text, with or without `https://`.
 */
const inlineSpans = (nodes: PhrasingContent[], {code}: Pick<Symbols, 'code'>, style: Style = 'plain'): Line =>
	nodes.flatMap(node => nodeSpans(node, code, style));

const nodeSpans = (node: PhrasingContent, code: string, style: Style): Line => {
	switch (node.type) {
		case 'text':
			return [span(node.value, style)];
		case 'inlineCode':
			return [span(`${code}${rewriteOwnCommands(`\`${node.value}\``).slice(1, -1)}${code}`, 'typed')];
		case 'strong':
			return inlineSpans(node.children, {code}, 'strong');
		case 'emphasis':
			return inlineSpans(node.children, {code}, 'emphasis');
		case 'link': {
			const text = textOf(node);
			const address = node.url.replace(/^mailto:/, '');
			return text === address || `https://${text}` === address.replace(/\/$/, '')
				? [span(text, 'link')]
				: [span(`${text} `, style), span(`<${address}>`, 'link')];
		}
		case 'break':
			return [span(' ', style)];
		case 'html':
			return [];
		default:
			return [span(textOf(node), style)];
	}
};

/** Columns between two cells. */
const columnGap = 2;

/** A table, one line for each row. If it is too wide, its widest columns are narrowed. */
const tableLines = ({children}: Table, columns: number, symbols: Symbols): Line[] => {
	const rows = children.map(row => row.children.map(cell => inlineSpans(cell.children, symbols)));
	const [head, ...body] = rows;
	if (!head) return [];
	const widths = shrinkWidths(
		head.map((_, column) => Math.max(...rows.map(row => lineWidth(row[column] ?? [])))),
		columns - columnGap * (head.length - 1),
	);
	const bold = head.map(cell => cell.map(({text}) => span(text, 'strong')));
	const rule = widths.map(width => symbols.rule.horizontal.repeat(width)).join(' '.repeat(columnGap));
	return [rowLine(bold, widths), [span(rule, 'muted')], ...body.map(row => rowLine(row, widths))];
};

const rowLine = (cells: Line[], widths: number[]): Line =>
	widths.flatMap((width, index) => {
		const cell = cutLine(cells[index] ?? [], width);
		const isLast = index === widths.length - 1;
		return isLast ? cell : [...cell, span(' '.repeat(width - lineWidth(cell) + columnGap))];
	});

/** Narrows the widest column, one character at a time, until all fit. None gets narrower than 3. */
const shrinkWidths = (widths: number[], size: number): number[] => {
	const fitted = [...widths];
	const total = () => fitted.reduce((sum, width) => sum + width, 0);
	while (total() > size) {
		const widest = Math.max(...fitted);
		if (widest <= 3) return fitted;
		fitted[fitted.indexOf(widest)] = widest - 1;
	}
	return fitted;
};
