import {Box} from 'ink';
import type {SessionState} from '../../../session/state.js';
import type {KeyContext} from '../../../view/binding.js';
import {spacing} from '../../../view/theme.js';
import {Frame} from '../../components/frame.js';
import {Lines} from '../../components/lines.js';
import {PaneBox} from '../../components/pane-box.js';
import type {Layout} from '../../text/layout.js';
import type {ZoomViewModel} from './zoom-view-model.js';

type ZoomScreenProps = {
	viewModel: ZoomViewModel;
	state: SessionState;
	layout: Layout;
	shown: Partial<KeyContext>;
};

/** One pane on the whole screen, with the position in its log below it. */
export const ZoomScreen = ({viewModel: {pane, below}, state, layout, shown}: ZoomScreenProps) => (
	<Frame state={state} layout={layout} shown={shown}>
		<Box
			flexDirection="column"
			width={layout.body.columns}
			height={layout.body.rows}
			paddingX={spacing.margin}
		>
			<PaneBox pane={pane} top={0} isFocused={false} />
			<Lines lines={below} size={{columns: pane.size.columns, rows: below.length}} />
		</Box>
	</Frame>
);
