import {Box, Text} from 'ink';
import {memo} from 'react';
import type {Room} from '../layout.js';
import {useSurroundings} from '../surroundings.js';
import {cutLine, type Line} from './line.js';
import {paintLine} from './paint-line.js';

type LinesProps = {lines: Line[]; room: Room; isMuted?: boolean};

/** Lines in a room: cut to its columns, as many as it has rows. */
export const Lines = ({lines, room, isMuted = false}: LinesProps) => {
	const surroundings = useSurroundings();
	return (
		<Box flexDirection="column" width={room.columns} height={room.rows}>
			{lines.slice(0, room.rows).map((line, index) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: a row is its place on the screen.
				<Row key={index} text={paintLine(cutLine(line, room.columns), surroundings, isMuted)} />
			))}
		</Box>
	);
};

/** Most rows are as they were in the frame before: those cost nothing. */
const Row = memo(({text}: {text: string}) => <Text wrap="truncate">{text || ' '}</Text>);
