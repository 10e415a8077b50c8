import type {Question} from '../../session/state.js';
import {changedLines} from '../files/changed-lines.js';
import {hangLine} from '../text/hang-line.js';
import {type Line, span} from '../text/line.js';
import {sentenceSpans} from '../text/sentence-spans.js';
import {wrapLine} from '../text/wrap-line.js';
import {spacing} from '../theme.js';

/** A question, what it is about, and the answers with their keys. */
export const questionLines = ({title, lines, changed, choices}: Question, columns: number): Line[] => [
	[],
	...wrapLine([span(title, 'heading')], Math.min(columns, spacing.textColumns)),
	[],
	...lines.flatMap(line => hangLine([span('  ')], sentenceSpans(line), columns)),
	...(changed ? changedLines(changed, columns) : []),
	[],
	...choices.map(
		({key, label}, index): Line => [
			span(`  ${key}`, 'strong'),
			span(`  ${label}${index === 0 ? '  (enter)' : index === choices.length - 1 ? '  (esc)' : ''}`),
		],
	),
];
