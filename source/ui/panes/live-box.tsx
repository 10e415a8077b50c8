import {Box} from 'ink';
import type {Room} from '../layout.js';
import {Lines} from '../text/lines.js';
import {spacing} from '../theme.js';
import type {Live, Pane} from './pane.js';
import {PaneBox} from './pane-box.js';

type LiveBoxProps = {
	side: Live;
	room: Room;
	/** First visible row of a pane's output. */
	topOfPane: (pane: Pane) => number;
	/** Key of the pane that is marked; null: none. */
	marked: string | null;
};

/** The live side of a step: lines, panes, lines. */
export const LiveBox = ({side, room, topOfPane, marked}: LiveBoxProps) => {
	const columns = room.columns - 2 * spacing.margin;
	return (
		<Box flexDirection="column" width={room.columns} height={room.rows} paddingX={spacing.margin}>
			<Lines lines={side.above} room={{columns, rows: side.above.length}} />
			{side.panes.map(row => (
				<Box key={row[0]?.key} columnGap={spacing.gap}>
					{row.map(pane => (
						<PaneBox key={pane.key} pane={pane} top={topOfPane(pane)} isFocused={pane.key === marked} />
					))}
				</Box>
			))}
			<Lines lines={side.lines} room={{columns, rows: side.lines.length}} />
			<Lines lines={side.below} room={{columns, rows: side.below.length}} />
		</Box>
	);
};
