import {Box} from 'ink';
import {useRef, useState} from 'react';
import type {LabEntry} from '../../session/files/model.js';
import type {Intent, SessionState} from '../../session/state.js';
import {Frame} from '../frame.js';
import type {ViewAction} from '../keys/keymap.js';
import {useViewKeys, type ViewKeys} from '../keys/use-keys.js';
import {layoutScreen, type Room} from '../layout.js';
import {useSurroundings} from '../surroundings.js';
import {Lines} from '../text/lines.js';
import {textRows} from '../text/scroll-lines.js';
import {ScrollText} from '../text/scroll-text.js';
import {spacing} from '../theme.js';
import {fileLines, fileListLines, noticeLines} from './file-lines.js';

type FilesScreenProps = {
	state: SessionState;
	terminal: Room;
	viewKeys: ViewKeys;
	onIntent: (intent: Intent) => void;
};

/** Columns of the list of files, where it stands beside the file that is shown. */
const listColumns = 34;

/** The files of the lab folder and one of them; the arrows choose one, enter opens it in the learner's editor. */
export const FilesScreen = ({state, terminal, viewKeys, onIntent}: FilesScreenProps) => {
	const {symbols} = useSurroundings();
	const layout = layoutScreen(terminal, 'nothing');
	const rooms = divide(layout.body, layout.kind === 'wide');
	const [shown, setShown] = useState({path: state.file?.path ?? '', top: 0});
	// Keys that come faster than frames find what the key before them chose, not what was drawn last.
	const latest = useRef(shown);
	const file = fileLines(state.file, rooms.file.columns);
	const notice = noticeLines(state.notice, rooms.file.columns);
	const fileRoom = {...rooms.file, rows: Math.max(1, rooms.file.rows - notice.length)};
	const end = Math.max(0, file.length - textRows(file.length, fileRoom));
	useViewKeys(viewKeys, action => {
		if (action === 'choose') return onIntent({intent: 'edit-file', path: latest.current.path});
		const path = moveChosen(state.files, latest.current.path, action);
		const page = pages[action] ?? 0;
		const top = Math.max(0, Math.min(latest.current.top + page * (fileRoom.rows - 1), end));
		const isOther = path !== latest.current.path;
		latest.current = {path, top: isOther ? 0 : top};
		setShown(latest.current);
		if (isOther) onIntent({intent: 'show-file', path});
	});
	const list = fileListLines(state.files, shown.path, symbols);
	const here = state.files.findIndex(({path}) => path === shown.path);
	const listRows = textRows(list.length, rooms.list);
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
				<ScrollText lines={list} room={rooms.list} top={listTop} />
				<Box flexDirection="column">
					<ScrollText lines={file} room={fileRoom} top={Math.min(shown.top, end)} />
					{notice.length > 0 && <Lines lines={notice} room={{...rooms.file, rows: notice.length}} />}
				</Box>
			</Box>
		</Frame>
	);
};

const pages: Partial<Record<ViewAction, number>> = {'page-up': -1, 'page-down': 1};

/** Side by side, or the list above with a third of the rows. */
const divide = ({columns, rows}: Room, isWide: boolean): {list: Room; file: Room} => {
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
