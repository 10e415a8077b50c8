import {Box} from 'ink';
import {type ReactNode, useEffect, useReducer, useRef} from 'react';
import {messages} from '../../../messages/index.js';
import type {LineLogReader} from '../../../session/ports.js';
import {selectRun} from '../../../session/select.js';
import type {RunView} from '../../../session/state.js';
import {type Line, span} from '../../../view/line.js';
import type {Symbols} from '../../../view/symbols.js';
import {spacing} from '../../../view/theme.js';
import {Frame} from '../../components/frame.js';
import {Lines, MarginMark, ScrollText} from '../../components/lines.js';
import {PaneBox} from '../../components/pane-box.js';
import {type LiveSide, linesKey, linesSize, type Pane} from '../../components/pane-layout.js';
import type {Tick} from '../../components/run-panes.js';
import {type ScreenProps, useViewKeys} from '../../keymap/use-keys.js';
import {firstVisibleLine, moveView, type ViewState, viewKeyContext} from '../../keymap/view-state.js';
import type {Size} from '../../text/layout.js';
import {useRenderContext} from '../../text/render-context.js';
import {useZoomKeys} from '../zoom/use-zoom-keys.js';
import {ZoomScreen} from '../zoom/zoom-screen.js';
import {createZoomViewModel} from '../zoom/zoom-view-model.js';
import {createStepViewModel, type StepViewModel} from './step-view-model.js';
import type {TextSide} from './text-side.js';

type StepScreenProps = ScreenProps & {
	view: ViewState;
	/** Returns the view after the change. */
	onView: (change: (before: ViewState) => ViewState) => ViewState;
	lines: LineLogReader;
};

/** A step: its text and its live side, next to each other, one above the other, or one at a time. */
export const StepScreen = (props: StepScreenProps) => {
	const {state, terminal, view, onView, viewKeys, lines: reader, onIntent} = props;
	const {symbols} = useRenderContext();
	const run = selectRun(state);
	const tick = useTick(run, state.runningStepId === state.stepId);
	const viewModel = createStepViewModel(state, terminal, view, {symbols, tick});
	const {layout, text, live, regions, focused, suited} = viewModel;
	const zoomKeys = useZoomKeys({state, layout, regions, reader, onView, onIntent});
	useViewKeys(
		viewKeys,
		action =>
			zoomKeys.onAction(action) ||
			onView(before => moveView(before, action, {regions, suited, isWide: layout.kind === 'wide'})),
		zoomKeys.onText,
	);
	if (run && view.zoom) {
		const zoomed = createZoomViewModel(state, run, view.zoom, layout, {symbols, tick, reader});
		const shown = {
			...viewKeyContext(view),
			scrolls: zoomed.scrolls,
			hasPanes: (run.build?.stages.length ?? 0) > 1,
		};
		return <ZoomScreen viewModel={zoomed} state={state} layout={layout} shown={shown} />;
	}

	const topOfRegion = (key: string) => {
		const region = regions.find(candidate => candidate.key === key);
		return region ? firstVisibleLine(view, region) : 0;
	};
	const isDivided = layout.kind === 'wide' && text && live;
	const focusedRegion = regions[focused];
	const marked = view.focus === null ? null : (focusedRegion?.key ?? null);
	const shown = {
		...viewKeyContext(view),
		scrolls: focusedRegion !== undefined && focusedRegion.total > focusedRegion.rows,
		hasPanes: regions.length > 1,
		// A timeline that fills both sides hides the Dockerfile, so the key offers it again.
		hasDockerfile: view.hasDockerfile && text !== null,
	};
	return (
		<Frame state={state} layout={layout} divider={isDivided ? layout.text.columns : null} shown={shown}>
			{layout.kind === 'tabs' && (
				<Lines lines={[tabLine(viewModel, symbols)]} size={{...layout.frame, rows: 1}} />
			)}
			<Box flexDirection={layout.kind === 'wide' ? 'row' : 'column'}>
				{text && (
					<TextBox
						side={text.side}
						size={text.size}
						top={topOfRegion(text.side.region.key)}
						isMarked={marked === text.side.region.key}
					/>
				)}
				{text && live && <Divider isUpright={layout.kind === 'wide'} size={layout.body} symbols={symbols} />}
				{live && (
					<LiveBox
						side={live.side}
						size={live.size}
						topOfPane={({key}: Pane) => topOfRegion(key)}
						topOfLines={topOfRegion(linesKey)}
						marked={marked}
					/>
				)}
			</Box>
		</Frame>
	);
};

