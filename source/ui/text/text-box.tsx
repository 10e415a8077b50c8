import {Box} from 'ink';
import type {Room} from '../layout.js';
import type {TextSide} from '../pages/text-side.js';
import {spacing} from '../theme.js';
import {Lines} from './lines.js';
import {MarginMark} from './margin-mark.js';
import {ScrollText} from './scroll-text.js';

/** The text side of a step. `top`: its first visible line. */
export const TextBox = ({
	side,
	room,
	top,
	isMarked,
}: {
	side: TextSide;
	room: Room;
	top: number;
	/** The learner has given it the scroll keys. */
	isMarked: boolean;
}) => {
	const {title, lines, actions, scrollRoom} = side;
	const {columns} = scrollRoom;
	return (
		<Box width={room.columns} height={room.rows} paddingRight={spacing.margin}>
			<MarginMark isMarked={isMarked} />
			<Box flexDirection="column" width={room.columns - 2 * spacing.margin} height={room.rows}>
				<Lines lines={title} room={{columns, rows: title.length}} />
				<ScrollText
					lines={lines}
					room={{columns, rows: Math.min(scrollRoom.rows, Math.max(1, lines.length))}}
					top={top}
				/>
				<Lines lines={actions} room={{columns, rows: actions.length}} />
			</Box>
		</Box>
	);
};
