import {useEffect, useRef} from 'react';
import type {LineLogReader} from '../session/line-logs.js';
import type {ViewAction} from './keymap.js';
import {showFound, type ZoomRoom, type ZoomView} from './zoom-view.js';

/** Begins a search when a key asks for one. */
export type LogSearch = (action: ViewAction, zoom: ZoomView, runId: string) => void;

/** Searches logs without holding up the screen; one search at a time. `onZoom` changes the zoom, if there still is one. */
export const useLogSearch = (
	reader: LineLogReader,
	roomOf: (zoom: ZoomView) => ZoomRoom,
	onZoom: (change: (before: ZoomView) => ZoomView) => void,
): LogSearch => {
	const running = useRef<AbortController>(null);
	useEffect(() => () => running.current?.abort(), []);
	return (action, zoom, runId) => {
		const direction = directions[action];
		if (!direction) return;
		running.current?.abort();
		const abort = new AbortController();
		running.current = abort;
		void find(reader, zoom, {runId, ...direction, room: roomOf(zoom)}, abort.signal).then(result => {
			if (abort.signal.aborted) return;
			onZoom(before => {
				const {line, message} = result;
				return {...(line === null ? before : showFound(before, line, roomOf(before))), message};
			});
		});
		onZoom(before =>
			before.wanted === '' ? before : {...before, message: `Searching for “${before.wanted}”…`},
		);
	};
};

const directions: Partial<Record<ViewAction, {direction: 1 | -1; isNew: boolean}>> = {
	find: {direction: 1, isNew: true},
	'next-match': {direction: 1, isNew: false},
	'previous-match': {direction: -1, isNew: false},
};

const find = async (
	reader: LineLogReader,
	{stage, wanted, found, top}: ZoomView,
	{
		runId,
		direction,
		isNew,
		room: {total, rows},
	}: {runId: string; direction: 1 | -1; isNew: boolean; room: ZoomRoom},
	signal: AbortSignal,
): Promise<{line: number | null; message: string | null}> => {
	if (wanted === '') return {line: null, message: 'Nothing to search for yet: press `/` and type.'};
	const log = {runId, stage};
	const search = (from: number) => reader.search(log, {text: wanted, from, direction}, signal);
	const here = Math.max(0, Math.min(top ?? total, total - rows));
	const start = isNew || found === null ? (direction === 1 ? here : here + rows - 1) : found + direction;
	const line = start < 0 || start >= total ? null : await search(start);
	if (line !== null || signal.aborted) return {line, message: null};
	const again = await search(direction === 1 ? 0 : total - 1);
	if (again === null) return {line: null, message: `“${wanted}” is not in these lines.`};
	const edge = direction === 1 ? 'beginning' : 'end';
	return {line: again, message: `No more of “${wanted}” from there: went on at the ${edge}.`};
};
