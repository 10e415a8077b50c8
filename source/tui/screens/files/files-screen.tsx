import {Box} from 'ink';
import {useRef, useState} from 'react';
import {messages} from '../../../messages/index.js';
import {type LabEntry, type ShownFile, shownFiles} from '../../../session/features/files.js';
import {cleanLine} from '../../../text/terminal-text.js';
import {cutLine, type Line, sentenceSpans, span, wrapLine} from '../../../view/line.js';
import type {Symbols} from '../../../view/symbols.js';
import {spacing} from '../../../view/theme.js';
import {Frame} from '../../components/frame.js';
import {Lines, ScrollText} from '../../components/lines.js';
import {useChoice} from '../../keymap/use-choice.js';
import {type ScreenProps, useViewKeys} from '../../keymap/use-keys.js';
import {lineMoves, pageMoves} from '../../keymap/view-state.js';
import {codeSpans} from '../../text/code-spans.js';
import {layoutScreen, type Size, topAround, visibleRows} from '../../text/layout.js';
import {useRenderContext} from '../../text/render-context.js';

/** Columns for the list of files, if it is next to the shown file. */
const listColumns = 34;

/** The files of the lab folder and one of them; the arrows choose one, enter opens it in the learner's editor. */
export const FilesScreen = ({state, terminal, viewKeys, onIntent}: ScreenProps) => {
	const {symbols} = useRenderContext();
	const layout = layoutScreen(terminal, 'nothing');
	const rooms = divide(layout.body, layout.kind === 'wide');
	const shown = shownFiles.of(state);
	const {chosen, current, choose} = useChoice(
		shown.list.map(({path}) => path),
		shown.file?.path ?? '',
	);
	const top = useRef(0);
	const [, draw] = useState(0);
	const file = fileLines(shown.file, rooms.file.columns);
	const notice = noticeLines(state.notice, rooms.file.columns);
	const fileRoom = {...rooms.file, rows: Math.max(1, rooms.file.rows - notice.length)};
	const end = Math.max(0, file.length - visibleRows(file.length, fileRoom));
	useViewKeys(viewKeys, action => {
		const before = current();
		if (action === 'choose') return onIntent({intent: 'edit-file', path: before});
		const path = choose(lineMoves[action] ?? 0);
		const moved = top.current + (pageMoves[action] ?? 0) * (fileRoom.rows - 1);
		top.current = path === before ? Math.max(0, Math.min(moved, end)) : 0;
		draw(top.current);
		if (path !== before) onIntent({intent: 'show-file', path});
	});
	const list = fileListLines(shown.list, chosen, symbols);
	const here = shown.list.findIndex(({path}) => path === chosen);
	return (
		<Frame state={state} layout={layout}>
			<Box
				flexDirection={layout.kind === 'wide' ? 'row' : 'column'}
				width={layout.body.columns}
				height={layout.body.rows}
				paddingX={spacing.margin}
				gap={layout.kind === 'wide' ? 2 : 0}
			>
				<ScrollText lines={list} size={rooms.list} top={topAround(here, list.length, rooms.list)} />
				<Box flexDirection="column">
					<ScrollText lines={file} size={fileRoom} top={Math.min(top.current, end)} />
					{notice.length > 0 && <Lines lines={notice} size={{...rooms.file, rows: notice.length}} />}
				</Box>
			</Box>
		</Frame>
	);
};

/** Divides the body: list and file side by side, or the list above the file with a third of the rows. */
const divide = ({columns, rows}: Size, isWide: boolean): {list: Size; file: Size} => {
	const inner = columns - 2 * spacing.margin;
	if (isWide) {
		return {list: {columns: listColumns, rows}, file: {columns: inner - listColumns - 2, rows}};
	}
	const list = Math.max(1, Math.floor(rows / 3));
	return {list: {columns: inner, rows: list}, file: {columns: inner, rows: Math.max(1, rows - list)}};
};

/** Longer files are cut: open them in an editor to see the rest. */
const maxFileLines = 5000;

/** The files, a line each; the chosen one is marked. */
const fileListLines = (files: LabEntry[], chosen: string, symbols: Symbols): Line[] =>
	files.length === 0
		? [[span(messages.tui.files.none, 'muted')]]
		: files.map(({path, state}): Line => {
				const isChosen = path === chosen;
				return [
					span(isChosen ? `${symbols.here} ` : '  '),
					span(path, isChosen ? 'strong' : 'plain'),
					...(state === 'ours' ? [] : [span(`  ${messages.tui.files[state]}`, 'muted')]),
				];
			});

/** A file with line numbers and highlighted syntax. */
const fileLines = (file: ShownFile | null, columns: number): Line[] => {
	if (!file) return [];
	if (file.text === null) return [[span(messages.tui.files.unreadable, 'muted')]];
	// Only binary files contain this character.
	if (file.text.includes('\0')) return [[span(messages.tui.files.notText, 'muted')]];
	const rows = file.text.replace(/\n$/, '').split(/\r?\n/);
	const digits = String(Math.min(rows.length, maxFileLines)).length;
	const lines = rows.slice(0, maxFileLines).map(
		(row, index): Line =>
			cutLine(
				[
					span(`${String(index + 1).padStart(digits)}  `, 'muted'),
					...codeSpans(cleanLine(row.replaceAll('\t', '    ')), {
						file: file.path,
						before: rows[index - 1] ?? '',
					}),
				],
				columns,
			),
	);
	const rest = rows.length - lines.length;
	return rest > 0 ? [...lines, [span(messages.tui.files.moreLines(rest), 'muted')]] : lines;
};

/** The notice below the file. */
const noticeLines = (notice: string | null, columns: number): Line[] =>
	notice === null ? [] : [[], ...wrapLine([span('! ', 'strong'), ...sentenceSpans(notice)], columns)];
