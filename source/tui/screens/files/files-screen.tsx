import {Box} from 'ink';
import {useRef, useState} from 'react';
import type {Intent} from '../../../session/intents.js';
import type {LabEntry, SessionState, ShownFile} from '../../../session/state.js';
import {cleanLine} from '../../../text/terminal-text.js';
import type {ViewAction} from '../../../view/keymap.js';
import {cutLine, type Line, sentenceSpans, span, wrapLine} from '../../../view/line.js';
import type {Symbols} from '../../../view/symbols.js';
import {spacing} from '../../../view/theme.js';
import {Frame} from '../../components/frame.js';
import {Lines, ScrollText} from '../../components/lines.js';
import {useViewKeys, type ViewKeys} from '../../keymap/use-keys.js';
import {codeSpans} from '../../text/code-spans.js';
import {layoutScreen, type Size, visibleRows} from '../../text/layout.js';
import {useRenderContext} from '../../text/render-context.js';

type FilesScreenProps = {
	state: SessionState;
	terminal: Size;
	viewKeys: ViewKeys;
	onIntent: (intent: Intent) => void;
};

/** Columns of the list of files, where it stands beside the file that is shown. */
const listColumns = 34;

/** The files of the lab folder and one of them; the arrows choose one, enter opens it in the learner's editor. */
export const FilesScreen = ({state, terminal, viewKeys, onIntent}: FilesScreenProps) => {
	const {symbols} = useRenderContext();
	const layout = layoutScreen(terminal, 'nothing');
	const rooms = divide(layout.body, layout.kind === 'wide');
	const [shown, setShown] = useState({path: state.file?.path ?? '', top: 0});
	// Keys that come faster than frames find what the key before them chose, not what was drawn last.
	const latest = useRef(shown);
	const file = fileLines(state.file, rooms.file.columns);
	const notice = noticeLines(state.notice, rooms.file.columns);
	const fileRoom = {...rooms.file, rows: Math.max(1, rooms.file.rows - notice.length)};
	const end = Math.max(0, file.length - visibleRows(file.length, fileRoom));
	useViewKeys(viewKeys, action => {
		if (action === 'choose') return onIntent({intent: 'edit-file', path: latest.current.path});
		const path = moveChosen(state.files, latest.current.path, action);
		const page = pageMoves[action] ?? 0;
		const top = Math.max(0, Math.min(latest.current.top + page * (fileRoom.rows - 1), end));
		const isOther = path !== latest.current.path;
		latest.current = {path, top: isOther ? 0 : top};
		setShown(latest.current);
		if (isOther) onIntent({intent: 'show-file', path});
	});
	const list = fileListLines(state.files, shown.path, symbols);
	const here = state.files.findIndex(({path}) => path === shown.path);
	const listRows = visibleRows(list.length, rooms.list);
	const listTop = Math.max(0, Math.min(here - Math.floor(listRows / 2), list.length - listRows));
	return (
		<Frame state={state} layout={layout}>
			<Box
				flexDirection={layout.kind === 'wide' ? 'row' : 'column'}
				width={layout.body.columns}
				height={layout.body.rows}
				paddingX={spacing.margin}
				gap={layout.kind === 'wide' ? 2 : 0}
			>
				<ScrollText lines={list} size={rooms.list} top={listTop} />
				<Box flexDirection="column">
					<ScrollText lines={file} size={fileRoom} top={Math.min(shown.top, end)} />
					{notice.length > 0 && <Lines lines={notice} size={{...rooms.file, rows: notice.length}} />}
				</Box>
			</Box>
		</Frame>
	);
};

const pageMoves: Partial<Record<ViewAction, number>> = {'page-up': -1, 'page-down': 1};

/** Side by side, or the list above with a third of the rows. */
const divide = ({columns, rows}: Size, isWide: boolean): {list: Size; file: Size} => {
	const inner = columns - 2 * spacing.margin;
	if (isWide) {
		return {list: {columns: listColumns, rows}, file: {columns: inner - listColumns - 2, rows}};
	}
	const list = Math.max(1, Math.floor(rows / 3));
	return {list: {columns: inner, rows: list}, file: {columns: inner, rows: Math.max(1, rows - list)}};
};

const moveChosen = (files: LabEntry[], chosen: string, action: ViewAction): string => {
	const move = action === 'up' ? -1 : action === 'down' ? 1 : 0;
	const index = files.findIndex(({path}) => path === chosen) + move;
	return files[Math.max(0, Math.min(index, files.length - 1))]?.path ?? chosen;
};

/** More lines of a file than these are not set: whoever needs them opens the file. */
const maxFileLines = 5000;

const stateWords: Record<LabEntry['state'], string> = {ours: '', changed: 'changed', own: 'yours'};

/** The files, a line each; the chosen one is marked. */
export const fileListLines = (files: LabEntry[], chosen: string, symbols: Symbols): Line[] =>
	files.length === 0
		? [[span('The lab folder has no files.', 'muted')]]
		: files.map(({path, state}): Line => {
				const isChosen = path === chosen;
				return [
					span(isChosen ? `${symbols.here} ` : '  '),
					span(path, isChosen ? 'strong' : 'plain'),
					...(stateWords[state] === '' ? [] : [span(`  ${stateWords[state]}`, 'muted')]),
				];
			});

/** A file with its line numbers and a little colour. */
export const fileLines = (file: ShownFile | null, columns: number): Line[] => {
	if (!file) return [];
	if (file.text === null) return [[span('This file can’t be read.', 'muted')]];
	// Where a text has this character, it is none.
	if (file.text.includes('\0')) return [[span('This file is no text.', 'muted')]];
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
	return rest > 0 ? [...lines, [span(`and ${rest} more lines`, 'muted')]] : lines;
};

/** What there is to say, below the file. */
export const noticeLines = (notice: string | null, columns: number): Line[] =>
	notice === null ? [] : [[], ...wrapLine([span('! ', 'strong'), ...sentenceSpans(notice)], columns)];
