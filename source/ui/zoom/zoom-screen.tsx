import {Box} from 'ink';
import type {SessionState} from '../../session/state.js';
import {Frame} from '../frame.js';
import type {Shown} from '../keys/keymap.js';
import type {Layout} from '../layout.js';
import {PaneBox} from '../panes/pane-box.js';
import {Lines} from '../text/lines.js';
import {spacing} from '../theme.js';
import type {ZoomScene} from './zoom-scene.js';

type ZoomScreenProps = {scene: ZoomScene; state: SessionState; layout: Layout; shown: Partial<Shown>};

/** One pane on the whole screen, with what says where in its log it is. */
export const ZoomScreen = ({scene: {pane, below}, state, layout, shown}: ZoomScreenProps) => (
	<Frame state={state} layout={layout} shown={shown}>
		<Box
			flexDirection="column"
			width={layout.body.columns}
			height={layout.body.rows}
			paddingX={spacing.margin}
		>
			<PaneBox pane={pane} top={0} isFocused={false} />
			<Lines lines={below} room={{columns: pane.room.columns, rows: below.length}} />
		</Box>
	</Frame>
);
