import {Box} from 'ink';
import {widthOf} from '../../text/width.js';
import {useSurroundings} from '../surroundings.js';
import type {Symbols} from '../symbols.js';
import {cutLine, type Line, span, widthOfLine} from '../text/line.js';
import {Lines} from '../text/lines.js';
import {innerRoom, type Pane} from './pane.js';

/** A pane with its border. `top`: its first visible row of output. */
export const PaneBox = ({pane, top, isFocused}: {pane: Pane; top: number; isFocused: boolean}) => {
	const {symbols} = useSurroundings();
	const {room, head, rows, isMuted, isTight} = pane;
	const inner = innerRoom(room);
	const columns = isTight ? room.columns - 2 : inner.columns;
	return (
		<Box flexDirection="column" width={room.columns} height={room.rows}>
			<Lines lines={[borderLine(pane, isFocused, symbols)]} room={{columns: room.columns, rows: 1}} />
			<Box
				width={room.columns}
				height={room.rows - 1}
				paddingX={isTight ? 0 : 1}
				borderStyle={symbols.borderStyle}
				borderTop={false}
				borderDimColor
			>
				<Lines lines={[...head, ...rows.slice(top)]} room={{columns, rows: inner.rows}} isMuted={isMuted} />
			</Box>
		</Box>
	);
};

/** The upper border: the name at its left, the status at its right. The focused pane is marked. */
const borderLine = (
	{title, mark: stageMark, status, room, isMuted}: Pane,
	isFocused: boolean,
	symbols: Symbols,
): Line => {
	const {topLeft, topRight, horizontal} = symbols.border;
	const mark = isFocused ? `${symbols.here} ` : '';
	const lead: Line = stageMark ? [span(` ${mark}`), stageMark, span(' ')] : [span(` ${mark}`)];
	const name = widthOfLine(lead) + widthOf(`${title} `);
	const whole = framed(status);
	// The name matters more than the seconds, which come last.
	const right = name + widthOfLine(whole) > room.columns - 4 ? framed(status.slice(0, 1)) : whole;
	const space = room.columns - 4 - widthOfLine(right);
	const left = cutLine([...lead, span(title, isMuted ? 'plain' : 'strong'), span(' ')], Math.max(0, space));
	const fill = room.columns - 3 - widthOfLine(left) - widthOfLine(right);
	return [
		span(topLeft, 'muted'),
		...left,
		span(horizontal.repeat(Math.max(0, fill)), 'muted'),
		...right,
		span(`${horizontal}${topRight}`, 'muted'),
	];
};

const framed = (status: Line): Line => (status.length > 0 ? [span(' '), ...status, span(' ')] : []);
