import type {LineLogReader} from '../../session/perform/line-logs.js';
import {selectRun} from '../../session/select/select.js';
import type {Intent, RunView, SessionState} from '../../session/state.js';
import type {Layout} from '../layout.js';
import type {Region, View} from '../view.js';
import {useLogSearch} from '../zoom/use-log-search.js';
import {zoomRoom} from '../zoom/zoom-scene.js';
import {moveZoom, openZoom, typeIntoZoom, type ZoomView} from '../zoom/zoom-view.js';
import type {ViewAction} from './keymap.js';

type ZoomKeysProps = {
	state: SessionState;
	layout: Layout;
	regions: Region[];
	reader: LineLogReader;
	onView: (change: (before: View) => View) => View;
	onIntent: (intent: Intent) => void;
};

/** `onAction` tells whether the key was one of a zoomed pane or zoomed one. */
type ZoomKeys = {onAction: (action: ViewAction) => boolean; onText: (text: string) => void};

/** What keys do that zoom a pane of a run, or that come while one is zoomed. */
export const useZoomKeys = ({state, layout, regions, reader, onView, onIntent}: ZoomKeysProps): ZoomKeys => {
	const run = selectRun(state);
	const roomOf = (zoom: ZoomView) =>
		run ? zoomRoom(run, zoom, layout, reader) : {total: 0, rows: 1, columns: 1};
	const change = (to: (before: ZoomView) => ZoomView) =>
		onView(view => (view.zoom ? {...view, zoom: to(view.zoom)} : view)).zoom;
	const search = useLogSearch({reader, roomOf, onZoom: change});
	const onAction = (action: ViewAction): boolean => {
		const zoomed = onView(view => view).zoom;
		if (!run) return false;
		if (!zoomed) {
			if (action !== 'zoom') return false;
			return onView(view => ({...view, zoom: zoomOf(view, regions, run)})).zoom !== null;
		}
		if (action === 'zoom') onView(view => ({...view, zoom: null}));
		else if (action === 'next-pane') change(({stage}) => openZoom(nextStage(run, stage)));
		else if (action === 'copy') onIntent({intent: 'copy-log', stage: zoomed.stage});
		else {
			change(before => moveZoom(before, action, roomOf(before)));
			search(action, run.runId);
		}
		return true;
	};
	return {onAction, onText: text => void change(before => typeIntoZoom(before, text))};
};

/** The pane with the scroll keys; where nobody has chosen one, the one that matters. Null when a text has them. */
const zoomOf = ({focus, isZoomed}: View, regions: Region[], run: RunView): ZoomView | null => {
	if (isZoomed || focus === 0) return null;
	const stage = focus === null ? undefined : regions[focus]?.stage;
	if (stage !== undefined) return openZoom(stage);
	if (run.build) return openZoom(busyStage(run.build.stages));
	return run.output.lineCount > 0 ? openZoom(null) : null;
};

/** The stage that failed, or runs, or printed last; the first one before any did. Null in a build without stages. */
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
