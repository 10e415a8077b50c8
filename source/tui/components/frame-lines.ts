import {messages} from '../../messages/index.js';
import {type CommandLine, openBlank, shownBlank} from '../../session/command-line.js';
import {selectFolder, selectPlace} from '../../session/select.js';
import type {EngineState, SessionState} from '../../session/state.js';
import {cutToWidth, widthOf} from '../../text/width.js';
import type {KeyContext} from '../../view/binding.js';
import {cutLine, joinSpans, justifyLine, type Line, lineWidth, span} from '../../view/line.js';
import {type Symbols, turningMark} from '../../view/symbols.js';
import {spacing} from '../../view/theme.js';
import {builderName, promptSign, recordingLabel} from '../../view/wording.js';
import {footerLine} from '../keymap/key-lines.js';
import type {Layout} from '../text/layout.js';
import {classBadge, classPlace, noteRows} from './class-lines.js';

export type FrameOptions = {
	/** Column at which the body is divided; null when it is not. */
	divider?: number | null;
	/** How the screen differs from the default key context; the footer shows its keys. */
	shown?: Partial<KeyContext>;
};

/** The lines around the body. `rows`: of the whole frame, including the body. */
export type FrameLines = {above: Line[]; below: Line[]; rows: number};

/**
 * What stands above and below the body of every screen: header, rules, added rows, footer. `layout`: of the terminal
 * without the added rows.
 */
export const frameLines = (
	state: SessionState,
	layout: Layout,
	symbols: Symbols,
	{divider = null, shown}: FrameOptions = {},
): FrameLines => {
	const {columns} = layout.frame;
	const added = addedRows(state, columns);
	const label = recordingLabel(state.engine, state.replay);
	const rule = (mark: string, words: string | null) =>
		layout.kind === 'tabs' ? [] : [ruleLine(columns, symbols, {divider, mark, label: words})];
	const badge = classBadge(state, symbols);
	const keys = footerLine(state, columns - lineWidth(badge), symbols, shown);
	const footer = badge.length > 0 ? justifyLine(keys, badge, columns) : keys;
	return {
		above: [headerLine(state, columns, symbols), ...rule(symbols.rule.down, label)],
		below: [...rule(symbols.rule.up, null), ...added, footer],
		rows: layout.frame.rows + added.length,
	};
};

/** A line across the screen, with a mark where the body is divided and words at its beginning. */
const ruleLine = (
	columns: number,
	{rule}: Symbols,
	{divider, mark, label}: {divider: number | null; mark: string; label: string | null},
): Line => {
	const words = label === null ? '' : ` ${cutToWidth(label, columns - 6)} `;
	const start = label === null ? 0 : 2 + widthOf(words);
	const dashes = Array.from({length: columns - start}, (_, index) =>
		index + start === divider ? mark : rule.horizontal,
	).join('');
	return label === null
		? [span(dashes, 'muted')]
		: [span(rule.horizontal.repeat(2), 'muted'), span(words, 'recorded'), span(dashes, 'muted')];
};

/** The fewest columns between the title and the badges. */
const leastGap = 3;

/** The first line of every screen: workshop and chapter at the left; recording, builder and engine at the right. */
const headerLine = (state: SessionState, columns: number, symbols: Symbols): Line => {
	const margin = span(' '.repeat(spacing.margin));
	// If there is little room, the engine is left out first, then the builder. The mark of a recording always stays.
	let badges = [
		recordedBadge(state.engine),
		classPlace(state),
		builderBadge(state),
		engineBadge(state.engine, symbols),
	].filter(badge => badge !== null);
	while (badges.length > 1 && lineWidth(joinBadges(badges)) > columns / 2) badges = badges.slice(0, -1);
	const size = columns - 2 * spacing.margin - lineWidth(joinBadges(badges)) - leastGap;
	return [
		...justifyLine([margin, ...titleLine(state, size)], joinBadges(badges), columns - spacing.margin),
		margin,
	];
};

