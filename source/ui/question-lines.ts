import type {Question} from '../session/state.js';
import {hangLine} from './hang-line.js';
import {type Line, span} from './line.js';
import {sentenceSpans} from './sentence-spans.js';
import {spacing} from './theme.js';
import {wrapLine} from './wrap-line.js';

/** A question, what it is about, and the answers with their keys. */
export const questionLines = ({title, lines, choices}: Question, columns: number): Line[] => [
	[],
	...wrapLine([span(title, 'heading')], Math.min(columns, spacing.textColumns)),
	[],
	...lines.flatMap(line => hangLine([span('  ')], sentenceSpans(line), columns)),
	[],
	...choices.map(
		({key, label}, index): Line => [
			span(`  ${key}`, 'strong'),
			span(`  ${label}${index === 0 ? '  (enter)' : index === choices.length - 1 ? '  (esc)' : ''}`),
		],
	),
];
