import type {Seat} from '../../classroom/room.js';
import {type Room, selectHelp, selectSeats, selectWhereabouts} from '../../classroom/select-board.js';
import {messages} from '../../messages/index.js';
import {numberFindings} from './board-command.js';
import {placeText, seatName} from './board-lines.js';

/** Tells what is new in a room since it was last asked, in sentences. */
export type RoomTeller = (room: Room) => string[];

/** Milliseconds between two sentences about how many have joined: all join in the same minute. */
const joinInterval = 10_000;

/** Names in one sentence. */
const mostNames = 3;

/** `known`: as in `numberFindings`. */
export const createRoomTeller = (known: string[]): RoomTeller => {
	const joined = {told: 0, at: Number.NEGATIVE_INFINITY};
	const hands = createSetTeller();
	const stuck = createSetTeller();
	const away = createSetTeller();
	/** At how many seats each finding was when it was told. */
	const counts = new Map<string, {count: number; gone: string}>();

	const tellJoined = (room: Room): string[] => {
		const count = selectSeats(room).length;
		if (count <= joined.told || room.now - joined.at < joinInterval) return [];
		Object.assign(joined, {told: count, at: room.now});
		return [messages.board.terminal.joined(count)];
	};
	const tellFindings = (room: Room): string[] => {
		const say = messages.board.terminal;
		const groups = numberFindings(room, known);
		const news = groups.flatMap(({key, number, finding, place, seats}) => {
			// Each further seat would be too much.
			if (seats.length < 2 * (counts.get(key)?.count ?? 0.5)) return [];
			const {title} = place.step;
			counts.set(key, {count: seats.length, gone: say.solved(finding, title)});
			return [say.finding(number, seats.length, finding, title)];
		});
		const over = [...counts].filter(([key]) => !groups.some(group => group.key === key));
		for (const [key] of over) counts.delete(key);
		return [...news, ...over.map(([, {gone}]) => gone)];
	};
	return room => {
		const say = messages.board.terminal;
		const help = selectHelp(room);
		const at = (seat: Seat) => placeText(selectWhereabouts(room, seat));
		const needy = (...reasons: string[]) =>
			help.filter(({why}) => reasons.includes(why)).map(({seat}) => seat);
		const raised = hands(needy('hand'), room);
		const newlyStuck = stuck(needy('same-finding', 'no-change'), room);
		const nowAway = away(
			selectSeats(room).filter(({presence}) => presence === 'away'),
			room,
		);
		return [
			...tellJoined(room),
			...raised.more.map(seat => say.hand(seatName(seat), at(seat))),
			...raised.less.map(seat => say.handLowered(seatName(seat))),
			...tellFindings(room),
			...tellNames(newlyStuck.more, say.stuck),
			...tellNames(nowAway.more, say.away),
			...tellNames(nowAway.less, say.back),
		];
	};
};

const tellNames = (seats: Seat[], say: (names: string[], more: number) => string): string[] =>
	seats.length === 0
		? []
		: [say(seats.slice(0, mostNames).map(seatName), Math.max(0, seats.length - mostNames))];

/** Compares seats with those of the last time; of those that are less, the ones that have not left. */
const createSetTeller = () => {
	let before = new Set<string>();
	return (seats: Seat[], room: Room): {more: Seat[]; less: Seat[]} => {
		const ids = new Set(seats.map(({id}) => id));
		const more = seats.filter(({id}) => !before.has(id));
		const less = selectSeats(room).filter(({id}) => before.has(id) && !ids.has(id));
		before = ids;
		return {more, less};
	};
};
