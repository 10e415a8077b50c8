import {h} from 'hastscript';
import {splitCode} from '../view/line.js';
import type {Block, Document} from './document.js';
import {chartPicture, htmlPage, sentences} from './report-html.js';

/** A document as one self-contained HTML page. It has no scripts, and its content security policy allows none. */
export const documentHtml = ({title, made, sections}: Document): string =>
	htmlPage(
		title,
		h('body', [
			h('h1', inline(title)),
			h('p', {className: 'made'}, made),
			...sections.flatMap(({heading, level, blocks}) => [
				h(`h${level}`, inline(heading)),
				...blocks.map(blockPart),
			]),
		]),
		tableStyles,
	);

const tableStyles = `
table { border-collapse: collapse; width: 100%; margin: 0.8rem 0; }
th, td { text-align: left; vertical-align: top; padding: 0.25rem 0.8rem 0.25rem 0; border-bottom: 1px solid var(--faint); }
th { color: var(--muted); font-weight: normal; }
.scroll { overflow-x: auto; }
`;

const blockPart = (block: Block) => {
	switch (block.block) {
		case 'sentences':
			return sentences(block.sentences);
		case 'paragraph':
			return h('p', inline(block.text));
		case 'table':
			return h('div', {className: 'scroll', tabIndex: 0}, [
				h('table', [
					h('thead', [
						h(
							'tr',
							block.columns.map(words => h('th', {scope: 'col'}, inline(words))),
						),
					]),
					h(
						'tbody',
						block.rows.map(cells =>
							h(
								'tr',
								cells.map(words => h('td', inline(words))),
							),
						),
					),
				]),
			]);
		case 'chart':
			return h('figure', [h('figcaption', block.chart.title), chartPicture(block.chart)]);
		case 'code':
			return h('pre', h('code', block.text));
	}
};

const inline = (words: string) =>
	splitCode(words).map(({value, isCode}) => (isCode ? h('code', value) : value));
