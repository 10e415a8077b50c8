import {Box} from 'ink';
import type {ReactNode} from 'react';
import type {SessionState} from '../../session/state.js';
import type {Layout} from '../text/layout.js';
import {useRenderContext} from '../text/render-context.js';
import {type FrameOptions, frameLines} from './frame-lines.js';
import {Lines} from './lines.js';

type FrameProps = FrameOptions & {
	state: SessionState;
	/** Of the terminal without the rows that are added above the footer. */
	layout: Layout;
	children: ReactNode;
};

/** What stands around every screen: header, rules, command line, footer. */
export const Frame = ({state, layout, children, ...options}: FrameProps) => {
	const {symbols} = useRenderContext();
	const {columns} = layout.frame;
	const {above, below, rows} = frameLines(state, layout, symbols, options);
	return (
		<Box flexDirection="column" width={columns} height={rows}>
			<Lines lines={above} size={{columns, rows: above.length}} />
			{children}
			<Lines lines={below} size={{columns, rows: below.length}} />
		</Box>
	);
};