const Divider = ({isUpright, size, symbols}: {isUpright: boolean; size: Size; symbols: Symbols}) => {
	const {rule} = symbols;
	const upright = (): Line => [span(rule.vertical, 'muted')];
	return isUpright ? (
		<Lines lines={Array.from({length: size.rows}, upright)} size={{columns: 1, rows: size.rows}} />
	) : (
		<Lines lines={[[span(rule.horizontal.repeat(size.columns), 'muted')]]} size={{...size, rows: 1}} />
	);
};

/** The names of both sides, if only one fits. The one in sight is marked. */
const tabLine = ({text, textName}: StepViewModel, symbols: Symbols): Line => {
	const tab = (name: string, isShown: boolean) => [
		span(isShown ? ` ${symbols.here} ` : '   ', 'strong'),
		span(name, isShown ? 'strong' : 'plain'),
	];
	const {live, howToChange} = messages.tui.tabs;
	return [...tab(textName, text !== null), ...tab(live, text === null), span(`   ${howToChange}`, 'muted')];
};

/** One side of a step, with its margins and the mark of what has the scroll keys. */
const SideBox = ({size, isMarked, children}: {size: Size; isMarked: boolean; children: ReactNode}) => (
	<Box width={size.columns} height={size.rows} paddingRight={spacing.margin}>
		<MarginMark isMarked={isMarked} />
		<Box flexDirection="column" width={size.columns - 2 * spacing.margin} height={size.rows}>
			{children}
		</Box>
	</Box>
);

/** `isMarked`: the learner has given it the scroll keys. */
type TextBoxProps = {side: TextSide; size: Size; top: number; isMarked: boolean};

/** The text side of a step. `top`: its first visible line. */
const TextBox = ({side, size, top, isMarked}: TextBoxProps) => {
	const {title, lines, actions, scrollRoom} = side;
	const {columns} = scrollRoom;
	return (
		<SideBox size={size} isMarked={isMarked}>
			<Lines lines={title} size={{columns, rows: title.length}} />
			<ScrollText
				lines={lines}
				size={{columns, rows: Math.min(scrollRoom.rows, Math.max(1, lines.length))}}
				top={top}
			/>
			<Lines lines={actions} size={{columns, rows: actions.length}} />
		</SideBox>
	);
};

type LiveBoxProps = {
	side: LiveSide;
	size: Size;
	/** First visible row of a pane's output. */
	topOfPane: (pane: Pane) => number;
	/** First visible line of its `lines`. */
	topOfLines: number;
	/** Key of the region that is marked; null: none. */
	marked: string | null;
};

/** The live side of a step: lines, panes, lines. */
const LiveBox = ({side, size, topOfPane, topOfLines, marked}: LiveBoxProps) => {
	const columns = size.columns - 2 * spacing.margin;
	return (
		<SideBox size={size} isMarked={marked === linesKey}>
			<Lines lines={side.above} size={{columns, rows: side.above.length}} />
			{side.panes.map(row => (
				<Box key={row[0]?.key} columnGap={spacing.gap}>
					{row.map(pane => (
						<PaneBox key={pane.key} pane={pane} top={topOfPane(pane)} isFocused={pane.key === marked} />
					))}
				</Box>
			))}
			<ScrollText lines={side.lines} size={linesSize(side, {columns, rows: size.rows})} top={topOfLines} />
			<Lines lines={side.below} size={{columns, rows: side.below.length}} />
		</SideBox>
	);
};

/** Milliseconds between two ticks: seconds are shown with one decimal. */
const interval = 100;

/** The moment for everything that moves on the screen. It ticks only while the step runs. */
const useTick = (run: RunView | null, isActive: boolean): Tick => {
	const [, redraw] = useReducer((count: number) => count + 1, 0);
	// Without dependencies, so that any other redraw of the step postpones the next tick.
	useEffect(() => {
		if (!isActive) return;
		const timer = setTimeout(redraw, interval);
		return () => clearTimeout(timer);
	});
	const now = useRenderContext().now();
	const build = run?.build ?? null;
	const snapshot = useRef({build, at: now});
	if (snapshot.current.build !== build) snapshot.current = {build, at: now};
	return {frame: Math.floor(now / interval), now, sinceSnapshot: (now - snapshot.current.at) / 1000};
};
