import {Box, Text} from 'ink';
import {stripColours} from '../../text/clean-line.js';
import type {Room} from '../layout.js';
import {type Surroundings, useSurroundings} from '../surroundings.js';
import {type Looks, type Style, theme} from '../theme.js';
import {inAscii} from './in-ascii.js';
import {cutLine, type Line} from './line.js';

const forTerminal = (text: string, {symbols: {borderStyle}, isColoured}: Surroundings): string => {
	const shown = isColoured ? text : stripColours(text);
	return borderStyle === 'classic' ? inAscii(shown) : shown;
};

/** Lines in a room: cut to its columns, as many as it has rows. */
export const Lines = ({lines, room, isMuted = false}: {lines: Line[]; room: Room; isMuted?: boolean}) => (
	<Box flexDirection="column" width={room.columns} height={room.rows}>
		{lines.slice(0, room.rows).map((line, index) => (
			// biome-ignore lint/suspicious/noArrayIndexKey: a row is its place on the screen.
			<Row key={index} line={cutLine(line, room.columns)} isMuted={isMuted} />
		))}
	</Box>
);

const Row = ({line, isMuted}: {line: Line; isMuted: boolean}) => {
	const surroundings = useSurroundings();
	if (line.length === 0) return <Text> </Text>;
	return (
		<Text wrap="truncate">
			{line.map(({text, style}, index) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: spans have no other identity.
				<Text key={index} {...looks(style, isMuted, surroundings)}>
					{forTerminal(text, surroundings)}
				</Text>
			))}
		</Text>
	);
};

const looks = (style: Style, isMuted: boolean, {isColoured}: Surroundings): Looks => {
	const look = isMuted ? {...theme[style], ...theme.muted} : theme[style];
	if (isColoured) return look;
	const {color: _, ...rest} = look;
	return rest;
};
