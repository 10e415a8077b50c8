import {applyUpdate, type Room} from '../classroom/select-board.js';
import type {BoardHub} from './board-hub.js';
import {batchUpdates} from './merge-updates.js';

/** Calls back with the room after each change, at most five times a second, and once a second, as times go on. Returns its undo. */
export const followRoom = (hub: BoardHub, onRoom: (room: Room) => void): (() => void) => {
	let room: Room | null = null;
	let toldAt = 0;
	const show = () => {
		if (room) onRoom({...room, now: room.now + performance.now() - toldAt});
	};
	const {add, stop} = batchUpdates(update => {
		room = applyUpdate(room, update);
		toldAt = performance.now();
		show();
	});
	const unsubscribe = hub.subscribe(add);
	const clock = setInterval(show, 1000);
	return () => {
		clearInterval(clock);
		unsubscribe();
		stop();
	};
};