/** Workshop and chapter, or the chapter alone if there is no room for both. */
const titleLine = (state: SessionState, columns: number): Line => {
	const title = span(state.workshop.title, 'strong');
	if (state.screen !== 'step') return [title];
	const {chapter, chapterNumber, chapterCount} = selectPlace(state);
	const place = span(`${chapterNumber}/${chapterCount} ${chapter.title}`);
	const both = [title, span('  '), place];
	return lineWidth(both) <= columns ? both : [place];
};

const recordedBadge = (engine: EngineState): Line | null =>
	engine.status === 'ready' && engine.identity.recorded
		? [span(messages.tui.header.recorded, 'recorded')]
		: null;

const builderBadge = ({screen, builder}: SessionState): Line | null => {
	if (screen !== 'step') return null;
	const say = messages.tui.header;
	const name = builderName(builder);
	return [span(builder === 'buildah' ? say.builder(name) : say.builderWithKey(name, 'b'))];
};

const engineBadge = (engine: EngineState, symbols: Symbols): Line => {
	const say = messages.tui.header;
	if (engine.status === 'connecting') return [turningMark(symbols), span(` ${say.connecting}`, 'muted')];
	if (engine.status === 'missing') return [span(say.noEngine, 'failed')];
	const {version, cli} = engine.identity;
	return [span(cli.podman === undefined ? say.engine(version) : messages.view.podman(version))];
};

const joinBadges = (badges: Line[]): Line =>
	badges.flatMap((badge, index) => (index > 0 ? [span('   '), ...badge] : badge));

/** The most rows of typed text in sight. The cursor is always in one of them. */
const maxTypedRows = 5;

/** The rows above the footer that are there only at times: a note of the class, and the command line. */
export const addedRows = (state: SessionState, columns: number): Line[] => [
	...noteRows(state, columns),
	...commandLineRows(state, columns),
];

/** The command line above the footer: the typed text with its cursor, and the completions that tab offers. */
const commandLineRows = (state: SessionState, columns: number): Line[] => {
	const {commandLine} = state;
	if (!commandLine) return [];
	const prompt = promptText(state, commandLine);
	const {rows, cursorRow} = wrapTyped(commandLine, columns - widthOf(prompt) - 2);
	const first = Math.max(0, Math.min(cursorRow - maxTypedRows + 1, rows.length - maxTypedRows));
	const shown = rows.slice(first, first + maxTypedRows);
	const indent = ' '.repeat(widthOf(prompt));
	const {offers} = commandLine;
	return [
		...shown.map((row, index): Line => [span(` ${first + index === 0 ? prompt : indent}`, 'strong'), ...row]),
		...(offers.length > 0 ? [cutLine([span(` ${indent}${offers.join('  ')}`, 'muted')], columns)] : []),
	];
};

const promptText = (state: SessionState, {search, isAnswer}: CommandLine): string => {
	if (isAnswer) return `${messages.tui.yourAnswer} `;
	if (search !== null) return `${messages.tui.historySearch(search)} `;
	const folder = selectFolder(state);
	return `${folder}${folder === '' ? '' : ' '}${promptSign(state.dialect)}`;
};

/** Wraps the typed text at `columns`, and marks the character under the cursor. */
const wrapTyped = ({text, cursor}: CommandLine, columns: number): {rows: Line[]; cursorRow: number} => {
	const rows: Line[] = [[]];
	let used = 0;
	let cursorRow = 0;
	const put = (character: string, isCursor: boolean): void => {
		const width = widthOf(character);
		if (used + width > Math.max(1, columns)) {
			rows.push([]);
			used = 0;
		}
		rows.at(-1)?.push(span(character, isCursor ? 'match' : 'typed'));
		used += width;
		if (isCursor) cursorRow = rows.length - 1;
	};
	for (const [index, typed] of [...text, ''].entries()) {
		const character = typed === openBlank ? shownBlank : typed;
		const isEnd = character === '' || character === '\n';
		if (isEnd && index === cursor) put(' ', true);
		else if (!isEnd) put(character, index === cursor);
		if (character === '\n') {
			rows.push([]);
			used = 0;
		}
	}
	return {rows: rows.map(joinSpans), cursorRow};
};
