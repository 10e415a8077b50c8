import type {Room} from '../layout.js';
import {useSurroundings} from '../surroundings.js';
import type {Line} from './line.js';
import {Lines} from './lines.js';
import {scrollLines} from './scroll-lines.js';

/** Lines in a room that may be too small for them: the last row then says that there is more. */
export const ScrollText = ({lines, room, top}: {lines: Line[]; room: Room; top: number}) => {
	const {symbols} = useSurroundings();
	return <Lines lines={scrollLines(lines, room, top, symbols)} room={room} />;
};
