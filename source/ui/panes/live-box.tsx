import {Box} from 'ink';
import type {Room} from '../layout.js';
import {Lines} from '../text/lines.js';
import {MarginMark} from '../text/margin-mark.js';
import {ScrollText} from '../text/scroll-text.js';
import {spacing} from '../theme.js';
import {type Live, linesKey, linesRoom, type Pane} from './pane.js';
import {PaneBox} from './pane-box.js';

type LiveBoxProps = {
	side: Live;
	room: Room;
	/** First visible row of a pane's output. */
	topOfPane: (pane: Pane) => number;
	/** First visible one of its lines. */
	topOfLines: number;
	/** Key of the region that is marked; null: none. */
	marked: string | null;
};

/** The live side of a step: lines, panes, lines. */
export const LiveBox = ({side, room, topOfPane, topOfLines, marked}: LiveBoxProps) => {
	const columns = room.columns - 2 * spacing.margin;
	return (
		<Box width={room.columns} height={room.rows} paddingRight={spacing.margin}>
			<MarginMark isMarked={marked === linesKey} />
			<Box flexDirection="column" width={columns} height={room.rows}>
				<Lines lines={side.above} room={{columns, rows: side.above.length}} />
				{side.panes.map(row => (
					<Box key={row[0]?.key} columnGap={spacing.gap}>
						{row.map(pane => (
							<PaneBox key={pane.key} pane={pane} top={topOfPane(pane)} isFocused={pane.key === marked} />
						))}
					</Box>
				))}
				<ScrollText lines={side.lines} room={linesRoom(side, {columns, rows: room.rows})} top={topOfLines} />
				<Lines lines={side.below} room={{columns, rows: side.below.length}} />
			</Box>
		</Box>
	);
};
