import {Box} from 'ink';
import type {LineLogReader} from '../../session/perform/line-logs.js';
import {selectRun} from '../../session/select/select.js';
import type {Intent, SessionState} from '../../session/state.js';
import {Frame} from '../frame.js';
import {useViewKeys, type ViewKeys} from '../keys/use-keys.js';
import {useZoomKeys} from '../keys/use-zoom-keys.js';
import type {Room} from '../layout.js';
import {LiveBox} from '../panes/live-box.js';
import {linesKey, type Pane} from '../panes/pane.js';
import {useSurroundings} from '../surroundings.js';
import type {Symbols} from '../symbols.js';
import {type Line, span} from '../text/line.js';
import {Lines} from '../text/lines.js';
import {TextBox} from '../text/text-box.js';
import {useTick} from '../use-tick.js';
import {moveView, shownOfView, topOf, type View} from '../view.js';
import {zoomScene} from '../zoom/zoom-scene.js';
import {ZoomScreen} from '../zoom/zoom-screen.js';
import {type StepScene, stepScene} from './step-scene.js';

type StepScreenProps = {
	state: SessionState;
	terminal: Room;
	view: View;
	/** Returns the view after the change. */
	onView: (change: (before: View) => View) => View;
	viewKeys: ViewKeys;
	lines: LineLogReader;
	onIntent: (intent: Intent) => void;
};

/** A step: its text and what is live, beside, above or behind each other as the terminal allows. */
export const StepScreen = (props: StepScreenProps) => {
	const {state, terminal, view, onView, viewKeys, lines: reader, onIntent} = props;
	const {symbols} = useSurroundings();
	const run = selectRun(state);
	const tick = useTick(run, state.runningStepId === state.stepId);
	const scene = stepScene(state, terminal, view, {symbols, tick});
	const {layout, text, live, regions, focused, suited} = scene;
	const zoomKeys = useZoomKeys({state, layout, regions, reader, onView, onIntent});
	useViewKeys(
		viewKeys,
		action =>
			zoomKeys.onAction(action) ||
			onView(before => moveView(before, action, {regions, suited, isWide: layout.kind === 'wide'})),
		zoomKeys.onText,
	);
	if (run && view.zoom) {
		const zoomed = zoomScene(state, run, view.zoom, layout, {symbols, tick, reader});
		const shown = {
			...shownOfView(view),
			scrolls: zoomed.scrolls,
			hasPanes: (run.build?.stages.length ?? 0) > 1,
		};
		return <ZoomScreen scene={zoomed} state={state} layout={layout} shown={shown} />;
	}

	const topOfRegion = (key: string) => {
		const region = regions.find(candidate => candidate.key === key);
		return region ? topOf(view, region) : 0;
	};
	const isDivided = layout.kind === 'wide' && text && live;
	const focusedRegion = regions[focused];
	const marked = view.focus === null ? null : (focusedRegion?.key ?? null);
	const shown = {
		...shownOfView(view),
		scrolls: focusedRegion !== undefined && focusedRegion.total > focusedRegion.rows,
		hasPanes: regions.length > 1,
		// Where the timeline has the room of both sides, the Dockerfile is not seen, and can be asked for.
		hasDockerfile: view.hasDockerfile && text !== null,
	};
	return (
		<Frame state={state} layout={layout} divider={isDivided ? layout.text.columns : null} shown={shown}>
			{layout.kind === 'tabs' && (
				<Lines lines={[tabLine(scene, symbols)]} room={{...layout.frame, rows: 1}} />
			)}
			<Box flexDirection={layout.kind === 'wide' ? 'row' : 'column'}>
				{text && (
					<TextBox
						side={text.side}
						room={text.room}
						top={topOfRegion(text.side.region.key)}
						isMarked={marked === text.side.region.key}
					/>
				)}
				{text && live && <Divider isUpright={layout.kind === 'wide'} room={layout.body} symbols={symbols} />}
				{live && (
					<LiveBox
						side={live.side}
						room={live.room}
						topOfPane={({key}: Pane) => topOfRegion(key)}
						topOfLines={topOfRegion(linesKey)}
						marked={marked}
					/>
				)}
			</Box>
		</Frame>
	);
};

const Divider = ({isUpright, room, symbols}: {isUpright: boolean; room: Room; symbols: Symbols}) => {
	const {rule} = symbols;
	const upright = (): Line => [span(rule.vertical, 'muted')];
	return isUpright ? (
		<Lines lines={Array.from({length: room.rows}, upright)} room={{columns: 1, rows: room.rows}} />
	) : (
		<Lines lines={[[span(rule.horizontal.repeat(room.columns), 'muted')]]} room={{...room, rows: 1}} />
	);
};

/** Which of the two sides is in sight, where there is room for one. */
const tabLine = ({text, textName}: StepScene, symbols: Symbols): Line => {
	const tab = (name: string, isShown: boolean) => [
		span(isShown ? ` ${symbols.here} ` : '   ', 'strong'),
		span(name, isShown ? 'strong' : 'plain'),
	];
	return [...tab(textName, text !== null), ...tab('live', text === null), span('   (tab changes)', 'muted')];
};
