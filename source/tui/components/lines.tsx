import {Box, Text} from 'ink';
import Spinner from 'ink-spinner';
import {memo} from 'react';
import {cutLine, type Line, span} from '../../view/line.js';
import {spacing} from '../../view/theme.js';
import {type Size, scrollLines} from '../text/layout.js';
import {paintLine} from '../text/paint-line.js';
import {type RenderContext, useRenderContext} from '../text/render-context.js';

type LinesProps = {lines: Line[]; size: Size; isMuted?: boolean};

/** Lines in an area of the screen, cut to its columns and rows. */
export const Lines = ({lines, size, isMuted = false}: LinesProps) => {
	const renderContext = useRenderContext();
	return (
		<Box flexDirection="column" width={size.columns} height={size.rows}>
			{lines.slice(0, size.rows).map((line, index) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: a row is its place on the screen.
				<Row key={index} {...paintRow(cutLine(line, size.columns), renderContext, isMuted)} />
			))}
		</Box>
	);
};

/** `after`: what follows the spinner; null if the row has none. */
type RowProps = {text: string; after: string | null};

const paintRow = (line: Line, renderContext: RenderContext, isMuted: boolean): RowProps => {
	const paint = (part: Line) => paintLine(part, renderContext, isMuted);
	const index = line.findIndex(({turns}) => turns);
	const mark = line[index];
	if (!mark) return {text: paint(line), after: null};
	const [begin = '', end = ''] = paint([mark]).split(mark.text);
	return {text: paint(line.slice(0, index)) + begin, after: end + paint(line.slice(index + 1))};
};

/** Memoised: most rows don't change between two frames. */
const Row = memo(({text, after}: RowProps) =>
	after === null ? <Text wrap="truncate">{text || ' '}</Text> : <TurningRow text={text} after={after} />,
);

/** A row with a spinner. Its timer runs only while the row is on the screen. */
const TurningRow = ({text, after}: RowProps) => (
	<Text wrap="truncate">
		{text}
		<Spinner type={useRenderContext().symbols.spinner} />
		{after}
	</Text>
);

/** Lines that can be scrolled. If they don't fit, the last row says how many are out of sight. */
export const ScrollText = ({lines, size, top}: {lines: Line[]; size: Size; top: number}) => {
	const {symbols} = useRenderContext();
	return <Lines lines={scrollLines(lines, size, top, symbols)} size={size} />;
};

/** The margin at the left of a side. `isMarked`: the side has the scroll keys, which its first row shows. */
export const MarginMark = ({isMarked}: {isMarked: boolean}) => {
	const {symbols} = useRenderContext();
	return (
		<Lines
			lines={isMarked ? [[span(symbols.here, 'strong')]] : []}
			size={{columns: spacing.margin, rows: 1}}
		/>
	);
};
