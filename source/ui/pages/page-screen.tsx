import {useState} from 'react';
import type {SessionState} from '../../session/state.js';
import {useViewKeys, type ViewKeys} from '../keys/use-keys.js';
import {layoutScreen, type Room} from '../layout.js';
import {useSurroundings} from '../surroundings.js';
import type {Line} from '../text/line.js';
import {Lines} from '../text/lines.js';
import {textRows} from '../text/scroll-lines.js';
import {initialView, moveView, type Region, topOf} from '../view.js';
import {pageLines, scrollRoom} from './page-lines.js';

type PageScreenProps = {
	state: SessionState;
	terminal: Room;
	viewKeys: ViewKeys;
	/** What stands on the page, set for so many columns. */
	linesFor: (columns: number) => Line[];
};

/** A screen that is one undivided text, which scrolls when it is longer than the room. */
export const PageScreen = ({state, terminal, viewKeys, linesFor}: PageScreenProps) => {
	const {symbols} = useSurroundings();
	const [view, setView] = useState(initialView);
	const layout = layoutScreen(terminal, 'nothing');
	const room = scrollRoom(state, layout, symbols);
	const lines = linesFor(room.columns);
	const region: Region = {key: 'page', total: lines.length, rows: textRows(lines.length, room), initial: 0};
	useViewKeys(viewKeys, action =>
		setView(before => moveView(before, action, {regions: [region], suited: 0, isWide: false})),
	);
	const rows = pageLines(state, layout, symbols, {lines, top: topOf(view, region)});
	return <Lines lines={rows} room={{columns: layout.frame.columns, rows: rows.length}} />;
};
