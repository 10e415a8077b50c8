import {useEffect, useRef} from 'react';
import {messages} from '../../../messages/index.js';
import type {Intent} from '../../../session/intents.js';
import type {LineLogReader} from '../../../session/ports.js';
import {selectRun} from '../../../session/select.js';
import type {RunView, SessionState} from '../../../session/state.js';
import type {ViewAction} from '../../../view/binding.js';
import {
	firstZoomedLine,
	moveZoom,
	type Region,
	showFound,
	typeIntoZoom,
	type ViewState,
	type ZoomExtent,
	type ZoomState,
	zoomInto,
} from '../../keymap/view-state.js';
import type {Layout} from '../../text/layout.js';
import {zoomExtent} from './zoom-view-model.js';

type ZoomKeysProps = {
	state: SessionState;
	layout: Layout;
	regions: Region[];
	reader: LineLogReader;
	onView: (change: (before: ViewState) => ViewState) => ViewState;
	onIntent: (intent: Intent) => void;
};

/** `onAction`: returns whether it has handled the key. */
type ZoomKeys = {onAction: (action: ViewAction) => boolean; onText: (text: string) => void};

/** Handles the key that zooms a pane of a run, and all keys while one is zoomed. */
export const useZoomKeys = ({state, layout, regions, reader, onView, onIntent}: ZoomKeysProps): ZoomKeys => {
	const run = selectRun(state);
	const roomOf = (zoom: ZoomState) =>
		run ? zoomExtent(run, zoom, layout, reader) : {total: 0, rows: 1, columns: 1};
	const change = (to: (before: ZoomState) => ZoomState) =>
		onView(view => (view.zoom ? {...view, zoom: to(view.zoom)} : view)).zoom;
	const search = useLogSearch({reader, roomOf, onZoom: change});
	const onAction = (action: ViewAction): boolean => {
		const zoomed = onView(view => view).zoom;
		if (!run) return false;
		if (!zoomed) {
			if (action !== 'zoom') return false;
			return onView(view => ({...view, zoom: zoomFocused(view, regions, run)})).zoom !== null;
		}
		if (action === 'zoom') onView(view => ({...view, zoom: null}));
		else if (action === 'next-pane') change(({stage}) => zoomInto(nextStage(run, stage)));
		else if (action === 'copy') onIntent({intent: 'copy-log', stage: zoomed.stage});
		else {
			change(before => moveZoom(before, action, roomOf(before)));
			search(action, run.runId);
		}
		return true;
	};
	return {onAction, onText: text => void change(before => typeIntoZoom(before, text))};
};

/**
 * The pane with the scroll keys or, until the learner chooses one, the one that matters most. Null if the text has the
 * keys, or if there is no output.
 */
const zoomFocused = ({focus, isZoomed}: ViewState, regions: Region[], run: RunView): ZoomState | null => {
	if (isZoomed || focus === 0) return null;
	const stage = focus === null ? undefined : regions[focus]?.stage;
	if (stage !== undefined) return zoomInto(stage);
	if (run.build) return zoomInto(busyStage(run.build.stages));
	return run.output.lineCount > 0 ? zoomInto(null) : null;
};

/**
 * The stage that failed, else one that runs, else the last with output, else the first. Null if there are no stages.
 */
const busyStage = (stages: NonNullable<RunView['build']>['stages']): string | null =>
	(
		stages.find(({status}) => status === 'failed') ??
		stages.find(({status}) => status === 'running') ??
		stages.findLast(({lineCount}) => lineCount > 0) ??
		stages[0]
	)?.name ?? null;

const nextStage = ({build}: RunView, name: string | null): string | null => {
	const stages = build?.stages ?? [];
	const index = stages.findIndex(stage => stage.name === name);
	return stages[(index + 1) % Math.max(1, stages.length)]?.name ?? null;
};

/** Begins a search when a key asks for one. */
type LogSearch = (action: ViewAction, runId: string) => void;

type LogSearchProps = {
	reader: LineLogReader;
	roomOf: (zoom: ZoomState) => ZoomExtent;
	/** Changes the zoom, if there still is one, and returns it. */
	onZoom: (change: (before: ZoomState) => ZoomState) => ZoomState | null;
};

/**
 * Searches logs without blocking the screen. A new text ends the search for the previous one. Each search for the next
 * match waits for the one before it, so that no key is lost.
 */
const useLogSearch = ({reader, roomOf, onZoom}: LogSearchProps): LogSearch => {
	const running = useRef({abort: new AbortController(), done: Promise.resolve()});
	useEffect(() => () => running.current.abort.abort(), []);
	return (action, runId) => {
		const request = directions[action];
		if (!request) return;
		if (request.isNew) {
			running.current.abort.abort();
			running.current = {abort: new AbortController(), done: Promise.resolve()};
		}
		const {signal} = running.current.abort;
		const search = async (): Promise<void> => {
			const zoom = onZoom(before => before);
			if (!zoom || signal.aborted) return;
			const {line, message} = await findMatch(reader, zoom, {runId, ...request, size: roomOf(zoom)}, signal);
			if (signal.aborted) return;
			onZoom(before => ({...(line === null ? before : showFound(before, line, roomOf(before))), message}));
		};
		running.current.done = running.current.done.then(search);
		onZoom(before =>
			before.wanted === '' ? before : {...before, message: messages.tui.zoom.searching(before.wanted)},
		);
	};
};

const directions: Partial<Record<ViewAction, {direction: 1 | -1; isNew: boolean}>> = {
	find: {direction: 1, isNew: true},
	'next-match': {direction: 1, isNew: false},
	'previous-match': {direction: -1, isNew: false},
};

const findMatch = async (
	reader: LineLogReader,
	zoom: ZoomState,
	{runId, direction, isNew, size}: {runId: string; direction: 1 | -1; isNew: boolean; size: ZoomExtent},
	signal: AbortSignal,
): Promise<{line: number | null; message: string | null}> => {
	const say = messages.tui.zoom;
	const {stage, wanted, found} = zoom;
	if (wanted === '') return {line: null, message: say.nothingToSearch};
	const log = {runId, stage};
	const search = (from: number) => reader.search(log, {text: wanted, from, direction}, signal);
	const {total, rows} = size;
	const top = firstZoomedLine(zoom, size);
	const start = isNew || found === null ? (direction === 1 ? top : top + rows - 1) : found + direction;
	const line = start < 0 || start >= total ? null : await search(start);
	if (line !== null || signal.aborted) return {line, message: null};
	const again = await search(direction === 1 ? 0 : total - 1);
	if (again === null) return {line: null, message: say.notFound(wanted)};
	return {line: again, message: (direction === 1 ? say.wentOnAtBeginning : say.wentOnAtEnd)(wanted)};
};
