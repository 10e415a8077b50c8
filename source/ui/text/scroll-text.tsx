import {Box} from 'ink';
import type {Room} from '../layout.js';
import {useSurroundings} from '../surroundings.js';
import {type Line, span} from './line.js';
import {Lines} from './lines.js';

/** Lines in a room that may be too small for them: the last row then says that there is more. */
export const ScrollText = ({lines, room, top}: {lines: Line[]; room: Room; top: number}) => {
	const {symbols} = useSurroundings();
	if (lines.length <= room.rows) return <Lines lines={lines} room={room} />;
	const rows = textRows(lines.length, room);
	const below = lines.length - top - rows;
	const marks = [
		...(top > 0 ? [`${symbols.more.above} ${top} above`] : []),
		...(below > 0 ? [`${symbols.more.below} ${below} more`] : []),
	].join('   ');
	return (
		<Box flexDirection="column" width={room.columns} height={room.rows}>
			<Lines lines={lines.slice(top)} room={{columns: room.columns, rows}} />
			<Lines lines={[[span(marks, 'strong')]]} room={{columns: room.columns, rows: 1}} />
		</Box>
	);
};

/** Rows that are left for text in a room when so many lines must go in: one goes to the mark when they don't fit. */
export const textRows = (total: number, {rows}: Room): number =>
	total <= rows ? rows : Math.max(1, rows - 1);
