import type {PhrasingContent} from 'mdast';
import {toString as textOf} from 'mdast-util-to-string';
import {asStarted} from '../../text/how-started.js';
import type {Symbols} from '../symbols.js';
import type {Style} from '../theme.js';
import {type Line, span} from './line.js';

/** The words of a paragraph, each with its meaning. A link is followed by its address unless that is its text, with or without `https://`. */
export const inlineSpans = (
	nodes: PhrasingContent[],
	{code}: Pick<Symbols, 'code'>,
	style: Style = 'plain',
): Line => nodes.flatMap(node => spansOf(node, code, style));

const spansOf = (node: PhrasingContent, code: string, style: Style): Line => {
	switch (node.type) {
		case 'text':
			return [span(node.value, style)];
		case 'inlineCode':
			return [span(`${code}${asStarted(`\`${node.value}\``).slice(1, -1)}${code}`, 'typed')];
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
