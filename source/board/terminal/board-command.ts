import {limits} from '../../classroom/protocol.js';
import type {TeacherAction} from '../../classroom/room.js';
import {
	type FindingGroup,
	type Room,
	selectBars,
	selectFindings,
	selectHelp,
} from '../../classroom/select-board.js';
import {messages} from '../../messages/index.js';

/** A finding with the number by which a teacher names it. */
export type NumberedFinding = FindingGroup & {number: number};

/**
 * The findings of a room with their numbers. `known`: the keys of those that have one, to which new ones are added: a
 * number never comes to mean another finding while somebody types it.
 */
export const numberFindings = (room: Room, known: string[]): NumberedFinding[] =>
	selectFindings(room).map(group => {
		if (!known.includes(group.key)) known.push(group.key);
		return {...group, number: known.indexOf(group.key) + 1};
	});

/** What a line at the board asks for: an action and what to say once it is done, or something to say. */
export type BoardCommand = {action: TeacherAction; done: string} | {said: string} | {shows: 'room'};

/** Reads a line that a teacher typed. `known`: as in `numberFindings`. */
export const readBoardCommand = (line: string, room: Room, known: string[]): BoardCommand => {
	const [, word = '', rest = ''] = /^\s*(\S*)\s*(.*?)\s*$/s.exec(line) ?? [];
	const say = messages.board.terminal;
	const read = Object.hasOwn(commands, word) ? commands[word] : undefined;
	if (read) return read(rest, room, known);
	return {said: word === '' || word === 'help' || word === '?' ? say.help : say.unknown(word)};
};

type Read = (rest: string, room: Room, known: string[]) => BoardCommand;

const done = (action: TeacherAction): BoardCommand => ({
	action,
	done: messages.board.actions.done[action.action],
});

const commands: Record<string, Read> = {
	say: text =>
		text === '' || text.length > limits.say
			? {said: messages.board.terminal.sayWhat}
			: done({action: 'say', text}),

	release(typed, room, known) {
		const say = messages.board.terminal;
		const group = numberFindings(room, known).find(({number}) => String(number) === typed);
		if (!group) return {said: say.noFinding(typed)};
		if (!group.release) return {said: say.nothingLeft(group.finding)};
		const {action, text} = group.release;
		return {action, done: say.released(text ?? say.solution)};
	},

	pace(typed, room) {
		const {pace, workshops} = room.class;
		const workshop = workshops.find(({id}) => id === pace?.workshop) ?? workshops[0];
		const chapter = workshop?.chapters[Number(typed) - 1];
		if (workshop && typed === 'none') return done({action: 'pace', workshop: workshop.id, chapter: null});
		if (workshop && chapter) return done({action: 'pace', workshop: workshop.id, chapter: chapter.id});
		return {said: messages.board.terminal.noChapter(typed, workshop?.chapters.length ?? 0)};
	},

	countdown(typed) {
		const minutes = /^\d{1,3}$/.test(typed) ? Number(typed) : Number.NaN;
		return minutes <= 240
			? done({action: 'countdown', seconds: minutes * 60})
			: {said: messages.board.terminal.noMinutes(typed)};
	},

	lower(typed, room) {
		const hands = selectHelp(room).filter(({why}) => why === 'hand');
		const say = messages.board.terminal;
		const hand = typed === '' ? hands[0] : hands.find(({seat}) => seat.name === typed);
		if (hand) return done({action: 'lower-hand', seat: hand.seat.id});
		return {said: hands.length === 0 ? say.noHand : say.noSuchHand(typed)};
	},

	room: () => ({shows: 'room'}),

	end: typed =>
		typed === '' || typed === 'delete'
			? done({action: 'end', erase: typed === 'delete'})
			: {said: messages.board.terminal.endHow},
};

/** How many are at each place, for bars: the places where somebody is, or that are chapters. */
export const shownBars = (room: Room) =>
	selectBars(room).map(({workshop, bars}) => ({
		workshop,
		bars: bars.filter(({number, all}) => number !== null || all > 0),
	}));
