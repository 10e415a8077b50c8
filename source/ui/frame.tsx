import {Box} from 'ink';
import type {ReactNode} from 'react';
import type {SessionState} from '../session/state.js';
import {cutToWidth, widthOf} from '../text/width.js';
import {commandLineRows} from './command-line/command-line-rows.js';
import {footerLine} from './keys/footer-line.js';
import type {Layer} from './keys/keymap.js';
import type {Layout} from './layout.js';
import {headerLine} from './pages/header-line.js';
import {recordedText} from './pages/recorded-text.js';
import {useSurroundings} from './surroundings.js';
import type {Symbols} from './symbols.js';
import {type Line, span} from './text/line.js';
import {Lines} from './text/lines.js';

type FrameProps = {
	state: SessionState;
	/** Of the terminal without the rows of the command line. */
	layout: Layout;
	/** Column at which the body is divided; null when it is not. */
	divider?: number | null;
	/** What the screen has on top: its keys stand in the footer. */
	layer?: Layer;
	children: ReactNode;
};

/** What stands around every screen: header, rules, footer. */
export const Frame = ({state, layout, divider = null, layer = 'screen', children}: FrameProps) => {
	const {symbols} = useSurroundings();
	const {columns} = layout.frame;
	const row = {columns, rows: 1};
	const label = recordedText(state.engine, state.replay);
	const typed = commandLineRows(state, columns);
	const isRuled = layout.kind !== 'tabs';
	return (
		<Box flexDirection="column" width={columns} height={layout.frame.rows + typed.length}>
			<Lines lines={[headerLine(state, columns)]} room={row} />
			{isRuled && (
				<Lines lines={[ruleLine(columns, symbols, {divider, mark: symbols.rule.down, label})]} room={row} />
			)}
			{children}
			{isRuled && (
				<Lines
					lines={[ruleLine(columns, symbols, {divider, mark: symbols.rule.up, label: null})]}
					room={row}
				/>
			)}
			{typed.length > 0 && <Lines lines={typed} room={{columns, rows: typed.length}} />}
			<Lines lines={[footerLine(state, columns, symbols, layer)]} room={row} />
		</Box>
	);
};

/** A line across the screen, with a mark where the body is divided and words at its beginning. */
const ruleLine = (
	columns: number,
	{rule}: Symbols,
	{divider, mark, label}: {divider: number | null; mark: string; label: string | null},
): Line => {
	const words = label === null ? '' : ` ${cutToWidth(label, columns - 6)} `;
	const start = label === null ? 0 : 2 + widthOf(words);
	const dashes = Array.from({length: columns - start}, (_, index) =>
		index + start === divider ? mark : rule.horizontal,
	).join('');
	return label === null
		? [span(dashes, 'muted')]
		: [span(rule.horizontal.repeat(2), 'muted'), span(words, 'recorded'), span(dashes, 'muted')];
};
