import {messages} from '../../../messages/index.js';
import type {ChangedLine, Question, SessionState} from '../../../session/state.js';
import {cleanLine} from '../../../text/terminal-text.js';
import {findPage} from '../../../view/find-binding.js';
import {cutLine, hangingLines, type Line, sentenceSpans, span, wrapLine} from '../../../view/line.js';
import type {Symbols} from '../../../view/symbols.js';
import {spacing} from '../../../view/theme.js';
import {endLines} from '../end/end-lines.js';
import {welcomeLines} from '../welcome/welcome-lines.js';

/** A screen that shows a single text. */
export type TextPage = {
	/** Two pages with the same key share their scroll position. */
	key: string;
	/** Lays the text out in `columns`. */
	linesFor: (columns: number) => Line[];
};

/**
 * The single text that the state shows; null if it shows something else. The first frame, painted without Ink, and
 * Ink's own frames both use it, so they can’t differ.
 */
export const selectTextPage = (state: SessionState, symbols: Symbols): TextPage | null => {
	const {question, overlay, screen} = state;
	if (question) return {key: question.title, linesFor: columns => questionLines(question, columns)};
	if (overlay !== null) {
		const linesFor = findPage(state)?.linesFor;
		return linesFor ? {key: overlay, linesFor: columns => linesFor(state, columns, symbols)} : null;
	}
	if (screen === 'welcome') return {key: screen, linesFor: columns => welcomeLines(state, columns, symbols)};
	return screen === 'end' ? {key: screen, linesFor: columns => endLines(state, columns, symbols)} : null;
};

/** A question, what it is about, and the answers with their keys. */
const questionLines = ({title, lines, changed, choices}: Question, columns: number): Line[] => [
	[],
	...wrapLine([span(title, 'heading')], Math.min(columns, spacing.textColumns)),
	[],
	...lines.flatMap(line => hangingLines([span('  ')], sentenceSpans(line), columns)),
	...(changed ? changedLines(changed, columns) : []),
	[],
	...choices.map(
		({key, label}, index): Line => [
			span(`  ${key}`, 'strong'),
			span(`  ${label}${index === 0 ? '  (enter)' : index === choices.length - 1 ? '  (esc)' : ''}`),
		],
	),
];

/** The number of changed lines that are shown. */
const maxChangedLines = 14;

/** The lines that a save has removed from a file and added to it, each with its number. */
const changedLines = (changed: ChangedLine[], columns: number): Line[] => {
	const shown = changed.slice(0, maxChangedLines);
	const digits = String(Math.max(...shown.map(({line}) => line))).length;
	const rest = changed.length - shown.length;
	return [
		...shown.map(({sign, line, text}) =>
			cutLine(
				[
					span(`  ${String(line).padStart(digits)} `, 'muted'),
					span(`${sign} ${cleanLine(text)}`, sign === '+' ? 'passed' : 'failed'),
				],
				columns,
			),
		),
		...(rest > 0 ? [[span(`  ${messages.tui.more(rest)}`, 'muted')]] : []),
	];
};
