import {useEffect, useState} from 'preact/hooks';
import type {BoardUpdate} from '../../classroom/room.js';
import {applyUpdate, type Room} from '../../classroom/select-board.js';

/** The class as the server last told it. `isConnected`: false while the server does not answer. */
type Known = {room: Room | null; isConnected: boolean};

/** Follows the class: folds what the server sends, draws once a frame at most, and once a second for the times. */
export const useRoom = (): Known => {
	const [known, setKnown] = useState<Known>({room: null, isConnected: true});
	useEffect(() => follow(setKnown), []);
	return known;
};

const follow = (show: (known: Known) => void): (() => void) => {
	const source = new EventSource('events');
	let room: Room | null = null;
	let toldAt = 0;
	let isFirst = true;
	let frame = 0;
	const draw = () => {
		frame = 0;
		const now = room ? room.now + performance.now() - toldAt : 0;
		show({room: room && {...room, now}, isConnected: source.readyState === EventSource.OPEN});
	};
	const drawSoon = () => {
		frame ||= requestAnimationFrame(draw);
	};
	source.onopen = () => {
		// What comes first is everything.
		isFirst = true;
		drawSoon();
	};
	source.onmessage = ({data}: MessageEvent<string>) => {
		const update = JSON.parse(data) as BoardUpdate;
		room = applyUpdate(isFirst ? null : room, update);
		toldAt = performance.now();
		isFirst = false;
		drawSoon();
	};
	source.onerror = drawSoon;
	const clock = setInterval(drawSoon, 1000);
	return () => {
		source.close();
		clearInterval(clock);
		cancelAnimationFrame(frame);
	};
};
