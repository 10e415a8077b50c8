import {useEffect, useRef} from 'react';
import type {LineLogReader} from '../../session/perform/line-logs.js';
import type {ViewAction} from '../keys/keymap.js';
import {showFound, topOfZoom, type ZoomRoom, type ZoomView} from './zoom-view.js';

/** Begins a search when a key asks for one. */
export type LogSearch = (action: ViewAction, runId: string) => void;

type LogSearchProps = {
	reader: LineLogReader;
	roomOf: (zoom: ZoomView) => ZoomRoom;
	/** Changes the zoom, if there still is one, and returns it. */
	onZoom: (change: (before: ZoomView) => ZoomView) => ZoomView | null;
};

/**
 * Searches logs without holding up the screen. A new text ends the search before it; the next match is looked for when
 * the one before it is found, so that no key is lost.
 */
export const useLogSearch = ({reader, roomOf, onZoom}: LogSearchProps): LogSearch => {
	const running = useRef({abort: new AbortController(), done: Promise.resolve()});
	useEffect(() => () => running.current.abort.abort(), []);
	return (action, runId) => {
		const wish = directions[action];
		if (!wish) return;
		if (wish.isNew) {
			running.current.abort.abort();
			running.current = {abort: new AbortController(), done: Promise.resolve()};
		}
		const {signal} = running.current.abort;
		const search = async (): Promise<void> => {
			const zoom = onZoom(before => before);
			if (!zoom || signal.aborted) return;
			const {line, message} = await find(reader, zoom, {runId, ...wish, room: roomOf(zoom)}, signal);
			if (signal.aborted) return;
			onZoom(before => ({...(line === null ? before : showFound(before, line, roomOf(before))), message}));
		};
		running.current.done = running.current.done.then(search);
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
	zoom: ZoomView,
	{runId, direction, isNew, room}: {runId: string; direction: 1 | -1; isNew: boolean; room: ZoomRoom},
	signal: AbortSignal,
): Promise<{line: number | null; message: string | null}> => {
	const {stage, wanted, found} = zoom;
	if (wanted === '') return {line: null, message: 'Nothing to search for yet: press `/` and type.'};
	const log = {runId, stage};
	const search = (from: number) => reader.search(log, {text: wanted, from, direction}, signal);
	const {total, rows} = room;
	const top = topOfZoom(zoom, room);
	const start = isNew || found === null ? (direction === 1 ? top : top + rows - 1) : found + direction;
	const line = start < 0 || start >= total ? null : await search(start);
	if (line !== null || signal.aborted) return {line, message: null};
	const again = await search(direction === 1 ? 0 : total - 1);
	if (again === null) return {line: null, message: `“${wanted}” is not in these lines.`};
	const edge = direction === 1 ? 'beginning' : 'end';
	return {line: again, message: `No more of “${wanted}” from there: went on at the ${edge}.`};
};
