import type {ExecutionContext} from 'ava';
import {createSeatLink} from '../../source/seat/seat-link.js';
import type {ClassPresence} from '../../source/session/ports.js';
import {type ClassView, classView} from '../../source/session/select-class.js';
import type {FakeHub} from '../tools/fakes/fake-hub.js';
import {createFakeSeatStore, type FakeSeatStore, joinedClass} from '../tools/fakes/joined-class.js';
import {
	type FakeSession,
	type FakeSessionOptions,
	openFakeSession,
} from '../tools/fakes/open-fake-session.js';

export type InClass = {
	session: FakeSession;
	store: FakeSeatStore;
	/** The class as the learner sees it now. */
	view(): ClassView;
	/** Resolves once the learner sees this. */
	sees(holds: (view: ClassView) => boolean, wanted: string): Promise<ClassView>;
	is(presence: ClassPresence): Promise<ClassView>;
	close(): Promise<void>;
};

/** Opens a session on a machine in memory, in a class that was joined before, until the end of the test. */
export const openInClass = async (
	t: Pick<ExecutionContext, 'teardown'>,
	hub: FakeHub,
	{
		store = createFakeSeatStore(joinedClass(hub)),
		resultsAfter = () => [],
		...options
	}: FakeSessionOptions & {
		store?: FakeSeatStore;
		resultsAfter?: Parameters<typeof createSeatLink>[1]['resultsAfter'];
	} = {},
): Promise<InClass> => {
	const classroom = createSeatLink(store.joined ?? joinedClass(hub), {
		store,
		hash: () => 'a'.repeat(64),
		handedIn: () => false,
		resultsAfter,
	});
	const session = openFakeSession({...options, classroom});
	const close = async () => {
		await session.shutDown();
		await classroom.close();
	};
	t.teardown(close);
	session.begin();
	await session.settled();
	const view = (): ClassView => {
		const seen = classView.of(session.getState());
		if (!seen) throw new Error('The session is in no class.');
		return seen;
	};
	const sees = async (holds: (seen: ClassView) => boolean, wanted: string) => {
		await session.until(() => holds(view()), wanted);
		return view();
	};
	return {
		session,
		store,
		view,
		sees,
		is: presence => sees(seen => seen.presence === presence, presence),
		close,
	};
};
