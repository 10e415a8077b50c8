import {Box} from 'ink';
import type {ReactNode} from 'react';
import type {SessionState} from '../session/state.js';
import {type FrameOptions, frameLines} from './frame-lines.js';
import type {Layout} from './layout.js';
import {useSurroundings} from './surroundings.js';
import {Lines} from './text/lines.js';

type FrameProps = FrameOptions & {
	state: SessionState;
	/** Of the terminal without the rows of the command line. */
	layout: Layout;
	children: ReactNode;
};

/** What stands around every screen: header, rules, footer. */
export const Frame = ({state, layout, children, ...options}: FrameProps) => {
	const {symbols} = useSurroundings();
	const {columns} = layout.frame;
	const {above, below, rows} = frameLines(state, layout, symbols, options);
	return (
		<Box flexDirection="column" width={columns} height={rows}>
			<Lines lines={above} room={{columns, rows: above.length}} />
			{children}
			<Lines lines={below} room={{columns, rows: below.length}} />
		</Box>
	);
};
