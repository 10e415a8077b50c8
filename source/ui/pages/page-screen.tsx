import {Box} from 'ink';
import {useState} from 'react';
import type {SessionState} from '../../session/state.js';
import {Frame} from '../frame.js';
import {useViewKeys, type ViewKeys} from '../keys/use-keys.js';
import {layoutScreen, type Room} from '../layout.js';
import type {Line} from '../text/line.js';
import {ScrollText, textRows} from '../text/scroll-text.js';
import {spacing} from '../theme.js';
import {initialView, moveView, type Region, topOf} from '../view.js';

type PageScreenProps = {
	state: SessionState;
	terminal: Room;
	viewKeys: ViewKeys;
	/** What stands on the page, set for so many columns. */
	linesFor: (columns: number) => Line[];
};

/** A screen that is one undivided text, which scrolls when it is longer than the room. */
export const PageScreen = ({state, terminal, viewKeys, linesFor}: PageScreenProps) => {
	const [view, setView] = useState(initialView);
	const layout = layoutScreen(terminal, false);
	const room = {columns: layout.body.columns - 2 * spacing.margin, rows: layout.body.rows};
	const lines = linesFor(room.columns);
	const region: Region = {key: 'page', total: lines.length, rows: textRows(lines.length, room), initial: 0};
	useViewKeys(viewKeys, action => setView(before => moveView(before, action, [region], 0)));
	return (
		<Frame state={state} layout={layout}>
			<Box width={layout.body.columns} height={layout.body.rows} paddingX={spacing.margin}>
				<ScrollText lines={lines} room={room} top={topOf(view, region)} />
			</Box>
		</Frame>
	);
};
