import type {JoinedClass, SeatStore} from '../../../source/seat/seat-store.js';
import {type FakeHub, fakeClassId} from './fake-hub.js';

/** What a learner's program keeps of a class that Ada has joined. */
export const joinedClass = ({address, fingerprint, token}: FakeHub): JoinedClass => ({
	...{format: 1, name: 'Ada', address, fingerprint, token, lastMessage: 0},
	class: {id: fakeClassId, title: 'Containers on Monday'},
	workshops: [{id: 'multi-stage', hash: 'a'.repeat(64)}],
	manifest: 'b'.repeat(64),
});

export type FakeSeatStore = SeatStore & {joined: JoinedClass | null};

/** A store in memory. `isElsewhere`: another copy of the program has the seat. */
export const createFakeSeatStore = (first: JoinedClass | null, isElsewhere = false): FakeSeatStore => ({
	joined: first,
	load() {
		return this.joined;
	},
	save(joined) {
		this.joined = joined;
	},
	noteMessage(lastMessage) {
		if (this.joined) this.joined = {...this.joined, lastMessage};
	},
	forget() {
		this.joined = null;
	},
	acquire: () => !isElsewhere,
});
