import {limits} from '../classroom/protocol.js';
import type {ClassRoom, SeatRecord} from './class-state.js';

/** How names are compared: “ADA” and “Ada” are the same. */
const fold = (name: string): string => name.normalize('NFKC').toLowerCase();

/** Returns the wished name, or if another seat has it, the first free one of “Ada 2”, “Ada 3”, …. */
export const chooseName = (wished: string, taken: Iterable<string>): string => {
	const others = new Set([...taken].map(fold));
	for (let number = 1; ; number++) {
		const name = number === 1 ? wished : withNumber(wished, number);
		if (!others.has(fold(name))) return name;
	}
};

const withNumber = (wished: string, number: number): string => {
	const ending = ` ${number}`;
	let base = '';
	for (const {segment} of new Intl.Segmenter().segment(wished)) {
		if (base.length + segment.length + ending.length > limits.name) break;
		base += segment;
	}
	return `${base.trimEnd()}${ending}`;
};

/** Whether a seat sends this name without meaning another one. */
export const isItsName = ({seat, chosen, given}: SeatRecord, name: string): boolean =>
	[seat.name, chosen, given].includes(name);

/** A seat keeps the name that it has, until its learner chooses another one: the teacher may have changed it. */
export const chooseSeatName = ({seats}: ClassRoom, seat: SeatRecord | null, chosen: string): string => {
	if (seat && isItsName(seat, chosen)) return seat.seat.name;
	const others = [...seats.values()].filter(other => other !== seat);
	return chooseName(
		chosen,
		others.map(other => other.seat.name),
	);
};
