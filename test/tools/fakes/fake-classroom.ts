import type {MessageContent, SeatState} from '../../../source/classroom/protocol.js';
import type {ClassListener, ClassPresence, Classroom, SeatFacts} from '../../../source/session/ports.js';

export type FakeClassroom = Classroom & {
	/** What a report would say now. */
	report(): SeatState;
	/** The number of times that the session said that it has changed. */
	notes(): number;
	say(content: MessageContent, isNew?: boolean): void;
	become(presence: ClassPresence): void;
};

/**
 * A class in memory. `first`: what it says as soon as it is opened; it is then here.
 */
export const createFakeClassroom = (
	first: MessageContent[] = [],
	title = 'Containers on Monday',
): FakeClassroom => {
	let opened: {select: (facts: SeatFacts) => SeatState; listener: ClassListener} | null = null;
	let number = 0;
	let notes = 0;
	const classroom: FakeClassroom = {
		title,
		open(select, listener) {
			opened = {select, listener};
			listener.onPresence('here');
			for (const content of first) classroom.say(content);
		},
		note() {
			notes++;
		},
		async close() {},
		report() {
			if (!opened) throw new Error('The class is not open.');
			return opened.select({hash: 'a'.repeat(64), handedIn: false});
		},
		notes: () => notes,
		say: (content, isNew = true) =>
			opened?.listener.onMessage(
				{...content, number: ++number} as Parameters<ClassListener['onMessage']>[0],
				isNew,
			),
		become: presence => opened?.listener.onPresence(presence),
	};
	return classroom;
};
