import type {PhrasingContent, Root, RootContent} from 'mdast';
import {gfmToMarkdown} from 'mdast-util-gfm';
import {toMarkdown} from 'mdast-util-to-markdown';
import {splitCode} from '../view/line.js';
import type {Block, Document} from './document.js';
import {chartContent, heading, list, paragraph, table, text} from './report-markdown.js';

/** A document as a Markdown page. Its texts are escaped, so that nothing in them counts as Markdown. */
export const documentMarkdown = ({title, made, sections}: Document): string => {
	const page: Root = {
		type: 'root',
		children: [
			heading(1, title),
			paragraph([text(made)]),
			...sections.flatMap(({heading: words, level, blocks}) => [
				heading(level, words),
				...blocks.flatMap(blockContent),
			]),
		],
	};
	return toMarkdown(page, {extensions: [gfmToMarkdown({tablePipeAlign: false})], bullet: '-'});
};

const blockContent = (block: Block): RootContent[] => {
	switch (block.block) {
		case 'sentences':
			return [list(block.sentences)];
		case 'paragraph':
			return [paragraph(inline(block.text))];
		case 'table':
			return [table([block.columns, ...block.rows].map(cells => cells.map(inline)))];
		case 'chart':
			return chartContent(block.chart);
		case 'code':
			return [{type: 'code', lang: block.language, value: block.text}];
	}
};

const inline = (words: string): PhrasingContent[] =>
	splitCode(words).map(({value, isCode}) => ({type: isCode ? 'inlineCode' : 'text', value}));
