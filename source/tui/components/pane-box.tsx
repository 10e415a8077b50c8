import {Box} from 'ink';
import {widthOf} from '../../text/width.js';
import {cutLine, type Line, lineWidth, span} from '../../view/line.js';
import type {Symbols} from '../../view/symbols.js';
import {useRenderContext} from '../text/render-context.js';
import {Lines} from './lines.js';
import {innerSize, type Pane} from './pane-layout.js';

/** A pane with its border. `top`: its first visible row of output. */
export const PaneBox = ({pane, top, isFocused}: {pane: Pane; top: number; isFocused: boolean}) => {
	const {symbols} = useRenderContext();
	const {size, head, rows, isMuted, isTight} = pane;
	const inner = innerSize(size);
	const columns = isTight ? size.columns - 2 : inner.columns;
	return (
		<Box flexDirection="column" width={size.columns} height={size.rows}>
			<Lines lines={[borderLine(pane, isFocused, symbols)]} size={{columns: size.columns, rows: 1}} />
			<Box
				width={size.columns}
				height={size.rows - 1}
				paddingX={isTight ? 0 : 1}
				borderStyle={symbols.borderStyle}
				borderTop={false}
				borderDimColor
			>
				<Lines lines={[...head, ...rows.slice(top)]} size={{columns, rows: inner.rows}} isMuted={isMuted} />
			</Box>
		</Box>
	);
};

/** The upper border: the name at its left, the status at its right. The focused pane is marked. */
const borderLine = (
	{title, mark: stageMark, status, size, isMuted}: Pane,
	isFocused: boolean,
	symbols: Symbols,
): Line => {
	const {topLeft, topRight, horizontal} = symbols.border;
	const mark = isFocused ? `${symbols.here} ` : '';
	const lead: Line = stageMark ? [span(` ${mark}`), stageMark, span(' ')] : [span(` ${mark}`)];
	const name = lineWidth(lead) + widthOf(`${title} `);
	const whole = framed(status);
	// If there is little room, the seconds are left out first, because the name matters more.
	const right = name + lineWidth(whole) > size.columns - 4 ? framed(status.slice(0, 1)) : whole;
	const space = size.columns - 4 - lineWidth(right);
	const left = cutLine([...lead, span(title, isMuted ? 'plain' : 'strong'), span(' ')], Math.max(0, space));
	const fill = size.columns - 3 - lineWidth(left) - lineWidth(right);
	return [
		span(topLeft, 'muted'),
		...left,
		span(horizontal.repeat(Math.max(0, fill)), 'muted'),
		...right,
		span(`${horizontal}${topRight}`, 'muted'),
	];
};

const framed = (status: Line): Line => (status.length > 0 ? [span(' '), ...status, span(' ')] : []);
